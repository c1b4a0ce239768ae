import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { seedProducts } from '../../bench/seed.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** More than there are connections to the database. */
const SEARCHES = 60

let shop: TestShop
before(async () => {
	shop = await startTestShop()
	await seedProducts(shop.sql, SEARCHES)
})

suite('Many guests who search for something else each, while each search takes long', () => {
	test('leave connections to the database for the others, and all get their answer', async () => {
		const lock = await shop.sql.reserve()
		await lock`begin`
		await lock`lock table products in access exclusive mode`
		const searches = Array.from({ length: SEARCHES }, (_, index) => shop.guest.get(`/products?limit=100&search=${index + 1}`))
		try {
			await sleep(200)
			const began = performance.now()
			const { status, body } = await shop.guest.as('no-session-of-that-name').get('/me')
			assert.deepEqual([status, body.code], [401, 'unauthenticated'])
			assert.ok(performance.now() - began < 1_000, `a session took ${performance.now() - began} ms to look up`)
		} finally {
			await lock`rollback`
			lock.release()
		}
		for (const [index, { status, body }] of (await Promise.all(searches)).entries()) {
			assert.equal(status, 200, JSON.stringify(body))
			assert.ok(body.data.some(({ id }: { id: number }) => id === index + 1))
		}
	})
})
