import type { Logger } from 'pino'
import type { Sql } from '../db/database.ts'
import type { Leadership } from '../db/leadership.ts'
import { oneOf } from '../db/one-of.ts'
import type { Signals } from '../db/signals.ts'
import type { OutgoingMessage, RefusedMessage, Topics } from '../topics/port.ts'
import { putEventsAside } from '../dead-letters/letters.ts'
import { startLeadingLoop } from '../leading-loop.ts'
import { createFloor } from './floor.ts'

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
}

/**
 * Moves the outbox to the topics: select by id → send → delete by id, one send in flight, so that the order of commit is the
 * order on the topic. Only the leader relays. Killed between sending and deleting it sends again with the same `ce_id`.
 */
export function startRelay(options: RelayOptions): { close(): Promise<void> } {
	const { sql, secretTopics } = options
	const settle = (batch: Sent) => settleBatch(sql, batch, secretTopics)
	// What another leader's database held is none of this one's: it may be a copy that is a little older.
	let leading: AbortSignal | undefined
	let floor = createFloor(sql)
	const next = async (inHand: readonly Row[]) => {
		const batch = await nextBatch(sql, floor.id(), inHand)
		await floor.raise([...inHand, ...batch])
		return batch
	}
	/**
	 * The database works while the broker does: a batch that was sent is deleted while the next one is read or sent, and where
	 * more wait than fit into a batch the next one is read while this one is sent. With less than a full batch nothing is read
	 * ahead: an event that arrives during the send would have to wait for another round.
	 */
	const drain = async (lost: AbortSignal): Promise<number> => {
		if (leading !== lost) floor = createFloor(sql)
		leading = lost
		let batch = await next([])
		let before: Sent | undefined
		while (batch.length > 0 && !lost.aborted) {
			const ahead = async () => {
				if (before !== undefined) await settle(before)
				return batch.length === BATCH_MAX ? next(batch) : undefined
			}
			const [sent, following] = await bothOf(send(batch, options), ahead())
			if (following === undefined) {
				before = undefined
				;[, batch] = await bothOf(settle(sent), next(batch))
			} else {
				before = sent
				batch = following
			}
		}
		if (before !== undefined) await settle(before)
		return batch.length
	}

	const loop = { task: 'outbox relay', signal: 'outbox', failed: 'events wait in the outbox', retryMaxMs: RETRY_MAX_MS } as const
	return startLeadingLoop({ ...options, ...loop, work: drain })
}

type Sent = { readonly rows: readonly Row[]; readonly refused: readonly RefusedMessage[] }

async function send(rows: readonly Row[], { topics, log, source }: RelayOptions): Promise<Sent> {
	const refused = await topics.publishBatch(rows.map((row) => messageOf(row, source)))
	for (const { index, reason } of refused) {
		log.error({ topic: rows[index]?.topic, event_id: rows[index]?.event_id, reason }, 'the broker refuses an event for good')
	}
	return { rows, refused }
}

/** Both results. Throws what one of them throws, but not before the other has ended, too: nothing goes on behind a new attempt. */
async function bothOf<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
	await Promise.allSettled([one, other])
	return Promise.all([one, other])
}

/**
 * The oldest events, up to BATCH_MAX of them and BATCH_MAX_BYTES, at least one; without those in hand, which are still there.
 * Always from the beginning and not from the last one on: an id that is taken early may be committed late, and the later events of
 * its key must not go first.
 */
async function nextBatch(sql: Sql, floor: number, inHand: readonly Row[]): Promise<Row[]> {
	return sql<Row[]>`
		select id, event_id, topic, key, type, headers, value, created_at
		from (
			select oldest.*, sum(coalesce(length(value), 0)) over (order by id) - coalesce(length(value), 0) as bytes_before
			from (
				select id, event_id, topic, key, type, headers, value, created_at from outbox
				where id > ${floor} and id not in (select value::bigint from json_array_elements_text(${sql.typed.json(idsOf(inHand))}))
				order by id limit ${BATCH_MAX}
			) as oldest
		) as measured
		where bytes_before < ${BATCH_MAX_BYTES}
		order by id`
}

const idsOf = (rows: readonly Pick<Row, 'id'>[]) => rows.map((row) => row.id)

/** Deletes what was sent, and puts aside what was refused. */
async function settleBatch(sql: Sql, { rows, refused }: Sent, secretTopics: ReadonlySet<string>): Promise<void> {
	const oneOfBatch = oneOf(sql, idsOf(rows), 'bigint')
	if (refused.length === 0) {
		await sql`delete from outbox where id = ${oneOfBatch}`
		return
	}
	const dead = refused.flatMap(({ index, reason }) => {
		const id = rows[index]?.id
		return id === undefined ? [] : [{ id, message: reason }]
	})
	await sql.begin(async (tx) => {
		// Locked first: whoever rewrites what waits (an erasure) finds it here or there, as it is then.
		await tx`
			select from outbox where id = ${oneOf(sql, idsOf(dead), 'bigint')}
			order by id for update`
		await putEventsAside(tx, dead, secretTopics)
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
