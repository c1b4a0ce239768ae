import type { Sql } from '../../src/platform/db/database.ts'

/** The topics without a broker are not the shop's tables: like a broker's, their messages go by age alone. */
const ELSEWHERE = ['topic_messages']

/** Where these texts stand in the database, as `table: text`: as they are, or as bytes. */
export async function tracesOf(sql: Sql, texts: readonly string[]): Promise<string[]> {
	const names = await sql<{ name: string }[]>`
		select tablename as name from pg_tables where schemaname = 'public' and not tablename = any(${sql.array(ELSEWHERE)})
		order by tablename`
	const found: string[] = []
	for (const { name } of names) {
		const [row] = await sql<[{ text: string }]>`select coalesce(string_agg(t::text, ' '), '') as text from ${sql(name)} t`
		for (const text of texts) {
			if (row.text.includes(text) || row.text.includes(Buffer.from(text).toString('hex'))) found.push(`${name}: ${text}`)
		}
	}
	return found
}
