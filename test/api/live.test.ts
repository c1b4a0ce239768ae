import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { historyOf, type Told, watch } from '../support/event-stream.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

/** Customers watch their orders, the staff the shop. */
let shop: TestShop
let anna: Person
let operator: StaffMember
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 10 })
	anna = await registerPerson(shop)
	operator = await signInStaff(shop, 'operator')
})

const move = (id: string, status: string) => moveOrder(operator, id, status)
const track = (orderId: string, status: string) =>
	shop.topics.publish('tracking', {
		value: { event_id: randomUUID(), order_id: orderId, status, occurred_at: new Date().toISOString() },
	})
const urlOf = (path: string, { url } = shop) => `${url}/v1${path}`
const follow = (person: Person, orderId: string, lastEventId?: string) =>
	watch(urlOf(`/orders/${orderId}/events`), { token: person.token, ...(lastEventId === undefined ? {} : { lastEventId }) })
const followAll = (person: Person, lastEventId?: string) =>
	watch(urlOf('/me/events'), { token: person.token, ...(lastEventId === undefined ? {} : { lastEventId }) })
const statuses = (told: readonly Told[]) =>
	told.filter(({ name }) => name === 'status_changed').map(({ data }) => [data.version, data.status])

/** An event without where the delivery is by now, which may be further than when it was told first. */
const withoutNow = ({ name, id, data }: Told) => ({ name, id, data: { ...data, delivery: null } })

suite('Whoever follows an order', () => {
	test('is told its history first, then each change at once, in the same order and words as the order says', async () => {
		const { id, number } = await placeOrder(anna, { 10: 1 })
		await move(id, 'assembling')
		const watcher = follow(anna, id)
		await watcher.wait(2)
		await move(id, 'ready')
		await track(id, 'handed_over')
		await watcher.wait(4)
		await move(id, 'received')
		const told = await watcher.wait(5)
		const { body: order } = await anna.get(`/orders/${id}`)
		assert.deepEqual(statuses(told), historyOf(order))
		const [, , , delivery] = told
		assert.equal(delivery?.name, 'delivery_changed')
		assert.deepEqual(delivery?.data.event, order.delivery.events[0])
		assert.equal(delivery?.data.delivery.status, 'handed_over')
		const { at, actor, source, reason } = order.history.at(-1)
		const expected = { order_id: id, number, version: 4, status: 'received', status_label: 'Получен', at, actor, source, reason }
		assert.deepEqual(told.at(-1)?.data, { ...expected, can: { cancel: false } })
	})

	test('goes on where it was, without a gap and without a double, after each event that it may have seen last', async () => {
		const { id } = await placeOrder(anna, { 10: 1 })
		await move(id, 'assembling')
		await track(id, 'created')
		await eventually(async () => assert.equal((await anna.get(`/orders/${id}/delivery`)).body.events.length, 1))
		await move(id, 'ready')
		await track(id, 'in_transit')
		const whole = await follow(anna, id).wait(5)
		for (const [index, { id: seen }] of whole.entries()) {
			const watcher = follow(anna, id, seen)
			const rest = await watcher.wait(whole.length - 1 - index)
			assert.deepEqual(rest.map(withoutNow), whole.slice(index + 1).map(withoutNow))
			watcher.close()
		}
	})

	test('goes on by the version where the history is older than the numbers of changes', async () => {
		const { id } = await placeOrder(anna, { 10: 1 })
		for (const status of ['assembling', 'ready', 'received']) await move(id, status)
		await shop.sql`update order_history set seq = null where order_id = ${id}`
		const told = await follow(anna, id, '2.0').wait(2)
		assert.deepEqual(statuses(told), [
			[3, 'ready'],
			[4, 'received'],
		])
		assert.equal(told.at(-1)?.id, '4.0')
	})

	test('is told nothing of other orders', async () => {
		const mine = await placeOrder(anna, { 10: 1 })
		const other = await placeOrder(anna, { 10: 1 })
		const watcher = follow(anna, mine.id)
		await watcher.wait(1)
		await move(other.id, 'assembling')
		await move(mine.id, 'assembling')
		const told = await watcher.wait(2)
		assert.ok(told.every(({ data }) => data.order_id === mine.id))
	})

	test('must own it: there is no other', async () => {
		const boris = await registerPerson(shop)
		const { id } = await placeOrder(boris, { 10: 1 })
		for (const order of [id, randomUUID()]) {
			const { status, body } = await anna.get(`/orders/${order}/events`)
			assert.deepEqual([status, body.code], [404, 'order_not_found'])
		}
		assert.equal((await shop.guest.get(`/orders/${id}/events`)).status, 401)
	})

	test('is refused with an id that no event has', async () => {
		const { id } = await placeOrder(anna, { 10: 1 })
		for (const lastEventId of ['x', '-1', '1.', '1.2.3', '9'.repeat(40)]) {
			const { status, body } = await anna.get(`/orders/${id}/events`, { headers: { 'last-event-id': lastEventId } })
			assert.deepEqual([status, body.code], [400, 'validation_failed'])
		}
	})

	test('is told all anew when its id is from a database that knew more', async () => {
		const { id } = await placeOrder(anna, { 10: 1 })
		await move(id, 'assembling')
		const told = await follow(anna, id, '7.99999999').wait(3)
		assert.deepEqual(
			told.map(({ name }) => name),
			['reset', 'status_changed', 'status_changed'],
		)
	})
})

