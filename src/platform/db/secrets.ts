import type { Sql } from './database.ts'

/** The secret of that name, the same for every instance on this database; the first one to ask leaves `fresh` there. */
export async function readSecret(sql: Sql, name: string, fresh: Buffer): Promise<Buffer> {
	await sql`insert into secrets (name, value) values (${name}, ${fresh}) on conflict (name) do nothing`
	const [row] = await sql<[{ value: Buffer }]>`select value from secrets where name = ${name}`
	return row.value
}
