import {
	type CompiledQuery,
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type QueryExecutorProvider,
	type RawBuilder,
	sql as expression,
} from 'kysely'
import type { Sql, Tx } from './database.ts'
import type { DB } from './types.ts'

/** Puts statements together at run time: lists with filters and sorts, reads only. It is connected to nothing. */
export const composer = new Kysely<DB>({
	dialect: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new PostgresIntrospector(db),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
})

/** A statement that was put together, with its values: a query of the composer, or `sql` of Kysely. */
export type Statement<Row> = { compile(by: QueryExecutorProvider): CompiledQuery<Row> }

/** Runs a statement that each connection prepares once. Of texts there must be few, so values are never a part of them. */
export const runPrepared = <Row extends object>(sql: Sql, statement: Statement<Row>): Promise<Row[]> => run(sql, statement, true)

/**
 * Runs a statement that is planned anew for its very values. A prepared statement is planned for any values after its fifth run,
 * if that looks as cheap: then a range of a day is read like a range of years. Planning takes a fraction of a millisecond.
 */
export const planAnew = <Row extends object>(sql: Sql, statement: Statement<Row>): Promise<Row[]> => run(sql, statement, false)

/** The same where nothing may be better than to read a whole table, which the pool's connections do not (docs/adr/0047). */
export async function planFreely<Row extends object>(sql: Sql, statement: Statement<Row>): Promise<Row[]> {
	let rows: Row[] = []
	await sql.begin('read only', async (tx) => {
		await tx`set local enable_seqscan = on`
		rows = await run(tx, statement, false)
	})
	return rows
}

// Not by Kysely's own driver for `postgres`, which takes a connection out of the pool for each statement.
async function run<Row extends object>(sql: Sql | Tx, statement: Statement<Row>, prepare: boolean): Promise<Row[]> {
	const { sql: text, parameters } = statement.compile(composer)
	return sql.unsafe<Row[]>(text, parameters.map(valueOf), { prepare })
}

type Explained = { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }

/**
 * How many rows a query will give, as far as the planner knows: it is not carried out. The statement is prepared, and what it
 * explains is planned for its very values all the same.
 */
export async function estimate(sql: Sql, query: RawBuilder<unknown>): Promise<number> {
	const [row] = await runPrepared(sql, expression<Explained>`explain (format json) ${query}`)
	if (row === undefined) throw new Error('no plan was told')
	return row['QUERY PLAN'][0].Plan['Plan Rows']
}

function valueOf(value: unknown): number | string | Date | null {
	if (typeof value === 'number' || typeof value === 'string' || value instanceof Date || value === null) return value
	throw new TypeError(`a value in a statement is a number, a text, a time or nothing, not ${typeof value}`)
}
