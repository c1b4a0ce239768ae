import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { watch } from '../support/event-stream.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

/** The staff watch the shop. */
let shop: TestShop
let anna: Person
let operator: StaffMember
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 10 })
	anna = await registerPerson(shop)
	operator = await signInStaff(shop, 'operator')
})

const urlOf = ({ url } = shop) => `${url}/v1/admin/events`

suite('The staff are told', () => {
	test('of orders that are placed and changed, by whichever instance', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		const other = await startTestShop({ ...shop.settings, ROLE: 'api', PORT: '0' })
		const watcher = watch(urlOf(other), { token: viewer.token })
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
		await moveOrder(operator, id, 'assembling')
		await eventually(async () => {
			const last = watcher.told.findLast(({ data }) => data.order_id === id)
			assert.deepEqual([last?.name, last?.data.status, last?.data.version], ['order_changed', 'assembling', 2])
		})
	})

	test('what their role may see: reports from managers on, dead letters from operators on', async () => {
		const [viewer, manager] = [await signInStaff(shop, 'viewer'), await signInStaff(shop, 'manager')]
		const watchers = [viewer, operator, manager].map(({ token }) => watch(urlOf(), { token }))
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
		const watcher = watch(urlOf(), { token: viewer.token })
		await watcher.waitOpen()
		await shop.sql`update staff set role = 'manager' where id = ${viewer.id}`
		await watcher.waitOpen(2)
	})
})
