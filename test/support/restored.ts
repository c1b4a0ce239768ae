import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pino } from 'pino'
import { openDatabase, type Sql, type Tx } from '../../src/platform/db/database.ts'
import { startEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import { migrateToLatest } from '../../src/platform/db/migrations.ts'
import { atEnd } from './at-end.ts'

const log = pino({ level: 'silent' })

/**
 * Another cluster with what a database holds now, put there as pg_restore does it (PostgreSQL from npm brings none along): all rows as they
 * are, without triggers, and the sequences. Returns where it is.
 */
export async function restoreElsewhere(source: Sql): Promise<string> {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-restored-'))
	const server = await startEmbeddedPostgres({ dataDir, log })
	atEnd(async () => {
		await server.close()
		await rm(dataDir, { recursive: true, force: true })
	})
	await server.ready
	await migrateToLatest(server.url, log)
	const { sql, close } = openDatabase({ url: server.url, log, name: 'test', connectionsMax: 1 })
	await source.begin('isolation level repeatable read read only', (from) => sql.begin((to) => copy(from, to)))
	await close()
	return server.url
}

async function copy(from: Tx, to: Tx): Promise<void> {
	const tables = await from<{ name: string }[]>`
		select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
	await to`set local session_replication_role = replica`
	await to`truncate ${to(tables.map(({ name }) => name))}`
	for (const { name } of tables) {
		await pipeline(await from`copy ${from(name)} to stdout`.readable(), await to`copy ${to(name)} from stdin`.writable())
	}
	const sequences = await from<{ name: string; last: string | null }[]>`
		select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' and last_value is not null`
	for (const { name, last } of sequences) await to`select setval(${name}::regclass, ${last}::bigint)`
}
