import type { Sql, Tx } from './db/database.ts'
import { oneOf } from './db/one-of.ts'

/**
 * Which of the messages have been dealt with. Asked while the rows that they change are locked, so that the same one can't be
 * in hand elsewhere.
 */
export async function findInInbox(tx: Tx, consumer: string, eventIds: readonly string[]): Promise<Set<string>> {
	if (eventIds.length === 0) return new Set()
	const rows = await tx<{ event_id: string }[]>`
		select event_id from inbox
		where consumer = ${consumer} and event_id = ${oneOf(tx, eventIds, 'text')}`
	return new Set(rows.map((row) => row.event_id))
}

/** Notes messages as dealt with. */
export async function putInInbox(tx: Tx, consumer: string, eventIds: readonly string[]): Promise<void> {
	if (eventIds.length === 0) return
	await tx`
		insert into inbox (consumer, event_id) select ${consumer}, value from json_array_elements_text(${tx.typed.json(eventIds)})
		on conflict do nothing`
}

/** Twice as long as a dead letter is kept: what may still be replayed is remembered. */
const KEEP_DAYS = 60
const DELETE_MAX = 10_000

/** Forgets messages that can't come again; at most DELETE_MAX of them. Returns how many. */
export async function deleteOldFromInbox(sql: Sql): Promise<number> {
	const { count } = await sql`
		delete from inbox where (consumer, event_id) in (
			select consumer, event_id from inbox where received_at < now() - make_interval(days => ${KEEP_DAYS})
			limit ${DELETE_MAX} for update skip locked)`
	return count
}
