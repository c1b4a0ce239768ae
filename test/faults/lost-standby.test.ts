import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../support/eventually.ts'
import { writtenIn } from '../support/book.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { registerPerson } from '../support/people.ts'
import { startReplicated } from '../support/replicated.ts'
import { startTestShop } from '../support/shop.ts'

/** How long people order before the standby is lost, and after another one has come. */
const LIFE_MS = 3_000
/** How long there is none. */
const ALONE_MS = 20_000
/** A request's own deadline, and the time in which a busy machine tells of it. */
const ANSWERED_WITHIN_MS = 7_000
const LOOK_PAUSE_MS = 200
const BACK_WITHIN_MS = 30_000
/** A product that there is too little of, an order that somebody else has moved: nothing was to be written. */
const REFUSED = [409, 412]

suite('A primary whose only standby is lost while people order', () => {
	test('acknowledges nothing until there is another one, and lets itself be read: nothing is lost, nothing doubled', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const servers = await startReplicated(1)
		const shop = await startTestShop({ DATABASE_URL: servers.primary().url })
		const anna = await registerPerson(shop)
		let [lostAt, backAt, looks, waiting] = [0, 0, 0, 0]
		const book = await underLoad({ shop, url: shop.url, seed }, async (book) => {
			await sleep(LIFE_MS)
			const standby = await servers.furthest()
			await standby.kill()
			lostAt = performance.now()
			for (; performance.now() - lostAt < ALONE_MS; looks++, await sleep(LOOK_PAUSE_MS)) {
				for (const path of ['/products', `/products?limit=${1 + (looks % 100)}`, '/cart', '/me'])
					assert.equal((await anna.get(path)).status, 200, path)
			}
			;[{ waiting }] = await servers.primary().sql<[{ waiting: number }]>`
				select count(*) as waiting from pg_stat_activity where wait_event = 'SyncRep'`
			await servers.addStandby()
			backAt = performance.now()
			await eventually(async () => assert.ok(book.seen.some(({ at, status }) => at > backAt && status === 200)), BACK_WITHIN_MS)
			await sleep(LIFE_MS)
		})
		t.diagnostic(await assertNothingIsLost(shop, book))
		const alone = book.seen.filter(({ at, ms, method }) => method !== 'GET' && at > lostAt && at + ms < lostAt + ALONE_MS)
		const others = alone.filter(({ status }) => REFUSED.includes(status)).length
		const longest = Math.round(Math.max(...alone.map(({ ms }) => ms)))
		const written = writtenIn(book).map(({ at, ms }) => at + ms)
		const servedMs = Math.round(Math.min(...written.filter((end) => end > backAt)) - backAt)
		t.diagnostic(
			`without a standby ${alone.length} changes were refused, ${others} of them for another reason, the longest after ${longest} ms, ` +
				`and ${looks} times all was read; in the end ` +
				`${waiting} sessions of the server waited for one; ` +
				`a change went through ${servedMs} ms after another one had come`,
		)
		assert.ok(alone.length > others)
		assert.deepEqual(
			alone.filter(({ status }) => status !== 503 && !REFUSED.includes(status)),
			[],
		)
		assert.ok(longest < ANSWERED_WITHIN_MS)
	})
})
