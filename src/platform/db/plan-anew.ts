import { type Kysely, type RawBuilder, sql as expression } from 'kysely'
import type { Sql } from './database.ts'
import type { DB } from './types.ts'

/** What lists are read with: their statements are put together by the one and carried out by the other. */
export type Lists = { readonly sql: Sql; readonly kysely: Kysely<DB> }

/**
 * Runs a statement that is planned anew for its very values. A prepared statement is planned for any values after its fifth run,
 * if that looks as cheap: then a range of a day is read like a range of years. Planning takes a fraction of a millisecond.
 */
export async function planAnew<Row extends object>({ sql, kysely }: Lists, statement: RawBuilder<Row>): Promise<Row[]> {
	const { sql: text, parameters } = statement.compile(kysely)
	return sql.unsafe<Row[]>(text, parameters.map(valueOf), { prepare: false })
}

type Explained = { 'QUERY PLAN': [{ Plan: { Plans: { 'Plan Rows': number }[] } }] }

/**
 * How many rows each of these queries will give, as far as the planner knows: they are not carried out. The statement is prepared,
 * and what it explains is planned for its very values all the same.
 */
export async function estimate({ kysely }: Lists, queries: readonly RawBuilder<unknown>[]): Promise<number[]> {
	const asked = expression.join(queries.map((query) => expression`exists(${query})`))
	const { rows } = await expression<Explained>`explain (format json) select ${asked}`.execute(kysely)
	const [row] = rows
	if (row === undefined) throw new Error('no plan was told')
	return row['QUERY PLAN'][0].Plan.Plans.map((plan) => plan['Plan Rows'])
}

function valueOf(value: unknown): number | string | Date {
	if (typeof value === 'number' || typeof value === 'string' || value instanceof Date) return value
	throw new TypeError(`a parameter of a list is a number, a text or a time, not ${typeof value}`)
}