suite('Whoever follows all their orders', () => {
	test('is told what comes from now on, of each of them, and what was missed when they come again', async () => {
		const boris = await registerPerson(shop)
		const [one, other] = [await placeOrder(boris, { 10: 1 }), await placeOrder(boris, { 10: 1 })]
		await move(one.id, 'assembling')
		const watcher = followAll(boris)
		await watcher.waitOpen()
		await move(one.id, 'ready')
		await move(other.id, 'assembling')
		await track(one.id, 'created')
		const told = await watcher.wait(3)
		assert.deepEqual(
			told.map(({ name, data }) => [name, data.order_id, data.status]),
			[
				['status_changed', one.id, 'ready'],
				['status_changed', other.id, 'assembling'],
				['delivery_changed', one.id, undefined],
			],
		)
		watcher.close()
		await move(other.id, 'ready')
		await move(one.id, 'received')
		const again = await followAll(boris, told.at(-1)?.id).wait(2)
		assert.deepEqual(
			again.map(({ data }) => [data.order_id, data.status]),
			[
				[other.id, 'ready'],
				[one.id, 'received'],
			],
		)
	})
})

suite('However often a connection breaks, and whatever happens at once on two instances', () => {
	test('each change of each order is told once, and those of an order in their order', async () => {
		const boris = await registerPerson(shop)
		const other = await startTestShop({ ...shop.settings, ROLE: 'api', PORT: '0' })
		const key = await serviceWithKey(shop, 'orders:status')
		const orders: { id: string }[] = []
		for (let count = 0; count < 8; count++) orders.push(await placeOrder(boris, { 10: 1 }))
		let going = true
		const reading = (async () => {
			const told: Told[] = []
			for (let turn = 0; going || told.length < 8 * 5; turn++) {
				const from = urlOf('/me/events', turn % 2 === 0 ? shop : other)
				const watcher = watch(from, { token: boris.token, lastEventId: told.at(-1)?.id ?? '0' })
				await watcher.waitOpen()
				await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
				watcher.close()
				told.push(...watcher.told)
			}
			return told
		})()
		const change = async ({ id }: { id: string }, index: number) => {
			const by = (index % 2 === 0 ? shop : other).guest.as(key.key)
			for (const status of ['assembling', 'ready', 'received']) {
				const { status: answered } = await by.post(`/orders/${id}/status`, { body: { event_id: randomUUID(), status } })
				assert.equal(answered, 200)
				if (status !== 'ready') await track(id, 'in_transit')
			}
		}
		await Promise.all(orders.map(change))
		going = false
		const told = await reading
		const ids = told.map(({ id }) => Number(id))
		assert.deepEqual(
			ids,
			ids.map((_, index) => index + 1),
		)
		for (const { id } of orders) {
			const own = told.filter(({ data }) => data.order_id === id)
			assert.deepEqual(statuses(own), [
				[2, 'assembling'],
				[3, 'ready'],
				[4, 'received'],
			])
			assert.equal(own.length, 5)
		}
	})
})

