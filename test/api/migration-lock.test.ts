import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrateToLatest, type MigrationOptions } from '../../src/platform/db/migrations.ts'
import { createLog } from '../../src/platform/telemetry/log.ts'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Held, hold } from '../support/hold-cart.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const MIGRATIONS = join(import.meta.dirname, '../../db/migrations')

let shop: TestShop
let database: TestDatabase
let anna: Person
let folder: string
before(async () => {
	database = await createTestDatabase()
	shop = await startTestShop({ DATABASE_URL: database.url })
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	folder = await mkdtemp(join(tmpdir(), 'prilavok-migrations-'))
	atEnd(() => rm(folder, { recursive: true, force: true }))
	await cp(MIGRATIONS, folder, { recursive: true })
})

/** A report, or a backup: it reads orders for long. */
const readForLong = (): Promise<Held> => hold(database.sql, (tx) => tx`select from orders limit 1`)

/** Migrates by a file of the next release that needs a table of orders for itself, and gathers what the log says of it. */
function migrate(column: string, options: MigrationOptions = {}) {
	const lines: string[] = []
	const log = createLog({ level: 'warn', destination: { write: (line) => void lines.push(line) } })
	const migrated = writeFile(join(folder, `9999_${column}.sql`), `alter table orders add column ${column} integer;`).then(() =>
		migrateToLatest(database.url, log, { folder, ...options }),
	)
	return { migrated, lines }
}

suite('A migration that needs a table which others read for long', () => {
	test('lets orders be placed, says whom it waits for, and gets through when they have ended', async () => {
		const reader = await readForLong()
		const { migrated, lines } = migrate('first')
		let waits = true
		const done = migrated.then((names) => {
			waits = false
			return names
		})
		let placed = 0
		while (lines.length === 0) {
			assert.equal((await placeOrder(anna, { 1: 1 })).status, 'paid')
			placed++
			await sleep(10)
		}
		assert.ok(placed > 0 && waits)
		const { migration, holders } = JSON.parse(lines[0] ?? '')
		assert.equal(migration, '9999_first')
		assert.deepEqual(
			holders.map(({ application }: { application: string }) => application),
			['test'],
		)
		assert.match(holders[0].transactionSince, /^\d{4}-\d\d-\d\dT/)
		await reader.release()
		assert.deepEqual(await done, ['9999_first'])
		assert.equal((await placeOrder(anna, { 1: 1 })).status, 'paid')
	})

	test('fails in words, with nothing kept, when they do not end in time', async () => {
		const reader = await readForLong()
		const { migrated } = migrate('second', { giveUpAfterMs: 1 })
		await assert.rejects(
			migrated,
			/^Error: The migration 9999_second waits for a lock that is held by pid \d+ \(test, since .*start again$/,
		)
		await reader.release()
		const columns =
			await database.sql`select from information_schema.columns where table_name = 'orders' and column_name = 'second'`
		assert.equal(columns.count, 0)
	})
})
