import type { Logger } from 'pino'
import { type EventStream, type EventText, formatEvent } from '../../platform/live/event-streams.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'
import { createLanes } from '../../platform/lanes.ts'
import type { ShopChange } from '../changes.ts'
import { concerns, type CustomerEvent, type Follower, type Missed, readMissed, readNoted } from './customer-events.ts'

/** An open stream with what it has told. */
type Watcher = {
	readonly stream: EventStream
	readonly locale: Locale
	readonly customerId: number
	readonly orderId: string | null
	/** Up to which number of the customer's changes all has been told; null: nothing yet. */
	seen: number | null
	/** The version of the one order that is followed, as it was told last. */
	version: number
	/** What comes while the stream is still told what it has missed. */
	waiting: CustomerEvent[] | undefined
}

export type Start = Follower & {
	readonly stream: EventStream
	readonly locale: Locale
	readonly version: number
	/** Resolves when whatever is committed from now on will be told. */
	readonly live: Promise<void>
}

/** Tells customers who watch of what changes of their orders. */
export type CustomerStreams = {
	changed(changes: readonly ShopChange[]): Promise<void>
	/** Tells what was missed, and from then on what comes, until the stream ends. */
	follow(start: Start): Promise<void>
	/** Call it when a stream has ended. */
	forget(stream: EventStream): void
}

/** More missed than this is read anew rather than told one by one. */
const MISSED_MAX = 1_000
/** Followers whose missed changes are read at once. */
const BATCH_MAX = 200

export function createCustomerStreams({ sql, log }: { readonly sql: Sql; readonly log: Logger }): CustomerStreams {
	const watchers = new Map<number, Set<Watcher>>()
	const byStream = new Map<EventStream, Watcher>()
	let sequence = 0
	const catchUps = createLanes<Follower & { sequence: number }, Missed>({
		name: 'missed changes',
		log,
		ownerOf: (follower) => follower.sequence,
		batchMax: BATCH_MAX,
		queueMax: 20_000,
		waitMaxMs: 10_000,
		run: (batch) => readMissed(sql, batch),
	})
	const missedBy = ({ customerId, orderId, seen }: Follower) =>
		catchUps.submit({ customerId, orderId, seen, sequence: sequence++ })

	/** Brings a watcher up to date; what comes meanwhile waits. */
	const catchUp = async (watcher: Watcher) => {
		let missed = await missedBy(watcher)
		const { seen } = watcher
		// A number that there is not yet was given by another database, of which this one may be an older copy.
		if (seen !== null && (seen > missed.upTo || missed.upTo - seen > MISSED_MAX)) {
			watcher.stream.write(RESET)
			watcher.seen = null
			missed = await missedBy(watcher)
		}
		for (const event of missed.events) tell(watcher, event)
		watcher.seen = missed.upTo
		// Where the stream is, for those who were told nothing yet.
		watcher.stream.write(formatEvent({ id: idOf(watcher) }))
		const { waiting = [] } = watcher
		watcher.waiting = undefined
		for (const event of waiting) if (concerns(event, watcher)) tell(watcher, event)
	}
	return {
		async follow({ stream, locale, customerId, orderId, seen, version, live }) {
			const watcher: Watcher = { stream, locale, customerId, orderId, seen, version, waiting: [] }
			byStream.set(stream, watcher)
			const set = watchers.get(customerId) ?? new Set()
			watchers.set(customerId, set.add(watcher))
			try {
				await live
				await catchUp(watcher)
			} catch (error) {
				log.warn({ err: error }, 'a live stream could not be told what it missed: it is ended, and comes again')
				stream.end()
			}
		},
		forget(stream) {
			const watcher = byStream.get(stream)
			if (watcher === undefined) return
			byStream.delete(stream)
			const set = watchers.get(watcher.customerId)
			set?.delete(watcher)
			if (set?.size === 0) watchers.delete(watcher.customerId)
		},
		async changed(changes) {
			const notes = changes.flatMap((change) =>
				change.kind === 'orders' || change.kind === 'deliveries'
					? change.data.flatMap(({ order_id, customer_id, seq }) =>
							seq === null || !watchers.has(customer_id) ? [] : [{ order_id, seq }],
						)
					: [],
			)
			if (notes.length === 0) return
			for (const event of await readNoted(sql, notes)) {
				for (const watcher of watchers.get(event.customerId) ?? []) {
					if (watcher.waiting !== undefined) watcher.waiting.push(event)
					else if (concerns(event, watcher)) tell(watcher, event)
				}
			}
		},
	}
}

const RESET = formatEvent({ name: 'reset', data: {} })

/** For one order its version and the number, for all of them the number. */
const idOf = ({ orderId, version, seen }: Pick<Watcher, 'orderId' | 'version' | 'seen'>): string =>
	orderId === null ? String(seen ?? 0) : `${version}.${seen ?? 0}`

function tell(watcher: Watcher, event: CustomerEvent): void {
	if (event.version !== undefined) watcher.version = event.version
	watcher.seen = event.seq
	watcher.stream.write(textOf(event, watcher))
}

const textOf = ({ name, view }: CustomerEvent, watcher: Watcher): EventText =>
	formatEvent({ name, id: idOf(watcher), data: view(watcher.locale) })
