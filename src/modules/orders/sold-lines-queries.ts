import { postgres } from '../../platform/db/driver.ts'
import type { Sql } from '../../platform/db/database.ts'
import { SilentDatabaseError } from '../../platform/db/errors.ts'
import { inTime } from '../../platform/in-time.ts'
import type { Numbers, SalesPeriod } from './sold-lines.ts'
import { estimateLines } from './sold-lines-estimate-queries.ts'

export type SoldLinesOptions = {
	readonly period: SalesPeriod
	/** Ends the reading, also in the middle: the iteration then throws the signal's reason. */
	readonly signal: AbortSignal
	/** The longest that the database works on a step or waits for the next one; past it the iteration throws its error. */
	readonly timeoutMs: number
	/** Is told how many lines there may be, as soon as that is known, if it is. */
	readonly estimated?: (lines: number) => void
	/** How long the next lines are waited for. */
	readonly silentMaxMs?: number
}

type Connection = Awaited<ReturnType<Sql['reserve']>>

/** The lines of so many orders are one row: a row for each line fills the service's memory with small objects (ADR 23). */
const BLOCK_ORDERS = 64
/** So many of them come at a time: some 1,400 lines, 6 ms of the database's work. */
const FETCH_BLOCKS = 8
/** While what has come is dealt with, so many fetches are under way: the database need not wait to be asked for the next one. */
const FETCHES_AHEAD = 3

/** What still runs when it is not wanted any more is cancelled after this time, and again: between two statements nobody hears. */
const CANCEL_EVERY_MS = 200
/** How long the reader waits for the connection to come to rest. It is given back when it does, if later. */
const END_TIMEOUT_MS = 5_000
/**
 * A database of which nothing is heard for so long has gone without a word: it makes the next lines in milliseconds. The driver does
 * not watch over connections that are reserved.
 */
const SILENT_MAX_MS = 60_000

/**
 * All sold lines, as the bytes of a report: `{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": 1}}\n`
 * for each line of each order that is not cancelled, in the order of placing, all of one moment (one snapshot). A chunk holds
 * many lines, the last one whole. Read to the end or `return()`ed, it gives its connection back; meanwhile the connection is
 * its own, and memory stays flat on both sides: the database makes no more than it was asked for.
 */
export async function* soldLines(sql: Sql, options: SoldLinesOptions): AsyncGenerator<Buffer, void, undefined> {
	const { signal, silentMaxMs = SILENT_MAX_MS } = options
	signal.throwIfAborted()
	const connection = await sql.reserve()
	const backend = backendOf(connection)
	const fetches: Promise<Buffer>[] = []
	let begun: Promise<unknown> = backend
	let ended: Promise<unknown> | undefined
	// Whoever reads may hang, and not come back here for long: the database is not to wait for it.
	const end = () => (ended ??= endReading(sql, { connection, backend, statements: [begun, ...fetches] }))
	signal.addEventListener('abort', end)
	try {
		begun = beginReading(sql, connection, options)
		await begun
		for (;;) {
			signal.throwIfAborted()
			while (fetches.length <= FETCHES_AHEAD) fetches.push(fetchLines(connection))
			if (!(await inTime(Promise.resolve(fetches[0]), silentMaxMs))) throw new SilentDatabaseError()
			const lines = await fetches[0]
			signal.throwIfAborted()
			if (lines === undefined || lines.length === 0) return
			void fetches.shift()
			yield lines
		}
	} catch (error) {
		signal.throwIfAborted()
		throw error
	} finally {
		signal.removeEventListener('abort', end)
		await end()
	}
}

/**
 * What the transaction is to keep to. The joins by index alone: rows then stream in their order from the first on, with
 * nothing sorted, hashed or spilled to disk however many they are, and whatever the statistics say of tables that have just
 * been filled. (1,000,350 lines on 2 cores: 2.9 s with no temporary file and one process; left to itself the planner takes 3
 * processes, 115 MB of temporary files and 1.8 s, and both cores from the shop.)
 */
const STREAMING = {
	max_parallel_workers_per_gather: '0',
	enable_seqscan: 'off',
	enable_bitmapscan: 'off',
	enable_hashjoin: 'off',
	enable_mergejoin: 'off',
	enable_material: 'off',
	enable_sort: 'off',
}

/** Begins the transaction and opens the cursor that the lines are fetched from. */
async function beginReading(sql: Sql, connection: Connection, options: SoldLinesOptions): Promise<void> {
	const { period, timeoutMs, estimated } = options
	// One snapshot for both statements: the numbers between which the period lies, and the lines.
	await connection`begin isolation level repeatable read read only`
	const from = period.from?.toISOString() ?? '-infinity'
	const to = period.to?.toISOString() ?? 'infinity'
	const timeout = String(timeoutMs)
	await configure(sql, connection, { statement_timeout: timeout, idle_in_transaction_session_timeout: timeout })
	const numbers = period.from === null && period.to === null ? ALL_NUMBERS : await findNumbers(connection, from, to)
	// Beside it: the lines need not wait for what is told of them, and are told without it, should it fail.
	if (estimated !== undefined) void estimateLines(sql, period, numbers).then(estimated, () => undefined)
	await configure(sql, connection, STREAMING)
	await openCursor(connection, { from, to, ...numbers })
}

