import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Sql, Tx } from '../db/database.ts'
import type { Leadership } from '../db/leadership.ts'
import type { Signals } from '../db/signals.ts'
import type {
	Consumer,
	ConsumerOptions,
	IncomingMessage,
	OutgoingMessage,
	ReadOptions,
	UnsentMessage,
	TopicLag,
	Topics,
} from './port.ts'
import { startLeadingLoop } from '../leading-loop.ts'
import { createWaker } from '../waker.ts'

export type EmbeddedTopicsOptions = {
	readonly sql: Sql
	readonly signals: Signals
	readonly leadership: Leadership
	readonly log: Logger
}

const POLL_MS = 1_000
const RETRY_MAX_MS = 10_000
const READ_MAX = 500
/** Keeps what is read at a time bounded when the messages are large; one larger than this comes alone. */
const READ_MAX_BYTES = 8 * 1024 * 1024
const RETENTION_CHECK_MS = 60_000
const RETENTION_DELETE_MAX = 10_000

/**
 * Topics as a log in PostgreSQL, with Kafka's promises: at least once, order in a key, an offset a group. Each topic is one
 * partition; one process at a time consumes it for a group, and another takes over when that one is gone.
 */
export function createEmbeddedTopics(options: EmbeddedTopicsOptions): Topics {
	const { sql, signals } = options
	const consumers = new Set<Consumer>()
	return {
		kind: 'embedded',
		async ensureTopics(specs) {
			const rows = specs.map(({ name, retentionMs, compacted, maxMessageBytes }) => ({
				name,
				retention_ms: retentionMs,
				compacted,
				max_message_bytes: maxMessageBytes,
			}))
			await sql`
				insert into topics (name, retention_ms, compacted, max_message_bytes)
				select name, retention_ms, compacted, max_message_bytes from json_to_recordset(${sql.typed.json(rows)})
					as spec (name text, retention_ms bigint, compacted boolean, max_message_bytes bigint)
				on conflict (name) do nothing`
			return []
		},
		async publishBatch(messages) {
			const refused = await publish(sql, messages)
			signals.announce('topics')
			return refused
		},
		runConsumer(consumerOptions) {
			const consumer = runConsumer(options, consumerOptions)
			consumers.add(consumer)
			return consumer
		},
		read: (topic, readOptions) => readTopic(options, topic, readOptions),
		lagOf: (group, names) => readLags(sql, group, names),
		async close() {
			await Promise.all([...consumers].map((consumer) => consumer.close()))
		},
	}
}

/**
 * The offset of the topic's next message, by the last one that is there; where that was dropped, by the topic's row. A row that
 * counted the messages would leave a dead version of itself for each batch, and beside a report or a backup of minutes, for which
 * they are kept, each batch would pass them all.
 */
const nextOffset = (sql: Sql | Tx) => sql`
	greatest(topics.next_offset, 1 + (select max("offset") from topic_messages where topic = topics.name)) as next_offset`

