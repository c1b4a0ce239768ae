import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { listKeys, revokeKey } from '../../src/modules/staff/index.ts'
import { type Answer, type Client, codeOf, createClient } from '../support/client.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { ROLES, STAFF_ROUTES } from '../support/staff-routes.ts'
import { makeKeyByCommand, serviceWithKey, signInStaff } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let other: TestShop
let anna: Person
/** Whom the staff sign out and block. */
let boris: Person
let orderId: string
let letterId: number
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	boris = await registerPerson(shop)
	orderId = (await placeOrder(anna, { 1: 1 })).id
	const [letter] = await shop.sql<[{ id: number }]>`
		insert into dead_letters (direction, topic, bytes, whole, reason, message, attempts)
		values ('out', 'none', 0, true, 'refused', 'there is no such topic', 1) returning id`
	letterId = letter.id
})

/** What may be carried out as it is asked for here. */
const HARMLESS = /^GET |\/sessions\/current$|\/(unblock|sign-out)$/

/** Asks for something that exists, in a way that changes nothing: a body that is refused, for whoever gets that far. */
function ask(who: Client, route: string): Promise<Answer> {
	const [method = '', pattern = ''] = route.split(' ')
	const letter = pattern.includes('/dead-letters/') ? letterId : undefined
	const id = pattern.includes('/orders/') ? orderId : pattern.includes('/products/') ? '1' : String(letter ?? boris.id)
	const path = pattern.replace('{id}', id).replace('{note_id}', '1').replace('{session_id}', orderId)
	const wrong = HARMLESS.test(route) ? {} : { body: { nonsense: true } }
	return who.request(method, path, wrong)
}

suite('The roles of the staff', () => {
	for (const role of ROLES) {
		test(`let a ${role} call what is for it and for lower roles, and nothing else`, async () => {
			const member = await signInStaff(shop, role)
			for (const [route, lowest] of Object.entries(STAFF_ROUTES)) {
				const { status, body } = await ask(member, route)
				const may = ROLES.indexOf(role) >= ROLES.indexOf(lowest)
				if (may) assert.ok([200, 204, 400].includes(status), `${route}: ${status}`)
				else assert.deepEqual([status, body.code, body.required_role], [403, 'forbidden', lowest], route)
			}
		})
	}

	test('are not asked of customers: a session of the staff is none of the shop', async () => {
		const owner = await signInStaff(shop, 'owner')
		for (const path of ['/me', '/cart', '/orders', `/orders/${orderId}`]) {
			assert.deepEqual(codeOf(await owner.get(path)), [401, 'unauthenticated'])
		}
	})

	test('count with the next request on each instance when they change, and with the account the sessions go', async () => {
		const manager = await signInStaff(shop, 'manager')
		const onOther = createClient(other.url, manager.token)
		const signOut = `/admin/users/${boris.id + 1_000}/sign-out`
		assert.equal((await onOther.post(signOut)).status, 404)
		// As the operator of the database does it.
		await shop.sql`update staff set role = 'viewer' where id = ${manager.id}`
		for (const instance of [manager, onOther]) {
			assert.equal((await instance.post(signOut)).body.required_role, 'manager')
			assert.equal((await instance.get('/admin/users')).status, 200)
		}
		await shop.sql`delete from staff where id = ${manager.id}`
		for (const instance of [manager, onOther]) assert.equal((await instance.get('/admin/users')).status, 401)
	})
})

suite('The key of a service', () => {
	const changeStatus = (who: Client) =>
		who.post(`/orders/${orderId}/status`, { body: { event_id: randomUUID(), status: 'assembling' } })
	const lookAtReport = (who: Client) => who.get(`/reports/${randomUUID()}`)
	const newName = () => `service-${randomUUID().slice(0, 8)}`
	const idOf = async (name: string) => (await listKeys(shop.sql)).find((key) => key.name === name)?.id ?? assert.fail()

	test('is good for its scopes and for nothing else', async () => {
		const reports = await serviceWithKey(shop, 'reports')
		const statuses = await serviceWithKey(shop, 'orders:status')
		const both = await serviceWithKey(shop, 'reports', 'orders:status')
		assert.equal((await changeStatus(statuses)).status, 200)
		assert.equal((await changeStatus(both)).status, 200)
		const refused = await changeStatus(reports)
		assert.deepEqual([...codeOf(refused), refused.body.required_scope], [403, 'forbidden', 'orders:status'])
		assert.equal((await lookAtReport(reports)).body.code, 'report_not_found')
		assert.equal((await lookAtReport(both)).body.code, 'report_not_found')
		assert.equal((await lookAtReport(statuses)).body.required_scope, 'reports')
		for (const path of ['/me', '/orders', '/cart', '/admin/orders']) assert.equal((await both.get(path)).status, 401)
	})

	test('is asked for: no guest, customer or member of the staff gets in', async () => {
		for (const who of [shop.guest, anna, await signInStaff(shop, 'owner'), shop.guest.as(`prk_${'x'.repeat(43)}`)]) {
			assert.deepEqual(codeOf(await changeStatus(who)), [401, 'unauthenticated'])
			assert.deepEqual(codeOf(await lookAtReport(who)), [401, 'unauthenticated'])
		}
		assert.equal((await anna.get('/me')).status, 200)
	})

	test('that is revoked is over at once, on each instance', async () => {
		const name = newName()
		const key = await makeKeyByCommand(shop.sql, { name, scopes: ['reports'] })
		assert.equal((await lookAtReport(other.guest.as(key))).status, 404)
		assert.equal(await revokeKey(shop.sql, await idOf(name)), true)
		for (const { guest } of [shop, other]) assert.deepEqual(codeOf(await lookAtReport(guest.as(key))), [401, 'unauthenticated'])
	})

	test('is good for a year', async () => {
		const name = newName()
		const key = await makeKeyByCommand(shop.sql, { name, scopes: ['reports'] })
		const shift = (by: string) =>
			shop.sql`update api_keys set expires_at = expires_at - ${by}::text::interval where name = ${name}`
		await shift('364 days 23 hours')
		assert.equal((await lookAtReport(shop.guest.as(key))).status, 404)
		await shift('2 hours')
		assert.equal((await lookAtReport(shop.guest.as(key))).status, 401)
		assert.equal((await listKeys(shop.sql)).find((listed) => listed.name === name)?.state, 'expired')
	})

	test('may live beside a second one of its name, so that it is changed without a pause, and not beside a third', async () => {
		const name = newName()
		const wish = { name, scopes: ['reports'] }
		const old = await makeKeyByCommand(shop.sql, wish)
		const oldId = await idOf(name)
		const made = await Promise.allSettled(Array.from({ length: 5 }, () => makeKeyByCommand(shop.sql, wish)))
		const [next, ...more] = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
		assert.equal(more.length, 0)
		for (const key of [old, next]) assert.equal((await lookAtReport(shop.guest.as(key ?? ''))).status, 404)
		await assert.rejects(makeKeyByCommand(shop.sql, wish), /revoke the one that is no longer used/)
		await revokeKey(shop.sql, oldId)
		assert.equal((await lookAtReport(shop.guest.as(old))).status, 401)
		assert.equal((await lookAtReport(shop.guest.as(next ?? ''))).status, 404)
		assert.ok(await makeKeyByCommand(shop.sql, wish))
	})

	test('is not made for a scope that there is not', async () => {
		await assert.rejects(makeKeyByCommand(shop.sql, { name: newName(), scopes: ['everything'] }), /reports, orders:status/)
		await assert.rejects(makeKeyByCommand(shop.sql, { name: newName(), scopes: [] }), /at least one scope/)
	})
})
