import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import { PostgresJSDialect } from 'kysely-postgres-js'
import type { Logger } from 'pino'
import { openDatabase, type Sql } from './database.ts'

const CONNECTIONS_MAX = 2
const FOLDER = join(import.meta.dirname, '../../../db/migrations')

/** Plain SQL files, `NNNN_name.sql`, forward only: a released one is never changed. */
const provider: MigrationProvider = {
	async getMigrations() {
		const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()
		const entries = files.map(async (file): Promise<[string, Migration]> => {
			const text = await readFile(join(FOLDER, file), 'utf8')
			return [file.replace(/\.sql$/, ''), { up: async (db) => void (await sql.raw(asOneStatement(text)).execute(db)) }]
		})
		return Object.fromEntries(await Promise.all(entries))
	},
}

/** Kysely's driver prepares whatever it sends, and only a single statement can be prepared. */
const asOneStatement = (text: string): string => `do $migration$ begin execute $statements$${text}$statements$; end $migration$`

const migratorOf = (pool: Sql) =>
	new Migrator({ db: new Kysely<unknown>({ dialect: new PostgresJSDialect({ postgres: pool }) }), provider })

/**
 * Brings the database to the version of this program, in one transaction and under a lock, so that several instances may
 * start at once. Returns the names of the migrations that were carried out. Refuses a database that is ahead of the program.
 */
export async function migrateToLatest(url: string, log: Logger): Promise<string[]> {
	// On connections of its own: building an index may take longer than a statement of a request.
	const { sql, close } = openDatabase({
		url,
		log,
		name: 'prilavok migrations',
		connectionsMax: CONNECTIONS_MAX,
		statementTimeoutMs: 0,
	})
	try {
		return await migrate(sql)
	} finally {
		await close()
	}
}

async function migrate(pool: Sql): Promise<string[]> {
	const { error, results } = await migratorOf(pool).migrateToLatest()
	if (error) {
		const failed = results?.find((result) => result.status === 'Error')?.migrationName
		const reason = error instanceof Error ? error.message : JSON.stringify(error)
		throw new Error(
			failed
				? `The migration ${failed} failed and nothing of it was kept: ${reason}`
				: `The database can't be migrated (was it used by a newer version of this program?): ${reason}`,
			{ cause: error },
		)
	}
	return (results ?? []).map((result) => result.migrationName)
}

/** The names of the migrations that this database still lacks. */
export async function pendingMigrations(pool: Sql): Promise<string[]> {
	const migrations = await migratorOf(pool).getMigrations()
	return migrations.filter((migration) => !migration.executedAt).map((migration) => migration.name)
}