/** One transaction: the topic's row is locked, so offsets follow the order of commit; what is too large is refused. */
async function publish(sql: Sql, messages: readonly OutgoingMessage[]): Promise<UnsentMessage[]> {
	if (messages.length === 0) return []
	const names = [...new Set(messages.map((message) => message.topic))].sort()
	return sql.begin(async (tx) => {
		await tx`select from topics where name in ${tx(names)} order by name for update`
		// Another statement: it sees what was written before the lock was given.
		const known = await tx<{ name: string; next_offset: number; max_message_bytes: number }[]>`
			select name, ${nextOffset(tx)}, max_message_bytes from topics where name in ${tx(names)}`
		const topics = new Map(known.map((topic) => [topic.name, topic]))
		const refused: UnsentMessage[] = []
		const rows = []
		for (const [index, message] of messages.entries()) {
			const topic = topics.get(message.topic)
			const bytes = message.value?.length ?? 0
			if (topic === undefined) refused.push({ index, reason: `the topic ${message.topic} does not exist`, forGood: true })
			else if (bytes > topic.max_message_bytes) {
				refused.push({
					index,
					reason: `${bytes} bytes are more than the ${topic.max_message_bytes} that ${topic.name} takes`,
					forGood: true,
				})
			} else {
				const { key, value, headers } = message
				// In hexadecimal, too: a header may hold U+0000, which is text in no field of a record.
				const headersHex = hex(Buffer.from(JSON.stringify(headers)))
				rows.push({ topic: topic.name, offset: topic.next_offset++, key: hex(key), value: hex(value), headers: headersHex })
			}
		}
		await tx`
			insert into topic_messages (topic, "offset", key, value, headers)
			select topic, "offset", decode(key, 'hex'), decode(value, 'hex'), convert_from(decode(headers, 'hex'), 'UTF8')::json
			from json_to_recordset(${tx.typed.json(rows)}) as message (topic text, "offset" bigint, key text, value text, headers text)`
		return refused
	})
}

const hex = (bytes: Buffer | null): string | null => bytes?.toString('hex') ?? null

function runConsumer(ground: EmbeddedTopicsOptions, options: ConsumerOptions): Consumer {
	const { sql } = ground
	const { group, topic } = options

	const consumeBatch = async (): Promise<number> => {
		const [position] = await sql<[{ next_offset: number }?]>`
			select next_offset from topic_offsets where "group" = ${group} and topic = ${topic}`
		const batch = await messagesFrom(sql, topic, { offset: position?.next_offset ?? 0, limit: options.batchMax })
		const last = batch.at(-1)
		if (last === undefined) return 0
		await options.handle(batch)
		await sql`
			insert into topic_offsets ("group", topic, next_offset) values (${group}, ${topic}, ${Number(last.offset) + 1})
			on conflict ("group", topic) do update set next_offset = greatest(topic_offsets.next_offset, excluded.next_offset)`
		return batch.length
	}

	const loop = { signal: 'topics', failed: 'a batch of messages failed and comes again', retryMaxMs: RETRY_MAX_MS } as const
	return startLeadingLoop({ ...ground, ...loop, task: `${group} ${topic}`, work: consumeBatch })
}

type Position = { readonly offset: number; readonly limit: number }

/** The oldest messages of a topic from an offset on, up to `limit` of them and READ_MAX_BYTES, at least one if there is any. */
async function messagesFrom(sql: Sql, topic: string, { offset, limit }: Position): Promise<IncomingMessage[]> {
	const rows = await sql<MessageRow[]>`
		select topic, "offset", key, value, headers, published_at
		from (
			select oldest.*, sum(coalesce(length(value), 0)) over (order by "offset") - coalesce(length(value), 0) as bytes_before
			from (
				select topic, "offset", key, value, headers, published_at from topic_messages
				where topic = ${topic} and "offset" >= ${offset} order by "offset" limit ${limit}
			) as oldest
		) as measured
		where bytes_before < ${READ_MAX_BYTES}
		order by "offset"`
	return rows.map(messageOf)
}

type MessageRow = {
	topic: string
	offset: number
	key: Buffer | null
	value: Buffer | null
	headers: Record<string, string>
	published_at: Date
}

const messageOf = ({ offset, published_at, ...message }: MessageRow): IncomingMessage => ({
	...message,
	partition: 0,
	offset: BigInt(offset),
	publishedAt: published_at,
})

/** The newest messages of a topic from an offset on, newest first, at most `limit`: however long the topic, little is read. */
export async function readNewest(sql: Sql, topic: string, { offset, limit }: Position): Promise<IncomingMessage[]> {
	const rows = await sql<MessageRow[]>`
		select topic, "offset", key, value, headers, published_at from topic_messages
		where topic = ${topic} and "offset" >= ${offset} order by "offset" desc limit ${limit}`
	return rows.map(messageOf)
}

