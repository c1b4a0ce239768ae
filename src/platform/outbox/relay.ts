import type { Logger } from 'pino'
import type { Fragment, Sql } from '../db/database.ts'
import type { Leadership } from '../db/leadership.ts'
import { oneOf } from '../db/one-of.ts'
import type { Signals } from '../db/signals.ts'
import type { OutgoingMessage, Topics } from '../topics/port.ts'
import { putEventsAside } from '../dead-letters/letters.ts'
import { startLeadingLoop } from '../leading-loop.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { createFloor } from './floor.ts'
import { createHeldTopics } from './held-topics.ts'

export type RelayOptions = {
	readonly sql: Sql
	readonly topics: Topics
	readonly signals: Signals
	readonly leadership: Leadership
	readonly log: Logger
	/** `ce_source`: which service says this. */
	readonly source: string
	/** Topics of secrets: what they refuse is nobody's to read. */
	readonly secretTopics: ReadonlySet<string>
	/** Topics whose events are void after so many seconds: what could not be sent by then is dropped. */
	readonly livesS: Readonly<Record<string, number>>
	readonly metrics: Metrics
}

/** Of many that wait so many go at once: a send costs the broker and the client about the same for few as for many. */
const BATCH_MAX = 2_000
/** Keeps a batch's memory and its send bounded when the messages are large; one larger than this goes alone. */
const BATCH_MAX_BYTES = 8 * 1024 * 1024
const RETRY_MAX_MS = 5_000

type Row = {
	id: number
	event_id: string
	topic: string
	key: Buffer | null
	type: string | null
	headers: Record<string, string> | null
	value: Buffer | null
	created_at: Date
	/** By the database's clock; null where events live for ever. */
	is_void: boolean | null
}

/**
 * Moves the outbox to the topics: select by id → send → delete by id, one send in flight, so that the order of commit is the
 * order on the topic. Only the leader relays. Killed between sending and deleting it sends again with the same `ce_id`. A topic that
 * does not take its events is tried on its own, and the others go on.
 */
export function startRelay(options: RelayOptions): { close(): Promise<void> } {
	const { sql } = options
	const settle = (batch: Sent) => settleBatch(sql, batch, options.secretTopics)
	// What another leader's database held is none of this one's: it may be a copy that is a little older.
	let leading: AbortSignal | undefined
	let outbox = openOutbox(options)
	/**
	 * The database works while the broker does: a batch that was sent is deleted while the next one is read or sent, and where
	 * more wait than fit into a batch the next one is read while this one is sent. With less than a full batch nothing is read
	 * ahead: an event that arrives during the send would have to wait for another round.
	 */
	const drain = async (lost: AbortSignal): Promise<number> => {
		if (leading !== lost) outbox = openOutbox(options)
		leading = lost
		await outbox.tryHeld()
		let batch = await outbox.next([])
		let before: Sent | undefined
		while (batch.length > 0 && !lost.aborted) {
			const ahead = async () => {
				if (before !== undefined) await settle(before)
				return batch.length === BATCH_MAX ? outbox.next(batch) : undefined
			}
			const [sent, following] = await bothOf(outbox.send(batch), ahead())
			if (following === undefined) {
				before = undefined
				;[, batch] = await bothOf(settle(sent), outbox.next(batch))
			} else {
				before = sent
				batch = following
			}
			if (outbox.hasDue()) {
				// What was read ahead may hold what is sent now: it is read anew.
				if (before !== undefined) await settle(before)
				before = undefined
				await outbox.tryHeld()
				batch = await outbox.next([])
			}
		}
		if (before !== undefined) await settle(before)
		return batch.length
	}

	const loop = { task: 'outbox relay', signal: 'outbox', failed: 'events wait in the outbox', retryMaxMs: RETRY_MAX_MS } as const
	return startLeadingLoop({ ...options, ...loop, work: drain })
}

/** The outbox as one leader sees it. */
function openOutbox(options: RelayOptions) {
	const { sql, log, secretTopics, livesS } = options
	const held = createHeldTopics(log)
	let floor = createFloor(sql)
	/** The floor of all topics together: where one that was held is read from when it takes events again. */
	let common = 0
	const sendRows = async (rows: readonly Row[]): Promise<Sent> => {
		const sent = await send(rows, options)
		if (sent.waiting.size > 0 && held.names().length === 0) common = floor.id()
		for (const [topic, reason] of sent.waiting) {
			held.hold(topic, { reason, tookSome: sent.rows.some((row) => row.topic === topic) })
		}
		return sent
	}
	return {
		async next(inHand: readonly Row[]): Promise<Row[]> {
			const batch = await nextBatch(sql, sql`id > ${floor.id()} ${butNotOf(sql, held.names())}`, { inHand, livesS })
			await floor.raise([...inHand, ...batch])
			return batch
		},
		/** What was read ahead of a topic that does not take events since then must not go before what waits. */
		send: (rows: readonly Row[]) => sendRows(rows.filter((row) => !held.holds(row.topic))),
		hasDue: () => held.due() !== undefined,
		/** Tries a topic whose events wait, the oldest first, if it is time to. Not while anything is in hand. */
		async tryHeld(): Promise<void> {
			const topic = held.due()
			if (topic === undefined) return
			const rows = await nextBatch(sql, sql`id > ${common} and topic = ${topic}`, { inHand: [], livesS })
			const sent = await sendRows(rows).catch((error: unknown) => {
				held.hold(topic, { reason: String(error), tookSome: false })
				return undefined
			})
			if (sent === undefined) return
			await settleBatch(sql, sent, secretTopics)
			if (sent.waiting.size > 0) return
			held.release(topic)
			floor = createFloor(sql, common)
		},
	}
}