suite('A stream', () => {
	test('says how it is to be treated on its way', async () => {
		const { id } = await placeOrder(anna, { 10: 1 })
		const { status, headers, text } = await anna.get(`/orders/${id}/events`, { headers: { 'accept-encoding': 'gzip, br' } })
		assert.equal(status, 200)
		assert.equal(headers.get('content-type'), 'text/event-stream; charset=utf-8')
		assert.equal(headers.get('cache-control'), 'no-store, no-transform')
		assert.equal(headers.get('x-accel-buffering'), 'no')
		assert.equal(headers.get('content-encoding'), null)
		assert.match(text, /^retry: \d+\n\n/)
	})

	test('ends within a second when its session does', async () => {
		const boris = await registerPerson(shop)
		const { id } = await placeOrder(boris, { 10: 1 })
		const watcher = follow(boris, id)
		await watcher.wait(1)
		assert.equal((await boris.delete('/sessions/current')).status, 204)
		const at = performance.now()
		await eventually(async () => assert.equal(watcher.errors.at(-1)?.code, 401))
		assert.ok(performance.now() - at < 3_000, `${performance.now() - at} ms`)
	})

	test('ends when its customer is blocked', async () => {
		const boris = await registerPerson(shop)
		const manager = await signInStaff(shop, 'manager')
		const { id } = await placeOrder(boris, { 10: 1 })
		const watcher = follow(boris, id)
		await watcher.wait(1)
		assert.equal((await manager.post(`/admin/users/${boris.id}/block`, { body: { reason: 'fraud' } })).status, 200)
		await eventually(async () => assert.equal(watcher.errors.at(-1)?.code, 401))
	})

	test('is not opened by a session that has ended just before', async () => {
		const boris = await registerPerson(shop)
		const { id } = await placeOrder(boris, { 10: 1 })
		// Whatever comes first, the end of the session or the stream: none stays.
		const watchers = Array.from({ length: 5 }, () => follow(boris, id))
		assert.equal((await boris.delete('/sessions/current')).status, 204)
		for (const watcher of watchers) await eventually(async () => assert.equal(watcher.errors.at(-1)?.code, 401))
	})

	test('ends when its session expires', async () => {
		const boris = await registerPerson(shop)
		const { id } = await placeOrder(boris, { 10: 1 })
		await shop.sql`update sessions set expires_at = now() + interval '1 second' where customer_id = ${boris.id}`
		const watcher = follow(boris, id)
		await watcher.wait(1)
		await eventually(async () => assert.equal(watcher.errors.at(-1)?.code, 401))
	})

	test('is one of ten that a customer may have: the eleventh is refused, until one ends', async () => {
		const boris = await registerPerson(shop)
		const { id } = await placeOrder(boris, { 10: 1 })
		const watchers = Array.from({ length: 10 }, () => follow(boris, id))
		await Promise.all(watchers.map((watcher) => watcher.wait(1)))
		const { status, body, headers } = await boris.get(`/orders/${id}/events`)
		assert.deepEqual([status, body.code], [429, 'too_many_streams'])
		assert.ok(headers.has('retry-after'))
		watchers[0]?.close()
		await eventually(async () => {
			const watcher = follow(boris, id)
			await watcher.waitOpen()
			await watcher.wait(1)
		})
	})
})
