import type { Fragment, Sql, Tx } from '../db/database.ts'
import type { Headers } from '../topics/port.ts'

/** A fact to tell the other services, as it is written into the outbox. */
export type OutboxEvent = {
	readonly topic: string
	/** The aggregate's id: events of one key reach the topic in the order of commit, if the aggregate's row is locked first. */
	readonly key: string
	/** The CloudEvents type. */
	readonly type: string
	/** Becomes the message's JSON. */
	readonly value: unknown
}

/**
 * Writes events into the outbox, as part of the transaction that makes them true. The caller holds the lock of each
 * aggregate's row, and calls `signals.announce('outbox')` after the commit.
 */
export async function appendEvents(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
	if (events.length > 0) await insertEvents(tx, events)
}

/** An event of somebody, by whom a larger statement tells whether it has come true. */
export type OwnedEvent = OutboxEvent & { readonly owner?: number }

/**
 * The same as a part of a larger statement, which may let only some in (`where owner in (…)`). The values go as one text with
 * a line each (JSON has no line breaks of its own): they are most of what is written, and to read them out of a list in JSON
 * takes the database as long as to write them. Their time is that of writing, under the locks: the events of a key that follow
 * each other were written in transactions that may have begun the other way round.
 */
export const insertEvents = (sql: Sql | Tx, events: readonly OwnedEvent[], where: Fragment = sql``): Fragment => sql`
	insert into outbox (topic, key, type, value, created_at)
	select topic, convert_to(key, 'UTF8'), type, convert_to(value, 'UTF8'), clock_timestamp()
	from rows from (
		json_to_recordset(${sql.typed.json(events.map(({ owner, topic, key, type }) => ({ owner, topic, key, type })))})
			as (owner bigint, topic text, key text, type text),
		string_to_table(${events.map(({ value }) => JSON.stringify(value)).join('\n')}, chr(10))
	) as event (owner, topic, key, type, value)
	${where}`

/** A message that is passed on byte for byte, with the headers given. */
export type RawMessage = {
	readonly topic: string
	readonly key: Buffer | null
	readonly value: Buffer | null
	readonly headers: Headers
}

/** Writes messages into the outbox as they are: dead letters. */
export async function appendRawMessages(tx: Tx, messages: readonly RawMessage[]): Promise<void> {
	for (const { topic, key, value, headers } of messages) {
		await tx`insert into outbox (topic, key, headers, value) values (${topic}, ${key}, ${tx.typed.json(headers)}, ${value})`
	}
}
