import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Sql } from '../db/database.ts'
import { createLooker } from '../db/looker.ts'
import type { Signals } from '../db/signals.ts'
import { LOOK_BACK_MAX_MS, type Snapshot } from '../db/snapshots.ts'
import { createWaker } from '../waker.ts'
import { type Change, lookForChanges } from './feed-queries.ts'

/** Whoever shows changes as they come. Both are awaited: the next look comes when all listeners are done with the one before. */
export type ChangeListener<Known extends Change> = {
	/** What was committed since the last call, once for each transaction. */
	changed(changes: readonly Known[]): Promise<void>
	/** Something may have been missed, after `ready` had resolved: all is to be read anew. */
	missed(): Promise<void>
}

/** Learns what is committed in the whole shop, by whichever process, within some tens of milliseconds. */
export type ChangeFeed<Known extends Change> = {
	/** Looks as long as somebody listens. Returns what ends the listening. */
	listen(listener: ChangeListener<Known>): () => void
	/** Resolves when whatever is committed from now on will be told to those who listen. */
	ready(): Promise<void>
	close(): Promise<void>
}

export type ChangeFeedOptions = { readonly sql: Sql; readonly signals: Signals; readonly log: Logger }

/** Under the signals, which may be lost; and sessions end without one. */
const POLL_MS = 400
/** Between two looks: what comes meanwhile is read by one. */
const GATHER_MS = 30
const LOOK_TIMEOUT_MS = 2_000

export function createChangeFeed<Known extends Change>({ sql, signals, log }: ChangeFeedOptions): ChangeFeed<Known> {
	const stop = new AbortController()
	const waker = createWaker()
	const listeners = new Set<ChangeListener<Known>>()
	const looker = createLooker(sql, { name: 'prilavok live', timeoutMs: LOOK_TIMEOUT_MS })
	let last: { readonly at: number; readonly snapshot: Snapshot } | undefined
	/** Resolves with the first look, and is never made anew while somebody listens: what is missed later is told. */
	let begun = Promise.withResolvers<void>()
	let isBegun = false
	let running: Promise<void> | undefined
	let off = () => {}

	const look = async () => {
		const at = performance.now()
		const before = last !== undefined && at - last.at < LOOK_BACK_MAX_MS ? last.snapshot : undefined
		const { snapshot, changes } = await looker.look((connection) => lookForChanges<Known>(connection, before))
		last = { at, snapshot }
		if (!isBegun) {
			isBegun = true
			begun.resolve()
		} else if (changes === undefined) await Promise.all([...listeners].map((listener) => listener.missed()))
		else if (changes.length > 0) await Promise.all([...listeners].map((listener) => listener.changed(changes)))
	}
	const run = async () => {
		off = signals.on('outbox', waker.wake)
		while (!stop.signal.aborted && listeners.size > 0) {
			try {
				await look()
				await waker.wait(POLL_MS)
			} catch (error) {
				// What comes back may be another server, which knows nothing of this one's transactions.
				last = undefined
				await looker.disconnect()
				log.warn({ err: error }, 'nobody can tell what changes: live streams wait')
				await sleep(POLL_MS, undefined, { signal: stop.signal }).catch(() => undefined)
			}
			await sleep(GATHER_MS, undefined, { signal: stop.signal }).catch(() => undefined)
		}
		off()
		last = undefined
		isBegun = false
		begun = Promise.withResolvers()
		running = undefined
		await looker.disconnect()
	}
	return {
		listen(listener) {
			listeners.add(listener)
			running ??= run()
			return () => void listeners.delete(listener)
		},
		ready: () => begun.promise,
		async close() {
			stop.abort()
			waker.wake()
			await running
		},
	}
}
