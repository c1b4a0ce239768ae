import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { sql as expression } from 'kysely'
import { planAnew, planFreely } from '../../src/platform/db/statements.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { listenForPlans, readsOf, tellPlans } from '../support/plans.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/**
 * A plan that was made while the shop held next to nothing is kept until PostgreSQL has counted anew, a minute later or more: long
 * enough for thousands of orders.
 */
const told = listenForPlans()
let shop: TestShop
let anna: Person
let inventory: TestShop['guest']
let operator: TestShop['guest']
const newOrder = async () => (await placeOrder(anna, { 1: 1, 2: 1 })).id
before(async () => {
	const { url, sql } = await createTestDatabase()
	await tellPlans(sql)
	shop = await startTestShop({ DATABASE_URL: url, LOG_LEVEL: 'debug' }, told.logTo)
	await putProducts(shop, { id: 1, available: 1_000 }, { id: 2 })
	anna = await registerPerson(shop)
	operator = await signInStaff(shop, 'operator')
	inventory = await serviceWithKey(shop, 'orders:status')
	await newOrder()
	await shop.sql`analyze`
})

const CALLS: Readonly<Record<string, () => Promise<unknown>>> = {
	'signing up and in': () => registerPerson(shop),
	'a product': () => anna.get('/products/1'),
	'putting into the cart': () => anna.put('/cart/items/1', { body: { quantity: 2 } }),
	'the cart': () => anna.get('/cart'),
	'placing an order, and telling of it': newOrder,
	'an order': async () => anna.get(`/orders/${await newOrder()}`),
	'one’s orders': () => anna.get('/orders'),
	'cancelling an order': async () => anna.post(`/orders/${await newOrder()}/cancel`, { body: {} }),
	'a change of an order’s status': async () =>
		inventory.post(`/orders/${await newOrder()}/status`, { body: { event_id: randomUUID(), status: 'assembling' } }),
	'a change of orders by the staff': async () =>
		operator.post('/admin/orders/bulk-status', { body: { ids: [await newOrder()], status: 'assembling' } }),
	'an order for the staff': async () => operator.get(`/admin/orders/${await newOrder()}`),
	'the list of the staff': () => operator.get('/admin/orders'),
	'what the delivery service tells': async () => {
		const id = await newOrder()
		const event = { event_id: randomUUID(), order_id: id, status: 'created', occurred_at: new Date().toISOString() }
		await shop.topics.publish('tracking', { value: { ...event, carrier: 'cdek', tracking_number: '1' } })
		await eventually(async () => assert.equal((await anna.get(`/orders/${id}/delivery`)).body.status, 'created'))
	},
	'a note on an order': async () => operator.post(`/admin/orders/${await newOrder()}/notes`, { body: { text: 'заметка' } }),
	'erasing a customer': async () => {
		const boris = await registerPerson(shop)
		await placeOrder(boris, { 1: 1 })
		await boris.delete('/me')
	},
	'what a customer may know': () => anna.get('/me/export'),
	'a product that is withdrawn': async () => {
		await putProducts(shop, { id: 4 })
		await shop.topics.publish('products', { key: '4', value: null })
		await eventually(async () => assert.equal((await anna.get('/products/4')).status, 404))
	},
	'products that come in': () => putProducts(shop, { id: 1, version: Date.now() }, { id: 3, version: Date.now() }),
}

suite('While a shop is young its plans are those that it needs when it has grown, for', () => {
	for (const [what, call] of Object.entries(CALLS)) {
		test(what, async () => {
			told.take()
			await call()
			assert.deepEqual([...new Set(told.take().flatMap(readsOf))], [])
		})
	}
})

test('A whole table is read by statements that are planned freely, and by no other', async () => {
	type Line = { 'QUERY PLAN': string }
	const explained = expression<Line>`explain select from products where withdrawn_at is null and name = 'чай'`
	const planOf = (lines: readonly Line[]) => lines.map((line) => line['QUERY PLAN']).join('\n')
	assert.match(planOf(await planFreely(shop.sql, explained)), /Seq Scan on products/)
	assert.doesNotMatch(planOf(await planAnew(shop.sql, explained)), /Seq Scan/)
})
