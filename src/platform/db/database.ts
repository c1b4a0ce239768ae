import type { Logger } from 'pino'
import type { PendingQuery, Row, Sql as DriverSql, TransactionSql } from 'postgres'
import { postgres } from './driver.ts'

/** How a bigint column reads: as a number, never silently wrong. */
const bigint = {
	to: 20,
	from: [20],
	parse: (text: string): number => {
		const value = Number(text)
		if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond what a JSON number holds`)
		return value
	},
	serialize: (value: number | bigint): string => value.toString(),
}

/** A date column is a calendar day (`2026-11-25`), not a moment in somebody's time zone. */
const day = { to: 1082, from: [1082], parse: (text: string): string => text, serialize: (value: string): string => value }

/**
 * Rows and lists as a parameter: `sql.typed.json(rows)` for json_to_recordset. The driver's own `sql.json` says jsonb, which
 * has no such function, refuses U+0000 and costs another conversion.
 */
const json = {
	to: 114,
	from: [114],
	parse: (text: string): unknown => JSON.parse(text),
	serialize: (value: unknown): string => JSON.stringify(value),
}

type Types = { bigint: number; day: string; json: unknown }

/** Fixed statements: `sql` templates, prepared once a connection, pipelined within a transaction. */
export type Sql = DriverSql<Types>
/** A transaction of `sql.begin`. A function that takes one writes as a part of somebody's transaction. */
export type Tx = TransactionSql<Types>
/** A part of a statement, put into another `sql` template. */
export type Fragment = PendingQuery<Row[]>

export type Database = {
	readonly sql: Sql
	close(): Promise<void>
}

export type DatabaseOptions = {
	readonly url: string
	readonly log: Logger
	readonly name: string
	readonly connectionsMax?: number
	/** What a statement may take; 0: as long as it takes. */
	readonly statementTimeoutMs?: number
	/** For a connection that listens, which is kept for as long as it lives: what it hears, and that it broke. */
	readonly listener?: Listener
}

export type Listener = {
	readonly onnotify: (channel: string, payload: string) => void
	readonly onclose: () => void
}

const CONNECTIONS_MAX = 20
const CONNECT_TIMEOUT_S = 3
/** Before a connection that broke is made anew: the requests that wait for it are told soon whether the database is back. */
const RECONNECT_S = 0.1
const CONNECTION_LIFETIME_S = 30 * 60
/** A statement of a request: well above what any of them needs, below what a client waits for. */
const STATEMENT_TIMEOUT_MS = 4_000
/**
 * When the database takes a transaction for left alone that asks for nothing: its service has vanished, and others wait for what it
 * holds. Between two statements of ours are milliseconds.
 */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000
const CLOSE_TIMEOUT_S = 5
/** What a connection asks for besides, and a pooler may keep from the server. */
const SETTINGS = {
	// What is prepared while a table is small is kept when it has grown: an index, wherever there is one (docs/adr/0047).
	enable_seqscan: 'off',
	// How alike what is searched for must be to a part of the text (`%>`) to be found in spite of a typo: a wrong letter in eight.
	'pg_trgm.word_similarity_threshold': '0.5',
	// The same for whole words (`%>>`): a wrong letter in six. Words that only begin alike do not come near: телефон and
	// телевизор have 0.29, by parts of the text 0.5.
	'pg_trgm.strict_word_similarity_threshold': '0.4',
} as const

/** Opens the pool. Nothing is connected before the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
	const sql: Sql = postgres(options.url, {
		max: options.connectionsMax ?? CONNECTIONS_MAX,
		connect_timeout: CONNECT_TIMEOUT_S,
		max_lifetime: CONNECTION_LIFETIME_S,
		backoff: () => RECONNECT_S,
		types: { bigint, day, json },
		onnotice: (notice) => options.log.debug({ notice: notice['message'] }, 'notice of the database'),
		connection: {
			application_name: options.name,
			statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
			idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
			...SETTINGS,
		},
		...(options.listener && { ...options.listener, max_lifetime: null }),
	})
	optionsOf.set(sql, options)
	return { sql, close: () => sql.end({ timeout: CLOSE_TIMEOUT_S }) }
}

/** How the pools were opened. */
const optionsOf = new WeakMap<Sql, DatabaseOptions>()

/** Opens one more connection to a pool's database, beside the pool and its queue. Whoever opens it ends it. */
export function connectBeside(sql: Sql, name: string, listener?: Listener): Sql {
	const options = optionsOf.get(sql)
	if (options === undefined) throw new Error('this pool was not opened by openDatabase')
	return openDatabase({ ...options, name, connectionsMax: 1, ...(listener && { listener }) }).sql
}

const POOLER =
	'a pooler in front of it keeps the settings of connections from it: give them to the role, as docs/operations.md says of PgBouncer'

const isRefusedSetting = (error: unknown): boolean =>
	error instanceof Error && error.message.startsWith('unsupported startup parameter')

type Facts = {
	version: number
	standby: boolean
	read_only: boolean
	local: boolean
	encoding: string
	lower: string
	ctype: string
	icu: boolean
	unsafe: string[]
	lost: string[]
}

const OLDEST_SERVER_VERSION = 180_000
const NO_CYRILLIC: ReadonlySet<string> = new Set(['C', 'POSIX'])

/**
 * Looks at a database before it is used and throws an error that says what to do: PostgreSQL 18 (uuidv7), UTF-8 rules for
 * letters (under `C`, pg_trgm sees no Cyrillic), the ICU collation that names are sorted by, settings that keep what was
 * acknowledged, and no pooler that keeps the connection's own from the server.
 */
export async function checkDatabase(sql: Sql): Promise<void> {
	const [row] = await sql<[Facts]>`
		select current_setting('server_version_num')::int as version,
			pg_is_in_recovery() as standby,
			current_setting('transaction_read_only') = 'on' as read_only,
			current_setting('synchronous_commit') = 'local' and current_setting('synchronous_standby_names') <> '' as local,
			current_setting('server_encoding') as encoding,
			lower('ЧАЙ') as lower,
			(select datctype from pg_database where datname = current_database()) as ctype,
			exists (select from pg_collation where collname = 'ru-x-icu') as icu,
			array(
				select name from unnest(array['fsync', 'full_page_writes', 'synchronous_commit']) as name
				where current_setting(name) = 'off'
			) as unsafe,
			array(
				select key from json_each_text(${sql.typed.json(SETTINGS)}) where current_setting(key, true) is distinct from value
			) as lost`.catch((error: unknown) => {
		throw isRefusedSetting(error) ? new Error(`This database can't be used:\n  - ${POOLER}`, { cause: error }) : error
	})
	const faults = []
	if (row.version < OLDEST_SERVER_VERSION) faults.push('it is older than PostgreSQL 18: upgrade the server')
	if (row.standby) {
		faults.push(
			'it is a standby, which can only be read: let DATABASE_URL lead to the primary, or promote it ("select pg_promote()")',
		)
	} else if (row.read_only) faults.push('it can only be read: set default_transaction_read_only to off')
	if (row.encoding !== 'UTF8') faults.push(`its encoding is ${row.encoding}: make it anew with "encoding 'UTF8'"`)
	// pg_trgm goes by LC_CTYPE whatever the provider: under C it sees no Cyrillic, though lower() does.
	if (row.lower !== 'чай' || NO_CYRILLIC.has(row.ctype)) {
		faults.push(
			'its character rules know no Cyrillic, so the search would find nothing: make it anew with ' +
				"\"create database … template template0 locale_provider builtin builtin_locale 'C.UTF-8' lc_ctype 'C.UTF-8'\"",
		)
	}
	if (!row.icu) faults.push('the collation "ru-x-icu" is missing: use a PostgreSQL built with ICU')
	if (row.unsafe.length > 0) {
		faults.push(`${row.unsafe.join(', ')} is off, so acknowledged orders could be lost: set it to on`)
	}
	if (row.local) {
		faults.push('synchronous_commit is local, so no standby has for sure what is acknowledged: set it to on')
	}
	if (row.lost.length > 0) faults.push(`${POOLER} (${row.lost.join(', ')})`)
	if (faults.length > 0) throw new Error(`This database can't be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
}
