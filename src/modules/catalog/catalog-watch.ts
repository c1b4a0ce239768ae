import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Sql } from '../../platform/db/database.ts'
import { createLooker } from '../../platform/db/looker.ts'
import { LOOK_BACK_MAX_MS, type Snapshot } from '../../platform/db/snapshots.ts'
import { lookForChanges } from './catalog-watch-queries.ts'

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

export function watchCatalog({ sql, log }: CatalogWatchOptions): CatalogWatch {
	const stop = new AbortController()
	const listeners: (() => void)[] = []
	const looker = createLooker(sql, { name: 'prilavok catalogue', timeoutMs: LOOK_TIMEOUT_MS })
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
		const { snapshot, changed } = await looker.look((connection) => lookForChanges(connection, before), away ? 1 : 2)
		if (changed) version++
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
