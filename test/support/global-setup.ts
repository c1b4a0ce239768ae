import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { checkDatabase, openDatabase } from '../../src/platform/db/database.ts'
import { startEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import { migrateToLatest } from '../../src/platform/db/migrations.ts'
import { withDatabase } from './database.ts'

/** Many test files run at once, each with a pool or two. */
const SETTINGS = ['max_connections=400']

let close: (() => Promise<void>) | undefined

/**
 * Runs once before all test files: one PostgreSQL for them (or that of TEST_DATABASE_URL) with a migrated database, of which
 * each file gets a copy.
 */
export async function globalSetup(): Promise<void> {
	const log = pino({ level: 'silent' })
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-test-'))
	const given = process.env['TEST_DATABASE_URL']
	const server = given === undefined ? await startEmbeddedPostgres({ dataDir, log, settings: SETTINGS }) : undefined
	await server?.ready
	const url = given ?? server?.url ?? ''
	const template = `template_${randomUUID().replaceAll('-', '')}`
	const admin = openDatabase({ url, log, name: 'test setup', connectionsMax: 1 })
	await admin.sql`create database ${admin.sql(template)}`
	const { sql, close: closeTemplate } = openDatabase({
		url: withDatabase(url, template),
		log,
		name: 'test setup',
		connectionsMax: 1,
	})
	await checkDatabase(sql)
	await closeTemplate()
	await migrateToLatest(withDatabase(url, template), log)
	process.env['TEST_SERVER_URL'] = url
	process.env['TEST_TEMPLATE'] = template
	close = async () => {
		await admin.sql`drop database ${admin.sql(template)} with (force)`
		await admin.close()
		await server?.close()
		await rm(dataDir, { recursive: true, force: true })
	}
}

export async function globalTeardown(): Promise<void> {
	await close?.()
}
