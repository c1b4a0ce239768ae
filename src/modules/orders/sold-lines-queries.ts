import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { postgres } from '../../platform/db/driver.ts'
import type { Sql } from '../../platform/db/database.ts'
import { estimateLines, type Numbers, type Period } from './sold-lines-estimate-queries.ts'

export type SoldLinesOptions = {
	readonly period: Period
	/** Ends the reading, also in the middle: the iteration then throws the signal's reason. */
	readonly signal: AbortSignal
	/** The longest that the database may take over it; past it the iteration throws its `57014` (query_canceled). */
	readonly timeoutMs: number
	/** Is told how many lines there may be, as soon as that is known, if it is. */
	readonly estimated?: (lines: number) => void
}

type Connection = Awaited<ReturnType<Sql['reserve']>>

/** How long an interrupted COPY may take to say so, before its connection is left to its fate. */
const INTERRUPT_TIMEOUT_MS = 5_000
const INTERRUPT_EVERY_MS = 500

/**
 * All sold lines, as the bytes of a report: `{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": 1}}\n`
 * for each line of each order that is not cancelled, in the order of placing, all of one moment (one snapshot). Chunks hold
 * many lines and end anywhere. Read to the end or `return()`ed, it gives its connection back; meanwhile the connection is
 * its own, and memory stays flat on both sides.
 */
export async function* soldLines(sql: Sql, options: SoldLinesOptions): AsyncGenerator<Buffer, void, undefined> {
	const { signal } = options
	signal.throwIfAborted()
	const connection = await sql.reserve()
	const interruption = createInterruption(sql)
	let copy: Readable | undefined
	let failure: unknown
	let ending: Promise<void> | undefined
	const end = async () => {
		const ended = await endReading(copy, interruption)
		if (ended && !isLost(copy?.errored ?? failure)) await giveBack(connection)
	}
	const interrupt = () => {
		interruption.begin()
		// Whoever reads may hang, and not come back here for long: the database is not to wait for it.
		if (copy !== undefined) ending ??= end()
	}
	try {
		await interruption.aim(connection)
		signal.addEventListener('abort', interrupt)
		await beginReading(sql, connection, options)
		signal.throwIfAborted()
		copy = await startCopy(connection)
		// The iteration throws the error; without a listener it would end the process when it comes between two chunks.
		copy.on('error', () => undefined)
		yield* unquoted(copy.iterator({ destroyOnReturn: false }))
		// Interrupted it may have ended like one that was read whole.
		signal.throwIfAborted()
	} catch (error) {
		failure = error
		signal.throwIfAborted()
		throw error
	} finally {
		signal.removeEventListener('abort', interrupt)
		await (ending ??= end())
	}
}

type Interruption = {
	/** Looks which backend serves the connection. */
	aim(connection: Connection): Promise<void>
	/** Asks the database to stop what it does for the connection, and goes on asking: between two statements it hears nothing. */
	begin(): void
	/** Resolves when nothing that was asked is still under way: come late, it would hit the connection's next user. */
	end(): Promise<void>
}

