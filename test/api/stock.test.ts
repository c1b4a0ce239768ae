import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Client } from '../support/client.ts'
import { eventually, insistently } from '../support/eventually.ts'
import { hold, holdCart, holdProduct, waitsForLock } from '../support/hold-cart.ts'
import { assertInvariants } from '../support/invariants.ts'
import { PICKUP, type Person, placeOrder, productMessage, putProducts, registerPeople } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const BUYERS = 30
const wish = { phone: '+79001234567', delivery: PICKUP }

let shop: TestShop
let other: TestShop
let buyers: readonly Person[]
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 })
	buyers = await registerPeople(shop, BUYERS)
})

const place = (who: Client, body: unknown = wish, key: string = randomUUID()) =>
	insistently(() => who.post('/orders', { headers: { 'idempotency-key': key }, body }))

/** Every second one calls the other instance. */
const spread = (people: readonly Person[]): Client[] =>
	people.map((person, index) => (index % 2 ? other.guest.as(person.token) : person))

/** Puts products into the carts: quantities by product id. */
async function fillCarts(people: readonly Person[], items: Readonly<Record<number, number>>): Promise<void> {
	for (const [id, quantity] of Object.entries(items)) {
		await Promise.all(people.map((person) => person.put(`/cart/items/${id}`, { body: { quantity } })))
	}
}

/** Enough for a request to have come. */
const GATHERED_MS = 150
/** From the commit to the last guest who is shown what was before. */
const SEEN_WITHIN_MS = 1_000

/** Guests are shown so many pieces, as soon as is promised, and so many there are. */
async function assertLeft(pieces: Readonly<Record<number, number | null>>): Promise<void> {
	const shown = async () => {
		for (const [id, available] of Object.entries(pieces)) {
			assert.equal((await shop.guest.get(`/products/${id}`)).body.available, available, `of ${id}`)
		}
	}
	await eventually(shown, SEEN_WITHIN_MS)
	const rows = await shop.sql<{ id: number; available: number | null }[]>`
		select id, available from products where id = any(${shop.sql.array(Object.keys(pieces))}::bigint[])`
	assert.deepEqual(Object.fromEntries(rows.map(({ id, available }) => [id, available])), pieces)
}

const placedOf = (answers: readonly Answer[]): Answer[] => answers.filter(({ status }) => status === 201)

suite('Of tracked pieces', () => {
	test(`10 are sold to ${BUYERS} customers who all want one at once: 10 get one, on two instances together`, async () => {
		await putProducts(shop, { id: 10, available: 10 })
		await fillCarts(buyers, { 10: 1 })
		const answers = await Promise.all(spread(buyers).map((who) => place(who)))
		assert.equal(placedOf(answers).length, 10)
		for (const { status, body } of answers.filter((answer) => answer.status !== 201)) {
			assert.deepEqual([status, body.code], [409, 'product_unavailable'])
			assert.deepEqual(body.products, [{ product_id: 10, available: 0 }])
		}
		await assertLeft({ 10: 0 })
	})

	test('never more are sold than there are, when customers want several of several in any order', async () => {
		await putProducts(shop, { id: 11, available: 20 }, { id: 12, available: 25 })
		const [firstHalf, secondHalf] = [buyers.slice(0, BUYERS / 2), buyers.slice(BUYERS / 2)]
		await Promise.all([fillCarts(firstHalf, { 11: 3 }), fillCarts(secondHalf, { 12: 2 })])
		await Promise.all([fillCarts(firstHalf, { 12: 2 }), fillCarts(secondHalf, { 11: 3 })])
		const placed = placedOf(await Promise.all(spread(buyers).map((who) => place(who))))
		assert.equal(placed.length, 6)
		await assertLeft({ 11: 20 - 6 * 3, 12: 25 - 6 * 2 })
	})

	test('a refused order takes none, and its cart stays', async () => {
		await putProducts(shop, { id: 13, available: 5 }, { id: 14, available: 1 })
		const [person] = buyers
		assert.ok(person)
		await person.delete('/cart')
		await fillCarts([person], { 13: 2, 14: 2, 1: 1 })
		const { status, body } = await place(person)
		assert.deepEqual([status, body.products], [409, [{ product_id: 14, available: 1 }]])
		await assertLeft({ 13: 5, 14: 1 })
		assert.equal((await person.get('/cart')).body.positions, 3)
		await person.put('/cart/items/14', { body: { quantity: 1 } })
		assert.equal((await place(person)).status, 201)
		await assertLeft({ 13: 3, 14: 0 })
	})

	test('a repeated request takes none again', async () => {
		await putProducts(shop, { id: 15, available: 5 })
		const [person] = buyers
		assert.ok(person)
		await fillCarts([person], { 15: 2 })
		const key = randomUUID()
		await Promise.all(Array.from({ length: 10 }, () => place(person, wish, key)))
		await assertLeft({ 15: 3 })
	})

	test('the next message of the inventory says how many there are', async () => {
		await putProducts(shop, { id: 16, available: 2 })
		const [person] = buyers
		assert.ok(person)
		await placeOrder(person, { 16: 2 })
		await assertLeft({ 16: 0 })
		await putProducts(shop, { id: 16, available: 9, version: 2 })
		await assertLeft({ 16: 9 })
		await placeOrder(person, { 16: 4 })
		await assertLeft({ 16: 5 })
		await putProducts(shop, { id: 16, version: 3 })
		await assertLeft({ 16: null })
		await placeOrder(person, { 16: 999 })
	})

	test('a cancelled order gives none back: that is the inventory’s to say', async () => {
		await putProducts(shop, { id: 17, available: 3 })
		const [person] = buyers
		assert.ok(person)
		const order = await placeOrder(person, { 17: 2 })
		assert.equal((await person.post(`/orders/${order.id}/cancel`)).body.status, 'cancelled')
		await assertLeft({ 17: 1 })
	})
})

