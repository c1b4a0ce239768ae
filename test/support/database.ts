import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { atEnd } from './at-end.ts'

export type TestDatabase = Database & { readonly url: string }

/** The same server's URL for another database. */
export function withDatabase(url: string, database: string): string {
	const other = new URL(url)
	other.pathname = `/${database}`
	return other.href
}

function required(name: string): string {
	const value = process.env[name]
	if (value === undefined) throw new Error(`${name} is missing: run tests by "npm test", whose global setup starts the database`)
	return value
}

/**
 * An empty, migrated database of its own on a real PostgreSQL, or one with no tables at all; it goes when the test file (or the
 * suite around the call) is done.
 */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
	const server = required('TEST_SERVER_URL')
	const log = pino({ level: 'silent' })
	const name = `test_${randomUUID().replaceAll('-', '')}`
	const admin = openDatabase({ url: server, log, name: 'test', connectionsMax: 1, statementTimeoutMs: 0 })
	const template = migrated ? required('TEST_TEMPLATE') : 'template1'
	await admin.sql`create database ${admin.sql(name)} template ${admin.sql(template)}`
	const url = withDatabase(server, name)
	const database = openDatabase({ url, log, name: 'test', connectionsMax: 5 })
	atEnd(async () => {
		await database.close()
		await admin.sql`drop database ${admin.sql(name)} with (force)`
		await admin.close()
	})
	return { ...database, url }
}
