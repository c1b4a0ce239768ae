import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { atEnd } from '../support/at-end.ts'
import { type Broker, startBroker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const ORDERS = 20
const RECOVERY_TIMEOUT_MS = 60_000

let broker: Broker
let shop: TestShop
let anna: Person
before(async () => {
	broker = await startBroker()
	atEnd(() => broker.stop())
	shop = await startTestShop({ KAFKA_BROKERS: broker.address })
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
})

test('while the broker is away the shop goes on and the outbox waits; when it is back, every event arrives once, in order', async () => {
	const outboxIsEmpty = async () => assert.equal((await shop.sql`select from outbox`).count, 0)
	await eventually(outboxIsEmpty)
	await broker.kill()
	const orders: { id: string }[] = []
	for (let number = 0; number < ORDERS; number++) orders.push(await placeOrder(anna, { 1: 1 }))
	for (const { id } of orders) assert.equal((await anna.post(`/orders/${id}/cancel`)).status, 200)
	assert.equal((await shop.guest.get('//health/ready')).status, 200)
	const waiting = await shop.sql`select from outbox`
	// order.placed and its email, order.status_changed and its email.
	assert.equal(waiting.count, ORDERS * 4)

	await broker.restart()
	await eventually(outboxIsEmpty, RECOVERY_TIMEOUT_MS)
	assert.equal((await shop.sql`select from dead_letters`).count, 0)
	await assertInvariants(shop)
})