function createInterruption(sql: Sql): Interruption {
	const over = new AbortController()
	let pid = 0
	let asking: Promise<void> | undefined
	const ask = async () => {
		while (!over.signal.aborted) {
			// Where the database can't be asked, the connection of the COPY is broken too, or soon found to be.
			await sql`select pg_cancel_backend(${pid})`.catch(() => undefined)
			await sleep(INTERRUPT_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined)
		}
	}
	return {
		async aim(connection) {
			const [row] = await connection<[{ pid: number }]>`select pg_backend_pid() as pid`
			pid = row.pid
		},
		begin() {
			asking ??= ask()
		},
		async end() {
			over.abort()
			await asking
		},
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

/** Begins the transaction and sets what the COPY reads: it takes no parameters. */
async function beginReading(sql: Sql, connection: Connection, options: SoldLinesOptions): Promise<void> {
	const { period, timeoutMs, estimated } = options
	// One snapshot for both statements: the numbers between which the period lies, and the lines.
	await connection`begin isolation level repeatable read read only`
	const from = period.from?.toISOString() ?? '-infinity'
	const to = period.to?.toISOString() ?? 'infinity'
	await configure(sql, connection, { statement_timeout: String(timeoutMs) })
	const numbers = period.from === null && period.to === null ? ALL_NUMBERS : await findNumbers(connection, from, to)
	// Beside it: the lines need not wait for what is told of them, and are told without it, should it fail.
	if (estimated !== undefined) void estimateLines(sql, period, numbers).then(estimated, () => undefined)
	await configure(sql, connection, {
		...STREAMING,
		'prilavok.from': from,
		'prilavok.to': to,
		'prilavok.first_number': numbers.first,
		'prilavok.last_number': numbers.last,
	})
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

/** Their lines are one row of the COPY: a row for each line fills the service's memory with small objects (ADR 23). */
const BLOCK_ORDERS = 64

/**
 * The lines as they are to stand in the file, those of a block of orders in one row. `to_json` writes a name as JSON text: quotes,
 * backslashes and all control characters escaped, the rest as UTF-8; the database holds no NUL and no half of a surrogate pair. The
 * text format of COPY would double each backslash; its CSV format puts a value that holds a line break between quotes and changes
 * nothing else of one that holds no quote. Delimiter and quote are control characters here and so never in JSON text.
 * (`json_build_object` writes `"price" : 500`, not the contract's `"price": 500`.)
 *
 * The blocks are gone through in the order of their numbers, from one that exists to the next: gaps between numbers may be wide.
 */
function startCopy(connection: Connection): Promise<Readable> {
	const numbers = connection`
		orders.number between current_setting('prilavok.first_number')::bigint and current_setting('prilavok.last_number')::bigint`
	const orders = connection.unsafe(String(BLOCK_ORDERS))
	return connection`
		copy (
			with recursive block (first) as (
				(select number from orders where ${numbers} order by number limit 1)
				union all
				select (
					select number from orders where ${numbers} and number >= block.first + ${orders} order by number limit 1
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
					and ${numbers} and orders.number >= block.first and orders.number < block.first + ${orders}
					and orders.created_at >= current_setting('prilavok.from')::timestamptz
					and orders.created_at < current_setting('prilavok.to')::timestamptz
			) as lines
			where lines.text is not null
		) to stdout with (format csv, delimiter e'\\x02', quote e'\\x01', escape e'\\x01')`.readable()
}

const QUOTE = 1

/**
 * What stands between the quotes: all lines, each with its end. Beyond them is the end of each row, which is none of a line. A chunk stays
 * one chunk: for each of them a piece of work is done, and rested from.
 */
async function* unquoted(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
	let within = false
	for await (const chunk of rows) {
		let length = 0
		let from = 0
		const keepTo = (end: number) => {
			if (within) length += chunk.copy(chunk, length, from, end)
		}
		for (let quote = chunk.indexOf(QUOTE); quote >= 0; quote = chunk.indexOf(QUOTE, from)) {
			keepTo(quote)
			within = !within
			from = quote + 1
		}
		keepTo(chunk.length)
		yield chunk.subarray(0, length)
	}
}

/**
 * Makes sure that nothing runs on the connection any more; false when it could not be brought to an end. The stream is never
 * destroyed: the driver would stop reading the socket, and neither side would ever end.
 */
async function endReading(copy: Readable | undefined, interruption: Interruption): Promise<boolean> {
	return inTime(async () => {
		if (copy !== undefined && !copy.closed) {
			const closed = new Promise((resolve) => copy.once('close', resolve))
			if (!copy.readableEnded && !copy.destroyed) interruption.begin()
			drain(copy)
			await closed
		}
		await interruption.end()
	})
}

/** Whether it is done before the connection is left to its fate. */
async function inTime(work: () => Promise<unknown>): Promise<boolean> {
	const deadline = new AbortController()
	const late = sleep(INTERRUPT_TIMEOUT_MS, false, { signal: deadline.signal }).catch(() => false)
	try {
		return await Promise.race([work().then(() => true), late])
	} finally {
		deadline.abort()
	}
}

/** Reads what still comes, for nobody. Not by `resume`, which does nothing while an iteration has its hands on the stream. */
function drain(copy: Readable): void {
	const read = () => {
		while (copy.read() !== null) continue
	}
	copy.on('readable', read)
	read()
}

/** The driver's own errors, unlike those of the server, mean that the connection broke: it is the pool's to make anew. */
const isLost = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && !(error instanceof postgres.PostgresError)

/** Ends the transaction, which has nothing to keep, and gives the connection back, if it still does what it is told. */
async function giveBack(connection: Connection): Promise<void> {
	const ended = await inTime(() => connection`rollback`).catch(() => false)
	if (ended) connection.release()
}
