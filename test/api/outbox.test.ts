import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { appendEvents } from '../../src/platform/outbox/outbox.ts'
import { eventually } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { codeSentTo, newPhone, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startProxiedShop } from '../support/proxy.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** The inventory service sends these orders one status further. */
const move = (shop: TestShop, orders: readonly { id: string }[], status: string) =>
	shop.topics.publish('orderStatus', ...orders.map(({ id }) => ({ value: { event_id: randomUUID(), order_id: id, status } })))

const placeOrders = async (person: Person, count: number) => {
	const orders: { id: string }[] = []
	while (orders.length < count) orders.push(await placeOrder(person, { 1: 1 }))
	return orders
}

/** Waits until the orders have come to an end, and have been told of. */
async function awaitEnd(shop: TestShop, person: Person, orders: readonly { id: string }[]): Promise<void> {
	for (const { id } of orders) {
		await eventually(async () => assert.equal((await person.get(`/orders/${id}`)).body.status, 'received'))
	}
	await assertInvariants(shop)
}

suite('Events wait in the outbox', () => {
	let shop: TestShop
	let anna: Person
	before(async () => {
		shop = await startTestShop()
		await putProducts(shop, { id: 1 })
		anna = await registerPerson(shop)
	})

	test('while the topics are away; the shop goes on, and they are told when the topics are back', async (t) => {
		if (shop.service.topics.kind === 'kafka') return t.skip('the topics are those of the embedded mode here')
		await shop.sql`alter table topic_messages rename to topic_messages_away`
		const orders = await placeOrders(anna, 5)
		assert.equal((await anna.post(`/orders/${orders[0]?.id}/cancel`)).body.status, 'cancelled')
		const [waiting] = await shop.sql<[{ events: number }]>`select count(*) as events from outbox`
		assert.ok(waiting.events >= 6)
		await shop.sql`alter table topic_messages_away rename to topic_messages`
		await assertInvariants(shop)
		for (const { id } of orders) await shop.topics.find('orders', ({ key }) => key === id)
	})

	test('but a code to sign in with is not sent when it is void by then; a greeting is, however late', async (t) => {
		if (shop.service.topics.kind === 'kafka') return t.skip('the topics are those of the embedded mode here')
		const [late, timely] = [newPhone(), newPhone()]
		const { notifications } = shop.service.topicNames
		const greeting = { topic: notifications, key: 'late', type: 'notification.requested', value: { template: 'greeting' } }
		await shop.sql`alter table topic_messages rename to topic_messages_away`
		assert.equal((await shop.guest.post('/login-codes', { body: { phone: late } })).status, 202)
		await shop.sql.begin((tx) => appendEvents(tx, [greeting]))
		await shop.sql`update outbox set created_at = created_at - make_interval(mins => 6)`
		assert.equal((await shop.guest.post('/login-codes', { body: { phone: timely } })).status, 202)
		await shop.sql`alter table topic_messages_away rename to topic_messages`
		await codeSentTo(shop, timely)
		await shop.topics.find('notifications', ({ key }) => key === 'late')
		await eventually(async () => assert.equal((await shop.sql`select from outbox`).count, 0))
		const codes = await shop.topics.read('loginCodes')
		assert.ok(codes.every(({ value }) => value.recipient.phone !== late))
		assert.match(await shop.service.metrics.registry.metrics(), /outbox_void_total\{topic="shop\.login-codes\.v1"\} 1/)
	})

	test('and one that no topic takes is put aside with the reason, and does not hold up the others', async () => {
		const { orders: topic } = shop.service.topicNames
		const event = (key: string, value: unknown, to = topic) => ({ topic: to, key, type: 'test.happened', value })
		await shop.sql.begin((tx) =>
			appendEvents(tx, [
				event('first', 'fine'),
				event('large', 'x'.repeat(1024 * 1024)),
				event('lost', 'fine', `${topic}.none`),
				event('last', 'fine'),
			]),
		)
		shop.service.signals.announce('outbox')
		for (const key of ['first', 'last']) await shop.topics.find('orders', (message) => message.key === key)
		await eventually(async () => assert.equal((await shop.sql`select from outbox`).count, 0))
		const dead = await shop.sql<{ key: Buffer; reason: string; type: string }[]>`
			select key, reason, type from dead_letters where direction = 'out' order by id`
		assert.deepEqual(
			dead.map(({ key, type }) => [key.toString(), type]),
			[
				['large', 'test.happened'],
				['lost', 'test.happened'],
			],
		)
		for (const { reason } of dead) assert.ok(reason.length > 0)
	})
})

suite('Every event is told, in the order of its order, and with one id however often', () => {
	test('when the connection of the leading relay is killed again and again, and two workers take turns', async () => {
		const shop = await startTestShop()
		await startTestShop({ ...shop.settings, ROLE: 'worker' })
		await putProducts(shop, { id: 1 })
		const anna = await registerPerson(shop)
		const orders = await placeOrders(anna, 20)
		for (const status of ['assembling', 'ready', 'received']) {
			await move(shop, orders, status)
			const killed = await eventually(async () => {
				const ended = await shop.sql`
					select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
					where locktype = 'advisory' and granted and datname = current_database()
						and application_name = 'prilavok outbox relay'`
				assert.equal(ended.count, 1, 'one leads')
				return ended
			})
			assert.equal(killed.count, 1)
		}
		await awaitEnd(shop, anna, orders)
	})

	test('when the worker loses its database again and again', async () => {
		const { shop: worker, proxy, database } = await startProxiedShop({ ROLE: 'worker' })
		const shop = await startTestShop({ ...worker.settings, DATABASE_URL: database.url, ROLE: 'api' })
		await putProducts(shop, { id: 1 })
		const anna = await registerPerson(shop)
		const orders = await placeOrders(anna, 20)
		for (const status of ['assembling', 'ready', 'received']) {
			await move(shop, orders, status)
			// In the middle: some of it has been done, the rest is still to do.
			const [first] = orders
			await eventually(async () => assert.equal((await anna.get(`/orders/${first?.id}`)).body.status, status))
			proxy.cut(status === 'ready' ? 'end' : 'reset')
			assert.equal((await anna.get('/orders')).status, 200)
			proxy.heal()
		}
		await awaitEnd(shop, anna, orders)
	})
})