/** Settings of this transaction, gone with it. */
const configure = (sql: Sql, connection: Connection, settings: Readonly<Record<string, string>>) =>
	connection`select set_config(key, value, true) from json_each_text(${sql.typed.json(settings)})`

const ALL_NUMBERS: Numbers = { first: '0', last: String(Number.MAX_SAFE_INTEGER) }

/**
 * The numbers between which the period's orders lie, so that a day is not looked for in all years. `+ 0`: for the bare column
 * the planner would walk the numbers from the first one on until an order of the period comes.
 */
async function findNumbers(connection: Connection, from: string, to: string): Promise<Numbers> {
	const [row] = await connection<[Numbers]>`
		select coalesce(min(number + 0), 1)::text as first, coalesce(max(number + 0), 0)::text as last
		from orders where created_at >= ${from}::text::timestamptz and created_at < ${to}::text::timestamptz`
	return row
}

/** A moment as the database reads it: `infinity`, too. */
type Bounds = Numbers & { readonly from: string; readonly to: string }

/**
 * The lines as they are to stand in the file, those of a block of orders in one row. `to_json` writes a name as JSON text: quotes,
 * backslashes and all control characters escaped, the rest as UTF-8; the database holds no NUL and no half of a surrogate pair.
 * (`json_build_object` writes `"price" : 500`, not the contract's `"price": 500`.)
 *
 * The blocks are gone through in the order of their numbers, from one that exists to the next: gaps between numbers may be wide.
 */
async function openCursor(connection: Connection, { from, to, first, last }: Bounds): Promise<void> {
	const numbers = connection`orders.number between ${first}::text::bigint and ${last}::text::bigint`
	await connection`
		declare sold_lines no scroll cursor for
			with recursive block (first) as (
				(select number from orders where ${numbers} order by number limit 1)
				union all
				select (
					select number from orders where ${numbers} and number >= block.first + ${BLOCK_ORDERS}::int order by number limit 1
				) from block where first is not null
			)
			select lines.text from block cross join lateral (
				select string_agg(
					'{"product_name": ' || to_json(line.name) || ', "price": ' || line.price || ', "amount": ' || line.quantity
						|| ', "user": {"id": ' || orders.customer_id || '}}' || e'\\n',
					'' order by orders.number, line.position
				) as text
				from orders join order_lines as line on line.order_id = orders.id
				where orders.status <> 'cancelled'
					and ${numbers} and orders.number >= block.first and orders.number < block.first + ${BLOCK_ORDERS}::int
					and orders.created_at >= ${from}::text::timestamptz and orders.created_at < ${to}::text::timestamptz
			) as lines
			where lines.text is not null`
}

/** The next lines; none when all have been fetched. */
function fetchLines(connection: Connection): Promise<Buffer> {
	const blocks = connection`fetch ${connection.unsafe(String(FETCH_BLOCKS))} from sold_lines`.raw()
	return unminded(blocks.then((rows) => Buffer.concat(rows.flatMap((row) => row))))
}

/** The number by which the process that serves the connection can be told to stop. */
function backendOf(connection: Connection): Promise<number> {
	return unminded(connection<[{ pid: number }]>`select pg_backend_pid() as pid`.then(([{ pid }]) => pid))
}

/** Marks a rejection as handled, so that it does not end the process; whoever awaits the promise still gets it. */
function unminded<Result>(promise: Promise<Result>): Promise<Result> {
	promise.catch(() => undefined)
	return promise
}

type Reading = {
	readonly connection: Connection
	readonly backend: Promise<number>
	readonly statements: readonly Promise<unknown>[]
}

/** Ends the transaction, which has nothing to keep, and gives the connection back. One that broke is the pool's to make anew. */
async function endReading(sql: Sql, { connection, backend, statements }: Reading): Promise<void> {
	const atRest = Promise.allSettled(statements)
	const givenBack = async () => {
		const pid = await backend
		const until = performance.now() + END_TIMEOUT_MS
		while (!(await inTime(atRest, CANCEL_EVERY_MS)) && performance.now() < until) {
			// Where the database can't be asked, the connection that reads is broken too, or soon found to be. It is waited for:
			// come late, it would hit the connection's next user.
			await sql`select pg_cancel_backend(${pid})`.catch(() => undefined)
		}
		for (const outcome of await atRest) if (outcome.status === 'rejected' && isLost(outcome.reason)) throw outcome.reason
		await connection`rollback`
		connection.release()
	}
	await inTime(unminded(givenBack()), END_TIMEOUT_MS).catch(() => undefined)
}

/** The driver's own errors, unlike those of the server, mean that the connection broke. */
const isLost = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && !(error instanceof postgres.PostgresError)
