import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { connectBeside, type Sql } from '../../platform/db/database.ts'
import type { Snapshot } from '../../platform/db/snapshots.ts'
import { type Look, lookForChanges } from './catalog-watch-queries.ts'

/**
 * `known`: `version` is right, but for what was committed within the last second. `away`: the database can't be asked, so
 * nobody can tell what has changed. `unknown`: it has not been asked yet, or not lately.
 */
export type Standing = 'known' | 'away' | 'unknown'

/** Knows whether the catalogue has changed since it was read. */
export type CatalogWatch = {
	/** Says that somebody reads the catalogue, which keeps the watch going, and how far `version` may be trusted. */
	use(): Standing
	/** Grows when a change is found. What is read after it was taken is out of date as soon as it is another one. */
	readonly version: () => number
	/** Calls `listener` whenever the standing becomes `away`. */
	onAway(listener: () => void): void
	close(): Promise<void>
}

export type CatalogWatchOptions = {
	/** Asked on a connection of the watch's own: how busy the pool is says nothing about the database. */
	readonly sql: Sql
	readonly log: Logger
}

/** Between two looks: with how long one takes, the time after which a change is seen. */
const LOOK_EVERY_MS = 250
/** What a look may take, a second try and a new connection included; with the pause before it less than KNOWN_FOR_MS. */
const LOOK_TIMEOUT_MS = 500
/** How old the last look may be for its answer to be relied on. */
export const KNOWN_FOR_MS = 1_000
/** After so long without a reader nobody looks any more. */
const IDLE_MS = 5_000
/** How far a look may go back: half the time for which word of changes is kept. A process that was stopped may come later. */
const LOOK_BACK_MAX_MS = 30_000

export function watchCatalog({ sql, log }: CatalogWatchOptions): CatalogWatch {
	const stop = new AbortController()
	const listeners: (() => void)[] = []
	const looker = createLooker(sql)
	let version = 0
	let usedAt = 0
	let running: Promise<void> | undefined
	/** The last look; undefined when a change since then could be missed. */
	let last: { readonly at: number; readonly snapshot: Snapshot } | undefined
	let away = false

	const look = async () => {
		const at = performance.now()
		const before = last !== undefined && at - last.at < LOOK_BACK_MAX_MS ? last.snapshot : undefined
		// One connection that breaks is not yet a database that is away.
		const { snapshot, changed } = await looker.look(before, away ? 1 : 2)
		if (changed || before === undefined) version++
		last = { at, snapshot }
		away = false
	}
	const fail = (error: unknown) => {
		if (!away) log.warn({ err: error }, 'nobody can tell what changes in the catalogue: what is kept of it goes on being shown')
		// What comes back may be another server, which lacks the last of what this one had.
		last = undefined
		away = true
		for (const listener of listeners) listener()
	}
	const watch = async () => {
		while (!stop.signal.aborted && performance.now() - usedAt < IDLE_MS) {
			await look().catch(fail)
			await sleep(LOOK_EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined)
		}
		last = undefined
		away = false
		await looker.disconnect()
		running = undefined
	}
	return {
		use() {
			usedAt = performance.now()
			if (running === undefined && !stop.signal.aborted) running = watch()
			if (away) return 'away'
			return last !== undefined && usedAt - last.at < KNOWN_FOR_MS ? 'known' : 'unknown'
		},
		version: () => version,
		onAway: (listener) => void listeners.push(listener),
		async close() {
			stop.abort()
			await running
		},
	}
}

/** Looks for changes on a connection of its own, which is made anew when it breaks or is silent for too long. */
function createLooker(sql: Sql) {
	let connection: Sql | undefined
	const disconnect = async () => {
		const closing = connection
		connection = undefined
		await closing?.end({ timeout: 0 })
	}
	return {
		disconnect,
		/** All tries together have LOOK_TIMEOUT_MS. */
		async look(before: Snapshot | undefined, tries: number): Promise<Look> {
			const deadline = startDeadline(LOOK_TIMEOUT_MS)
			try {
				for (let left = tries; ; left--) {
					try {
						connection ??= connectBeside(sql, 'prilavok catalogue')
						return await Promise.race([lookForChanges(connection, before), deadline.passed])
					} catch (error) {
						await disconnect()
						if (left <= 1 || deadline.isPassed()) throw error
					}
				}
			} finally {
				deadline.clear()
			}
		},
	}
}

/** A promise that rejects when time is up, and not before all has been read that has arrived by then. */
function startDeadline(ms: number) {
	const { promise, reject } = Promise.withResolvers<never>()
	// Nobody may be waiting for it when it comes.
	promise.catch(() => undefined)
	let over = false
	const timer = setTimeout(() => {
		// A process that was stopped finds timers due before it finds the answers that came meanwhile.
		setImmediate(() => {
			over = true
			reject(new Error(`the database did not answer within ${ms} ms`))
		})
	}, ms)
	return { passed: promise, isPassed: () => over, clear: () => clearTimeout(timer) }
}
