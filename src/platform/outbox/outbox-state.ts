import type { Sql } from '../db/database.ts'

/** How it stands with what is to be told to the others. */
export type OutboxState = {
	/** Events that wait for the broker, counted up to the limit given. */
	readonly waiting: number
	readonly oldestAt: Date | null
	/** How old that one is by the database's clock; 0 where none waits. */
	readonly oldestS: number
}

/** Counts at most `countMax` events: whoever has more waiting needs no exact figure. */
export async function readOutboxState(sql: Sql, countMax: number): Promise<OutboxState> {
	const [row] = await sql<[{ waiting: number; oldest_at: Date | null; oldest_s: number }]>`
		select waiting, created_at as oldest_at, coalesce(extract(epoch from now() - created_at), 0)::float as oldest_s
		from (select count(*) as waiting from (select from outbox order by id limit ${countMax}) as counted) as counted
		left join (select created_at from outbox order by id limit 1) as oldest on true`
	return { waiting: row.waiting, oldestAt: row.oldest_at, oldestS: row.oldest_s }
}