async function* readTopic(
	{ sql, signals }: EmbeddedTopicsOptions,
	topic: string,
	{ fromBeginning, follow, signal }: ReadOptions,
): AsyncGenerator<IncomingMessage> {
	const [end] = await sql<[{ next_offset: number }?]>`select ${nextOffset(sql)} from topics where name = ${topic}`
	if (end === undefined) throw new Error(`There is no topic ${topic}.`)
	let offset = fromBeginning ? 0 : end.next_offset
	const waker = createWaker()
	const off = signals.on('topics', waker.wake)
	signal?.addEventListener('abort', waker.wake)
	try {
		while (signal?.aborted !== true) {
			const batch = await messagesFrom(sql, topic, { offset, limit: READ_MAX })
			for (const message of batch) {
				if (!follow && message.offset >= end.next_offset) return
				yield message
			}
			const last = batch.at(-1)
			if (last !== undefined) offset = Number(last.offset) + 1
			else if (!follow) return
			else await waker.wait(POLL_MS)
		}
	} finally {
		off()
	}
}

/** By the first message that is still there: those before it were dropped. The database's own deadline holds. */
async function readLags(sql: Sql, group: string, names: readonly string[]): Promise<TopicLag[]> {
	const rows = await sql<{ topic: string; waiting: number; oldest_at: Date | null }[]>`
		select topics.name as topic, coalesce(topics.next_offset - first."offset", 0) as waiting, first.published_at as oldest_at
		from (select name, ${nextOffset(sql)} from topics) as topics
		left join topic_offsets as position on position."group" = ${group} and position.topic = topics.name
		left join lateral (
			select "offset", published_at from topic_messages
			where topic = topics.name and "offset" >= coalesce(position.next_offset, 0) order by "offset" limit 1
		) as first on true
		where topics.name in ${sql(names)}`
	return rows.map(({ topic, waiting, oldest_at }) => ({ topic, waiting, oldestAt: oldest_at }))
}

/**
 * Drops what is older than its topic's retention, and of compacted topics every message that a later one of its key replaces.
 * Runs on one process at a time.
 */
export function startRetention({ sql, leadership, log }: EmbeddedTopicsOptions): { close(): Promise<void> } {
	const stop = new AbortController()
	const lead = async (lost: AbortSignal) => {
		while (!lost.aborted) {
			try {
				await dropOldMessages(sql)
			} catch (error) {
				log.warn({ err: error }, 'old messages could not be dropped; the next round tries again')
			}
			await sleep(RETENTION_CHECK_MS, undefined, { signal: lost }).catch(() => undefined)
		}
	}
	const running = leadership.whileLeader('topic retention', lead, stop.signal)
	return {
		async close() {
			stop.abort()
			await running
		},
	}
}

/** One round of `startRetention`; at most RETENTION_DELETE_MAX messages of each kind. Returns how many went. */
export async function dropOldMessages(sql: Sql): Promise<number> {
	await sql`
		update topics set next_offset = next.next_offset from (select name, ${nextOffset(sql)} from topics) as next
		where topics.name = next.name and topics.next_offset < next.next_offset`
	const expired = await sql`
		delete from topic_messages where (topic, "offset") in (
			select m.topic, m."offset" from topics t join topic_messages m on m.topic = t.name
			where not t.compacted and m.published_at < now() - make_interval(secs => t.retention_ms / 1000.0)
			limit ${RETENTION_DELETE_MAX})`
	const replaced = await sql`
		delete from topic_messages where (topic, "offset") in (
			select m.topic, m."offset" from topics t join topic_messages m on m.topic = t.name
			where t.compacted and m.published_at < now() - interval '1 minute' and exists (
				select from topic_messages later where later.topic = m.topic and later.key = m.key and later."offset" > m."offset")
			limit ${RETENTION_DELETE_MAX})`
	return expired.count + replaced.count
}