type Sent = {
	/** What is done with: sent, refused or void. */
	readonly rows: readonly Row[]
	/** Of the rows. */
	readonly refused: readonly Dead[]
	/** Topics some of whose rows wait, and why. */
	readonly waiting: ReadonlyMap<string, string>
}
type Dead = { readonly id: number; readonly message: string }

async function send(rows: readonly Row[], options: RelayOptions): Promise<Sent> {
	const { topics, log, source } = options
	const living = rows.filter((row) => row.is_void !== true)
	const unsent = living.length === 0 ? [] : await topics.publishBatch(living.map((row) => messageOf(row, source)))
	// Not before: what throws comes again.
	if (living.length < rows.length) tellOfVoid(rows, options)
	const waiting = new Map<string, string>()
	const left = new Set<Row>()
	const refused: Dead[] = []
	for (const { index, reason, forGood } of unsent) {
		const row = living[index]
		if (row === undefined) continue
		if (forGood) {
			log.error({ topic: row.topic, event_id: row.event_id, reason }, 'the broker refuses an event for good')
			refused.push({ id: row.id, message: reason })
		} else {
			waiting.set(row.topic, reason)
			left.add(row)
		}
	}
	return { rows: left.size === 0 ? rows : rows.filter((row) => !left.has(row)), refused, waiting }
}

function tellOfVoid(rows: readonly Row[], { log, metrics }: RelayOptions): void {
	const dropped = rows.filter((row) => row.is_void === true)
	for (const [topic, { length: count }] of Map.groupBy(dropped, (row) => row.topic)) {
		metrics.voidEvents.inc({ topic }, count)
		log.warn({ topic, count }, 'events were void before their topic took them: they are not sent')
	}
}

/** Both results. Throws what one of them throws, but not before the other has ended, too: nothing goes on behind a new attempt. */
async function bothOf<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
	await Promise.allSettled([one, other])
	return Promise.all([one, other])
}

type Reading = Pick<RelayOptions, 'livesS'> & { readonly inHand: readonly Row[] }

/**
 * The oldest events that are asked for, up to BATCH_MAX of them and BATCH_MAX_BYTES, at least one; without those in hand, which are
 * still there. Always from the beginning and not from the last one on: an id that is taken early may be committed late, and the later
 * events of its key must not go first.
 */
async function nextBatch(sql: Sql, wanted: Fragment, { inHand, livesS }: Reading): Promise<Row[]> {
	return sql<Row[]>`
		select id, event_id, topic, key, type, headers, value, created_at,
			created_at < now() - make_interval(secs => (${sql.typed.json(livesS)}::json ->> topic)::float) as is_void
		from (
			select oldest.*, sum(coalesce(length(value), 0)) over (order by id) - coalesce(length(value), 0) as bytes_before
			from (
				select id, event_id, topic, key, type, headers, value, created_at from outbox
				where ${wanted} and id not in (select value::bigint from json_array_elements_text(${sql.typed.json(idsOf(inHand))}))
				order by id limit ${BATCH_MAX}
			) as oldest
		) as measured
		where bytes_before < ${BATCH_MAX_BYTES}
		order by id`
}

const butNotOf = (sql: Sql, topics: readonly string[]): Fragment =>
	topics.length === 0 ? sql`` : sql`and topic not in (select value from json_array_elements_text(${sql.typed.json(topics)}))`

const idsOf = (rows: readonly Pick<Row, 'id'>[]) => rows.map((row) => row.id)

/** Deletes what was sent, and puts aside what was refused. */
async function settleBatch(sql: Sql, { rows, refused }: Sent, secretTopics: ReadonlySet<string>): Promise<void> {
	if (rows.length === 0) return
	const oneOfBatch = oneOf(sql, idsOf(rows), 'bigint')
	if (refused.length === 0) {
		await sql`delete from outbox where id = ${oneOfBatch}`
		return
	}
	await sql.begin(async (tx) => {
		// Locked first: whoever rewrites what waits (an erasure) finds it here or there, as it is then.
		await tx`
			select from outbox where id = ${oneOf(sql, idsOf(refused), 'bigint')}
			order by id for update`
		await putEventsAside(tx, refused, secretTopics)
		await tx`delete from outbox where id = ${oneOfBatch}`
	})
}

/** The message with its CloudEvents headers (binary mode); a row without a type is passed on with its own headers. */
function messageOf(row: Row, source: string): OutgoingMessage {
	const { topic, key, value } = row
	if (row.type === null) return { topic, key, value, headers: row.headers ?? {} }
	const headers = {
		ce_specversion: '1.0',
		ce_id: row.event_id,
		ce_source: source,
		ce_type: row.type,
		ce_time: row.created_at.toISOString(),
		...(key === null ? {} : { ce_subject: key.toString() }),
		'content-type': 'application/json',
		traceparent: traceparentOf(row.event_id),
		...row.headers,
	}
	return { topic, key, value, headers }
}

/**
 * W3C Trace Context: each event begins a trace that its consumers can go on with, the same one when it is sent again. Not
 * sampled, for no span of it is recorded here.
 */
function traceparentOf(eventId: string): string {
	const traceId = eventId.replaceAll('-', '')
	return `00-${traceId}-${traceId.slice(-16)}-00`
}
