import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let manager: StaffMember
let operator: StaffMember
let anna: Person
before(async () => {
	shop = await startTestShop()
	manager = await signInStaff(shop, 'manager')
	operator = await signInStaff(shop, 'operator')
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
})

suite('Whoever of the staff is shown a customer’s phone or email leaves a line, also by', () => {
	type Shown = {
		readonly by: () => StaffMember
		/** The line; undefined: nothing is shown, and there is none. */
		readonly action: string | undefined
		readonly ask: (by: StaffMember, order: { id: string }) => ReturnType<Person['get']>
	}
	const [asOperator, asManager] = [() => operator, () => manager]
	const setStatus =
		(status: string, version: number) =>
		(by: StaffMember, { id }: { id: string }) =>
			by.patch(`/admin/orders/${id}/status`, { body: { status }, headers: { 'if-match': `"${version}"` } })
	const setAll = (status: string) => (by: StaffMember, order: { id: string }) =>
		by.post('/admin/orders/bulk-status', { body: { ids: [order.id, randomUUID()], status } })
	const editName = (name: string, version: number) => (by: StaffMember) =>
		by.patch(`/admin/users/${anna.id}`, { body: { name }, headers: { 'if-match': `"${version}"` } })
	/** By somebody else. */
	const afterMoving =
		(ask: Shown['ask']): Shown['ask'] =>
		async (by, order) => {
			await moveOrder(manager, order.id, 'assembling')
			return ask(by, order)
		}
	const ways: Readonly<Record<string, Shown>> = {
		'a change of an order that is out of date': { by: asOperator, action: 'order_viewed', ask: setStatus('assembling', 999) },
		'a change of an order to what it is already': { by: asOperator, action: 'order_viewed', ask: setStatus('paid', 1) },
		'a change of an order that is refused': { by: asOperator, action: 'order_viewed', ask: afterMoving(setStatus('paid', 2)) },
		'a change of many orders to what they are already': { by: asOperator, action: 'order_viewed', ask: setAll('paid') },
		'a change of many orders that is refused': { by: asOperator, action: 'order_viewed', ask: afterMoving(setAll('paid')) },
		'a change of many orders': { by: asOperator, action: 'order_status_changed', ask: setAll('assembling') },
		'an edit of a user that is out of date': { by: asManager, action: 'user_viewed', ask: editName('Анна', 999) },
		'an edit of a user that changes nothing': { by: asManager, action: 'user_viewed', ask: editName('Анна', 1) },
		'unblocking a user who is not blocked': {
			by: asManager,
			action: 'user_viewed',
			ask: (by) => by.post(`/admin/users/${anna.id}/unblock`),
		},
		'a look at a message that could not be applied': {
			by: asOperator,
			action: 'dead_letter_viewed',
			ask: async (by) => by.get(`/admin/dead-letters/${await letterOf({ id: 'none', name: anna.phone })}`),
		},
		'a look at a message that says nothing': {
			by: asOperator,
			action: undefined,
			ask: async (by) => by.get(`/admin/dead-letters/${await letterOf(null)}`),
		},
	}
	/** The dead letter that a message of the inventory has become. */
	async function letterOf(value: object | null): Promise<number> {
		const before = await shop.sql`select from dead_letters`
		await shop.topics.publish('products', { key: `none ${randomUUID()}`, value })
		return eventually(async () => {
			const [letter, ...others] = await shop.sql<{ id: number }[]>`select id from dead_letters order by id desc`
			assert.ok(letter && others.length === before.count)
			return letter.id
		})
	}
	for (const [way, { by, action, ask }] of Object.entries(ways)) {
		test(way, async () => {
			const order = await placeOrder(anna, { 1: 1 })
			const lines = () => shop.sql<{ action: string }[]>`select action from audit_log where staff_id = ${by().id} order by id`
			const before = await lines()
			const { text } = await ask(by(), order)
			assert.equal(text.includes(anna.phone) || text.includes(anna.email), action !== undefined, text)
			const left = (await lines()).slice(before.length).map((line) => line.action)
			assert.deepEqual(left, action === undefined ? [] : [action])
		})
	}
})