suite('A product that was withdrawn', () => {
	test('can’t be ordered by whoever still has it in the cart', async () => {
		await putProducts(shop, { id: 18 })
		const [person] = buyers
		assert.ok(person)
		await fillCarts([person], { 18: 1, 1: 1 })
		await shop.topics.publish('products', { key: '18', value: null })
		await eventually(async () => assert.equal((await shop.guest.get('/products/18')).status, 404))
		const { status, body } = await place(person)
		assert.deepEqual([status, body.code], [409, 'product_unavailable'])
		assert.deepEqual(body.products, [{ product_id: 18, available: 0 }])
		await person.delete('/cart/items/18')
		assert.equal((await place(person)).status, 201)
	})
})

suite('Messages of the inventory that come while orders are placed', () => {
	test('wait for them, and they for the messages, without a deadlock', async () => {
		const deadlocks = async () => {
			const [row] = await shop.sql<[{ deadlocks: number }]>`
				select deadlocks from pg_stat_database where datname = current_database()`
			return row.deadlocks
		}
		const before = await deadlocks()
		await putProducts(shop, { id: 20, available: 5 }, { id: 21, available: 5 })
		const [person] = buyers
		assert.ok(person)
		await person.delete('/cart')
		await fillCarts([person], { 20: 1, 21: 1 })
		const lock = await holdProduct(shop.sql, 21)
		// Of one key, so that they come in one batch.
		const more = productMessage({ id: 21, version: 2, available: 9 })
		await shop.topics.publish('products', { key: '20', value: more }, { key: '20', value: null })
		await waitsForLock(shop.sql)
		const placing = place(person)
		await waitsForLock(shop.sql, 2)
		await lock.release()
		assert.equal((await placing).status, 201)
		await eventually(async () => assert.equal((await shop.guest.get('/products/20')).status, 404))
		await assertLeft({ 21: 8 })
		assert.equal(await deadlocks(), before)
	})
})

suite('Of many who place at once', () => {
	test('each gets the answer to their own request: what is wrong with one hurts none of the others', async () => {
		await putProducts(shop, { id: 19, available: 3 })
		const [replaying, reusing, empty, mistaken, greedy, ...others] = buyers
		assert.ok(replaying && reusing && empty && mistaken && greedy)
		await Promise.all(buyers.map((person) => person.delete('/cart')))
		await fillCarts([replaying, reusing], { 1: 1 })
		const key = randomUUID()
		const before = await Promise.all([place(replaying, wish, key), place(reusing, wish, key)])
		await fillCarts([reusing, mistaken, ...others], { 1: 1 })
		await fillCarts([greedy], { 19: 4 })

		const answers = await Promise.all([
			place(replaying, wish, key),
			place(reusing, { ...wish, phone: '+79007654321' }, key),
			place(empty),
			place(mistaken, { ...wish, expected_total: 1 }),
			place(greedy),
			...others.map((who) => place(who)),
		])
		assert.deepEqual(
			answers.slice(0, 5).map(({ status, body }) => [status, body.code ?? body.id]),
			[
				[201, before[0].body.id],
				[422, 'idempotency_key_reused'],
				[409, 'cart_empty'],
				[409, 'total_changed'],
				[409, 'product_unavailable'],
			],
		)
		for (const [index, { status, body }] of answers.slice(5).entries()) {
			assert.deepEqual([status, body.user_id, body.total], [201, others[index]?.id, 500])
		}
		await assertLeft({ 19: 3 })
	})

	test('the next one gets the last piece, where the one before them no longer wants it', async () => {
		await putProducts(shop, { id: 22, available: 1 })
		const [former, wavering, next] = buyers
		assert.ok(former && wavering && next)
		await Promise.all([former, wavering, next].map((person) => person.delete('/cart')))
		await fillCarts([former], { 1: 1 })
		await fillCarts([wavering, next], { 22: 1 })
		// While an order waits, those that come gather for the next batch.
		const waiting = await holdCart(shop.sql, former.id)
		const formerPlaced = place(former)
		await waitsForLock(shop.sql)
		const emptied = await hold(
			shop.sql,
			(tx) =>
				tx`update carts set product_ids = '{}', quantities = '{}', version = version + 1 where customer_id = ${wavering.id}`,
		)
		const waveringPlaced = place(wavering)
		await sleep(GATHERED_MS)
		const nextPlaced = place(next)
		await sleep(GATHERED_MS)
		await waiting.release()
		assert.equal((await formerPlaced).status, 201)
		await waitsForLock(shop.sql)
		await emptied.release()
		assert.equal((await waveringPlaced).body.code, 'cart_empty')
		assert.equal((await nextPlaced).status, 201)
		await assertLeft({ 22: 0 })
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))
