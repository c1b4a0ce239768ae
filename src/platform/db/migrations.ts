import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { PostgresJSDialect } from 'kysely-postgres-js'
import type { Logger } from 'pino'
import { openDatabase, type Sql } from './database.ts'
import { isLockTimeout } from './errors.ts'
import { type LockHolder, watchForHolders } from './lock-holders.ts'

const NAME = 'prilavok migrations'
/** One migrates, one looks whom it waits for. */
const CONNECTIONS_MAX = 2
/**
 * Whoever comes after a migration that waits for a lock waits behind it. More than `deadlock_timeout` (1 s), after which autovacuum
 * makes way, and less than a request may wait in its lane (2 s): while a migration tries, the shop is slow and refuses nobody.
 */
const LOCK_TIMEOUT_MS = 1_500
/** The shop goes on before it is tried again. */
const PAUSE_MS = 5_000
/** After so long the start fails: whoever holds the lock must be told to end, or be waited for. */
const GIVE_UP_AFTER_MS = 10 * 60_000
const FOLDER = join(import.meta.dirname, '../../../db/migrations')

/** Plain SQL files, `NNNN_name.sql`, forward only: a released one is never changed. */
const providerOf = (folder: string): MigrationProvider => ({
	async getMigrations() {
		const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
		const entries = files.map(async (file): Promise<[string, Migration]> => {
			const text = await readFile(join(folder, file), 'utf8')
			return [file.replace(/\.sql$/, ''), { up: (db) => carryOut(db, text) }]
		})
		return Object.fromEntries(await Promise.all(entries))
	},
})

async function carryOut(db: Kysely<unknown>, text: string): Promise<void> {
	await sql`select set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true)`.execute(db)
	await sql.raw(asOneStatement(text)).execute(db)
}

/** Kysely's driver prepares whatever it sends, and only a single statement can be prepared. */
const asOneStatement = (text: string): string => `do $migration$ begin execute $statements$${text}$statements$; end $migration$`

const migratorOf = (pool: Sql, folder = FOLDER) =>
	new Migrator({
		db: new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: pool }) }),
		provider: providerOf(folder),
	})

export type MigrationOptions = {
	/** Where the files are. */
	readonly folder?: string
	readonly giveUpAfterMs?: number
}

/**
 * Brings the database to the version of this program, in one transaction and under a lock, so that several instances may
 * start at once. Returns the names of the migrations that were carried out. Refuses a database that is ahead of the program.
 *
 * Where a lock that a migration needs is held by others, it lets the shop go on and tries again, for so long, and says in the log
 * whom it waits for.
 */
export async function migrateToLatest(url: string, log: Logger, options: MigrationOptions = {}): Promise<string[]> {
	const { folder = FOLDER, giveUpAfterMs = GIVE_UP_AFTER_MS } = options
	// On connections of its own: building an index may take longer than a statement of a request.
	const { sql, close } = openDatabase({ url, log, name: NAME, connectionsMax: CONNECTIONS_MAX, statementTimeoutMs: 0 })
	const until = performance.now() + giveUpAfterMs
	try {
		for (;;) {
			const { result, holders } = await watchForHolders(sql, NAME, () => migratorOf(sql, folder).migrateToLatest())
			const { error, results = [] } = result
			if (error === undefined) return results.map(({ migrationName }) => migrationName)
			const failed = results.find(({ status }) => status === 'Error')?.migrationName
			if (!isLockTimeout(error)) throw failureOf(error, failed)
			if (performance.now() > until) throw new Error(waitedInVain(failed, holders), { cause: error })
			log.warn({ migration: failed, holders }, 'a migration waits for a lock that others hold: it is tried again')
			await sleep(PAUSE_MS)
		}
	} finally {
		await close()
	}
}

function failureOf(error: unknown, failed: string | undefined): Error {
	const reason = error instanceof Error ? error.message : JSON.stringify(error)
	return new Error(
		failed
			? `The migration ${failed} failed and nothing of it was kept: ${reason}`
			: `The database can't be migrated (was it used by a newer version of this program?): ${reason}`,
		{ cause: error },
	)
}

function waitedInVain(failed: string | undefined, holders: readonly LockHolder[]): string {
	const named = holders.map(
		({ pid, application, transactionSince: since }) => `pid ${pid} (${application}${since === null ? '' : `, since ${since}`})`,
	)
	return (
		`The migration ${failed} waits for a lock that is held by ${named.join(', ') || 'somebody'}, and nothing of it was kept: ` +
		'wait until that has ended, or end it by "select pg_terminate_backend(pid)", and start again'
	)
}

/** The names of the migrations that this database still lacks. */
export async function pendingMigrations(pool: Sql): Promise<string[]> {
	const migrations = await migratorOf(pool).getMigrations()
	return migrations.filter((migration) => !migration.executedAt).map((migration) => migration.name)
}
