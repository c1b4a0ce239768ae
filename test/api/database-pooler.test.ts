import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, suite, test } from 'node:test'
import { checkDatabase, type Sql } from '../../src/platform/db/database.ts'
import { postgres } from '../../src/platform/db/driver.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const text = { to: 25, from: [25], parse: (value: string) => value, serialize: String }
const json = { to: 114, from: [114], parse: (value: string): unknown => JSON.parse(value), serialize: JSON.stringify }

let database: TestDatabase
before(async () => {
	database = await createTestDatabase()
})

/** A connection as it is behind a pooler that keeps what the service asks for at its beginning from the server. */
function openBehindPooler(): Sql {
	const sql: Sql = postgres(database.url, { max: 1, types: { bigint: { ...text, parse: Number }, day: text, json } })
	after(() => sql.end())
	return sql
}

suite('Behind a pooler that keeps the settings of connections from the server', () => {
	test('the start says which are missing, and where to read what to do', async () => {
		await assert.rejects(checkDatabase(openBehindPooler()), (error) => {
			assert.ok(error instanceof Error)
			assert.match(error.message, /pooler.+docs\/operations\.md/)
			for (const name of ['enable_seqscan', 'pg_trgm.word_similarity_threshold']) assert.ok(error.message.includes(name))
			return true
		})
	})

	test('what docs/operations.md gives to the role is enough', async () => {
		const page = await readFile('docs/operations.md', 'utf8')
		const given = [...page.matchAll(/^alter role prilavok (set .+);$/gm)].map(([, setting]) => setting)
		assert.ok(given.length > 0)
		const name = new URL(database.url).pathname.slice(1)
		for (const setting of given) await database.sql.unsafe(`alter database ${name} ${setting}`)
		await checkDatabase(openBehindPooler())
	})
})
