import type { Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'

/** The emails of members of the staff, by id; of those who are no longer there nothing. */
export async function readStaffEmails(sql: Sql | Tx, ids: readonly number[]): Promise<Map<number, string>> {
	if (ids.length === 0) return new Map()
	const rows = await sql<{ id: number; email: string }[]>`
		select id, email from staff
		where id = ${oneOf(sql, ids, 'bigint')}`
	return new Map(rows.map(({ id, email }) => [id, email]))
}
