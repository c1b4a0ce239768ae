import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { atEnd } from '../support/at-end.ts'
import { startBalancer } from '../support/balancer.ts'
import { failedIn } from '../support/book.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { newInstance } from '../support/instance.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { checkOut, commitBeforeNewestMigration, packagesOnlyAt } from '../support/older-version.ts'
import { reachShop } from '../support/reach-shop.ts'

/** Another commit to begin with (docs/adr/0028), which may lack more or nothing. */
const chosen = process.env['TEST_OLDER_VERSION']
const older = chosen ?? (await commitBeforeNewestMigration())
const otherPackages = older === undefined ? [] : await packagesOnlyAt(older)
/** Each connection of the old one's pool has prepared its statements by then. */
const ALONE_MS = 3_000
const TOGETHER_MS = 8_000

const migrationsOf = async ({ sql }: TestDatabase): Promise<number> => (await sql`select from kysely_migration`).count

/** Why there is nothing to be seen here, for `skip`; false where there is. */
function whyNot(): string | false {
	if (older === undefined) return 'the history of this checkout is not at hand'
	if (otherPackages.length === 0) return false
	return `what would serve is not ${older}, which ran on ${otherPackages.join(', ')}, but its code on the packages of this version`
}

suite('While the version before goes on serving', { skip: whyNot() }, () => {
	test('this one migrates the database and serves beside it, and no request fails at either', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}, beside ${older}`)
		const database = await createTestDatabase({ migrated: false })
		const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-older-data-'))
		atEnd(() => rm(dataDir, { recursive: true, force: true }))
		const settings = {
			NODE_ENV: 'test',
			DATABASE_URL: database.url,
			DATA_DIR: dataDir,
			LOGIN_CODES_PER_ADDRESS_PER_HOUR: '100000',
		}
		const before = await newInstance(settings, await checkOut(older ?? ''))
		const now = await newInstance(settings)
		const balancer = await startBalancer([before.url, now.url])
		before.start()
		await before.ready(balancer)
		const migrations = await migrationsOf(database)
		const shop = await reachShop(balancer.url, database)
		const book = await underLoad({ shop, url: balancer.url, seed }, async () => {
			await sleep(ALONE_MS)
			now.start()
			await now.ready(balancer)
			await sleep(TOGETHER_MS)
		})
		const lacked = (await migrationsOf(database)) - migrations
		t.diagnostic(`${lacked} migrations beside the one before; ${book.seen.length} requests were asked`)
		assert.ok(chosen !== undefined || lacked > 0, 'the version before lacked a migration')
		assert.ok(balancer.isReady(before.url), 'it is ready still')
		t.diagnostic(await assertNothingIsLost(shop, book))
		assert.deepEqual({ failed: failedIn(book), broken: balancer.broken }, { failed: [], broken: [] })
		const letters = await shop.sql<{ topic: string; message: string }[]>`select topic, message from dead_letters`
		assert.deepEqual([...letters], [], 'no good message was put aside')
		await before.stop()
		await now.stop()
	})
})
