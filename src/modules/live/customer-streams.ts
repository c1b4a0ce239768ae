import type { Logger } from 'pino'
import { type EventStream, type EventText, formatEvent } from '../../platform/live/event-streams.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'
import { createLookups } from '../../platform/lookups.ts'
import { concerns, type CustomerEvent, type Follower, type Missed, readMissed, readNoted } from './customer-events.ts'
import type { ShopChange } from './shop-change.ts'

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

type Start = Follower & {
	readonly stream: EventStream
	readonly locale: Locale
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
/** As many as one process may have to tell at once, when all come again. */
const QUEUE_MAX = 20_000
const WAIT_MAX_MS = 10_000

export function createCustomerStreams({ sql, log }: { readonly sql: Sql; readonly log: Logger }): CustomerStreams {
	const watchers = createRegistry()
	const missedBy = createLookups<Follower, Missed>({
		name: 'missed changes',
		log,
		batchMax: BATCH_MAX,
		queueMax: QUEUE_MAX,
		waitMaxMs: WAIT_MAX_MS,
		find: (followers) => readMissed(sql, followers),
	})

	/** Tells what was missed; what comes meanwhile waits. */
	const catchUp = async (watcher: Watcher) => {
		let missed = await missedBy(watcher)
		const { seen } = watcher
		// A number that there is not yet was given by another database, of which this one may be an older copy.
		if (seen !== null && (seen > missed.upTo || missed.upTo - seen > MISSED_MAX)) {
			watcher.stream.write(RESET)
			watcher.seen = null
			watcher.version = 0
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
		async follow({ live, ...start }) {
			const watcher: Watcher = { ...start, waiting: [] }
			watchers.add(watcher)
			try {
				await live
				await catchUp(watcher)
			} catch (error) {
				log.warn({ err: error }, 'a live stream could not be told what it missed: it is ended, and comes again')
				start.stream.end()
			}
		},
		forget: watchers.remove,
		async changed(changes) {
			const notes = changes.flatMap((change) =>
				change.kind === 'orders' || change.kind === 'deliveries'
					? change.data.flatMap(({ order_id, customer_id, seq }) =>
							seq === null || watchers.of(customer_id).size === 0 ? [] : [{ order_id, seq }],
						)
					: [],
			)
			if (notes.length === 0) return
			for (const event of await readNoted(sql, notes)) {
				for (const watcher of watchers.of(event.customerId)) {
					if (watcher.waiting !== undefined) watcher.waiting.push(event)
					else if (concerns(event, watcher)) tell(watcher, event)
				}
			}
		},
	}
}

const NOBODY: ReadonlySet<Watcher> = new Set()

/** Who watches, by customer. */
function createRegistry() {
	const byCustomer = new Map<number, Set<Watcher>>()
	const byStream = new Map<EventStream, Watcher>()
	return {
		of: (customerId: number): ReadonlySet<Watcher> => byCustomer.get(customerId) ?? NOBODY,
		add(watcher: Watcher) {
			byStream.set(watcher.stream, watcher)
			const own = byCustomer.get(watcher.customerId) ?? new Set()
			byCustomer.set(watcher.customerId, own.add(watcher))
		},
		remove(stream: EventStream) {
			const watcher = byStream.get(stream)
			if (watcher === undefined) return
			byStream.delete(stream)
			const own = byCustomer.get(watcher.customerId)
			own?.delete(watcher)
			if (own?.size === 0) byCustomer.delete(watcher.customerId)
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
