import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { historyOf, type Told, watch } from '../support/event-stream.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

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

const move = async (id: string, status: string, by: StaffMember = operator) => {
	const current = await by.get(`/admin/orders/${id}`)
	const headers = { 'if-match': current.headers.get('etag') ?? '' }
	const changed = await by.patch(`/admin/orders/${id}/status`, { body: { status }, headers })
	assert.equal(changed.status, 200, changed.text)
}
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

suite('The staff are told', () => {
	test('of orders that are placed and changed, by whichever instance', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		const other = await startTestShop({ ...shop.settings, ROLE: 'api', PORT: '0' })
		const watcher = watch(urlOf('/admin/events', other), { token: viewer.token })
		await watcher.waitOpen()
		const order = await placeOrder(anna, { 10: 1 })
		const placed = await eventually(async () => {
			const told = watcher.told.find(({ data }) => data.order_id === order.id)
			assert.ok(told)
			return told
		})
		assert.equal(placed.name, 'order_placed')
		const { order_id: id, ...rest } = placed.data
		assert.deepEqual(Object.keys(rest), ['number', 'status', 'version', 'total', 'delivery_method'])
		await move(id, 'assembling')
		await eventually(async () => {
			const last = watcher.told.findLast(({ data }) => data.order_id === id)
			assert.deepEqual([last?.name, last?.data.status, last?.data.version], ['order_changed', 'assembling', 2])
		})
	})

	test('what their role may see: reports from managers on, dead letters from operators on', async () => {
		const [viewer, manager] = [await signInStaff(shop, 'viewer'), await signInStaff(shop, 'manager')]
		const watchers = [viewer, operator, manager].map(({ token }) => watch(urlOf('/admin/events'), { token }))
		await Promise.all(watchers.map((watcher) => watcher.waitOpen()))
		const reporter = await serviceWithKey(shop, 'reports')
		const namesOf = (index: number) => new Set(watchers[index]?.told.map(({ name }) => name))
		await eventually(async () => {
			await reporter.post('/reports')
			await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: randomUUID(), status: 'ready' } })
			assert.ok(namesOf(2).has('report_changed') && namesOf(2).has('dead_letter') && namesOf(1).has('dead_letter'))
		})
		const order = await placeOrder(anna, { 10: 1 })
		await Promise.all(
			watchers.map((watcher) => eventually(async () => assert.ok(watcher.told.some(({ data }) => data.order_id === order.id)))),
		)
		assert.ok(!namesOf(0).has('dead_letter') && !namesOf(0).has('report_changed'))
		assert.ok(!namesOf(1).has('report_changed'))
	})

	test('nothing under a role that has changed: the stream ends, and comes again under the new one', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		const watcher = watch(urlOf('/admin/events'), { token: viewer.token })
		await watcher.waitOpen()
		await shop.sql`update staff set role = 'manager' where id = ${viewer.id}`
		await watcher.waitOpen(2)
	})
})
