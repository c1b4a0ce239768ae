import type { Sql } from '../db/database.ts'

/** How it stands with what is to be told to the others. */
export type OutboxState = {
	/** Events that wait for the broker. */
	readonly waiting: number
	readonly oldestAt: Date | null
}

/** Counting stops here: whoever has more waiting needs no exact figure. */
const COUNT_MAX = 10_000

export async function readOutboxState(sql: Sql): Promise<OutboxState> {
	const [row] = await sql<[{ waiting: number; oldest_at: Date | null }]>`
		select (select count(*) from (select from outbox order by id limit ${COUNT_MAX}) as counted) as waiting,
			(select created_at from outbox order by id limit 1) as oldest_at`
	return { waiting: row.waiting, oldestAt: row.oldest_at }
}
