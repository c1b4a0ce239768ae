import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { holdProduct, waitsForLock } from '../support/hold-cart.ts'
import { COURIER, type Person, putProducts, registerPerson } from '../support/people.ts'
import { type ProxiedShop, startProxiedShop } from '../support/proxy.ts'

/**
 * A request to place an order has lost its connection to the database, and its statement has not: it waits for a product, of which
 * the last pieces are being sold. Meanwhile the customer asks again, with the same key, and what was in the cart can't be sold any
 * more as it was shown.
 */
let shop: ProxiedShop
let anna: Person
before(async () => {
	shop = await startProxiedShop()
	await putProducts(shop.shop, { id: 1, available: 5, cost: 100 }, { id: 2, cost: 100 })
	anna = await registerPerson(shop.shop)
})

const changes = {
	total_changed: () => shop.database.sql`update products set price = price + 50 where id = 2`,
	product_unavailable: () => shop.database.sql`update products set withdrawn_at = now() where id = 2`,
}

suite('An order whose first attempt is still under way', () => {
	for (const [code, change] of Object.entries(changes)) {
		test(`is not refused (${code}) as long as that may place it, and is there once when it has`, async () => {
			await shop.database.sql`update products set price = 100, withdrawn_at = null`
			for (const id of [1, 2]) await anna.put(`/cart/items/${id}`, { body: { quantity: 1 } })
			const order = {
				headers: { 'idempotency-key': randomUUID() },
				body: { phone: anna.phone, delivery: COURIER, expected_total: 200 },
			}
			const ask = () => anna.post('/orders', order)
			const product = await holdProduct(shop.database.sql, 1)
			const first = ask()
			await waitsForLock(shop.database.sql)
			shop.proxy.cut()
			shop.proxy.heal()
			assert.equal((await first).status, 503)
			await change()
			const meanwhile = await eventually(async () => {
				const answer = await ask()
				assert.notEqual(answer.body.code, 'overloaded')
				return answer
			})
			assert.deepEqual([meanwhile.status, meanwhile.body.code], [503, 'unavailable'])
			await product.release()
			const placed = await eventually(async () => {
				const answer = await ask()
				assert.notEqual(answer.status, 503)
				return answer
			})
			assert.deepEqual([placed.status, placed.body.total], [201, 200])
			assert.equal(placed.headers.get('idempotency-replayed'), 'true')
		})
	}
})
