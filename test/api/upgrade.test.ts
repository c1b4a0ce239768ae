import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** Enough for each connection of the pool that is open to have prepared each statement. */
const ROUNDS = 12
const LEAVING = 4

suite('When a migration adds columns while an instance of the version before goes on', () => {
	let shop: TestShop
	let anna: Person

	/** An order is assembled, handed to the carrier, shown, and gone. */
	const liveThrough = async () => {
		const order = await placeOrder(anna, { 1: 1 })
		const about = { order_id: order.id }
		await shop.topics.publish('orderStatus', { value: { ...about, event_id: randomUUID(), status: 'assembling' } })
		await shop.topics.publish('tracking', {
			value: { ...about, event_id: randomUUID(), status: 'created', occurred_at: new Date().toISOString() },
		})
		await eventually(async () => {
			const { status, body } = await anna.get(`/orders/${order.id}`)
			assert.deepEqual([status, body.status, body.delivery.status], [200, 'assembling', 'created'])
			assert.equal((await anna.get(`/orders/${order.id}/delivery`)).body.status, 'created')
		})
		assert.equal((await anna.get('/orders')).body.data[0].id, order.id)
	}

	/** Somebody orders, thinks better of it, and is erased. */
	const leave = async () => {
		const person = await registerPerson(shop)
		const { id } = await placeOrder(person, { 1: 1 })
		assert.equal((await person.post(`/orders/${id}/cancel`)).status, 200)
		assert.equal((await person.delete('/me')).status, 204)
	}

	before(async () => {
		shop = await startTestShop()
		await putProducts(shop, { id: 1, available: 1_000 })
		anna = await registerPerson(shop)
		for (let round = 0; round < ROUNDS; round++) await liveThrough()
		for (let round = 0; round < LEAVING; round++) await leave()
	})

	test('orders are placed and moved on, deliveries tracked, people erased, and no good message becomes a dead letter', async () => {
		const tables = await shop.sql<{ name: string }[]>`
			select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
		for (const { name } of tables) await shop.sql`alter table ${shop.sql(name)} add column added_later integer`
		for (let round = 0; round < ROUNDS; round++) await liveThrough()
		for (let round = 0; round < LEAVING; round++) await leave()
		const letters = await shop.sql<{ topic: string; message: string }[]>`select topic, message from dead_letters`
		assert.deepEqual([...letters], [])
	})

	test('and where one changes a type, messages are applied all the same', async () => {
		await shop.sql`alter table orders alter column phone type varchar(100)`
		await liveThrough()
		const letters = await shop.sql<{ topic: string; message: string }[]>`select topic, message from dead_letters`
		assert.deepEqual([...letters], [])
	})
})
