import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { auditLinesOf } from '../support/joined.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { checkedShop } from '../support/openapi.ts'
import { codeSentTo, COURIER, PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { askForCode, letTimePass, signInAgain } from '../support/sign-in.ts'

let shop: TestShop
let other: TestShop
let manager: StaffMember
before(async () => {
	shop = await checkedShop(await startTestShop())
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 }, { id: 2 })
	manager = await signInStaff(shop, 'manager')
})

/** An order that is over. */
async function receivedOrder(person: Person, delivery: object = COURIER) {
	const order = await placeOrder(person, { 1: 2 }, delivery)
	await moveOrder(manager, order.id, 'received')
	return order
}

const erasedEventsOf = async ({ id }: { id: number }) =>
	(await shop.topics.read('users')).filter(({ key, headers }) => key === String(id) && headers['ce_type'] === 'user.erased')

suite('Somebody who erases themselves', () => {
	test('is out at once on each device and instance, and is told that the session is over', async () => {
		const person = await registerPerson(shop)
		const second = await signInAgain(shop, person.phone)
		await person.put('/cart/items/1', { body: { quantity: 1 } })
		const { status, text, headers } = await person.delete('/me')
		assert.deepEqual([status, text], [204, ''])
		assert.match(headers.get('set-cookie') ?? '', /^__Host-session=;.*Max-Age=0/)
		for (const { url } of [shop, other]) {
			for (const token of [person.token, second]) {
				for (const path of ['/me', '/me/export', '/cart', '/orders', '/me/sessions'])
					assert.equal((await createClient(url, token).get(path)).status, 401, path)
				assert.equal((await createClient(url, token).delete('/me')).status, 401)
			}
		}
	})

	test('is told of once, as a number and no more', async () => {
		const person = await registerPerson(shop, { locale: 'en' })
		await person.delete('/me')
		await shop.topics.find('users', ({ key, headers }) => key === String(person.id) && headers['ce_type'] === 'user.erased')
		const events = await erasedEventsOf(person)
		assert.equal(events.length, 1)
		const value = events[0]?.value
		assert.deepEqual(value, { user_id: person.id, locale: 'en', occurred_at: value.occurred_at })
	})

	test('may come again with the same phone, as somebody else', async () => {
		const person = await registerPerson(shop)
		const order = await receivedOrder(person)
		await person.delete('/me')
		const code = await askForCode(shop, person.phone)
		const unknown = await shop.guest.post('/sessions', { body: { phone: person.phone, code } })
		assert.deepEqual([unknown.status, unknown.body.code], [409, 'registration_required'])
		await letTimePass(shop, person.phone, '1 day')
		const last = await codeSentTo(shop, person.phone)
		const body = { name: 'Новая', phone: person.phone, email: 'new@example.com', consent: true }
		await shop.guest.post('/users', { body })
		const fresh = await eventually(async () => {
			const sent = await codeSentTo(shop, person.phone)
			assert.notEqual(sent, last)
			return sent
		})
		const opened = await shop.guest.post('/sessions', { body: { phone: person.phone, code: fresh } })
		assert.deepEqual([opened.status, opened.body.new_user, opened.body.user.name], [201, true, 'Новая'])
		assert.notEqual(opened.body.user.id, person.id)
		const again = shop.guest.as(opened.body.token)
		assert.deepEqual((await again.get('/orders')).body.data, [])
		assert.equal((await again.get(`/orders/${order.id}`)).status, 404)
	})

	test('has to wait for orders that are under way, or cancel them, and is told which', async () => {
		const person = await registerPerson(shop)
		await receivedOrder(person)
		const paid = await placeOrder(person, { 1: 1 })
		const assembling = await placeOrder(person, { 2: 1 }, PICKUP)
		await moveOrder(manager, assembling.id, 'assembling')
		await person.put('/cart/items/2', { body: { quantity: 3 } })
		const { status, body } = await person.delete('/me')
		assert.deepEqual([status, body.code], [409, 'orders_under_way'])
		assert.deepEqual(body.orders, [
			{ id: assembling.id, number: assembling.number, status: 'assembling', can: { cancel: false } },
			{ id: paid.id, number: paid.number, status: 'paid', can: { cancel: true } },
		])
		// Nothing has happened: neither to the account nor to the cart.
		assert.equal((await person.get('/me')).body.phone, person.phone)
		assert.equal((await person.get('/cart')).body.items[0].quantity, 3)
		assert.equal((await person.put('/cart/items/2', { body: { quantity: 4 } })).status, 200)
		await person.post(`/orders/${paid.id}/cancel`)
		assert.equal((await person.delete('/me')).status, 409)
		await moveOrder(manager, assembling.id, 'received')
		assert.equal((await person.delete('/me')).status, 204)
	})
})

suite('Who is erased by the staff', () => {
	const erase = (person: { id: number }, body: object, by = manager) => by.post(`/admin/users/${person.id}/erase`, { body })

	test('is who was meant: the phone is typed, in any of the ways in which people write it', async () => {
		const person = await registerPerson(shop)
		const stranger = await registerPerson(shop)
		for (const confirm of ['нет', stranger.phone, person.phone.slice(0, -1), person.email]) {
			const { status, body } = await erase(person, { confirm, reason: 'запрос 17' })
			assert.deepEqual([status, body.code], [422, 'confirmation_wrong'], confirm)
		}
		assert.equal((await person.get('/me')).status, 200)
		const [, code, one, two, three] = /^\+7(...)(...)(..)(..)$/.exec(person.phone) ?? []
		const { status } = await erase(person, { confirm: `8 (${code}) ${one}-${two}-${three}`, reason: 'запрос 17' })
		assert.equal(status, 204)
		assert.equal((await person.get('/me')).status, 401)
		assert.equal((await stranger.get('/me')).status, 200)
	})

	test('leaves a line of who did it and why, and is gone for each who looks', async () => {
		const person = await registerPerson(shop)
		await manager.post(`/admin/users/${person.id}/block`, { body: { reason: 'спам' } })
		await erase(person, { confirm: person.phone, reason: 'запрос 18' })
		assert.deepEqual(await auditLinesOf(shop, 'user', person.id), [
			[manager.id, 'user_blocked', {}],
			[manager.id, 'user_erased', { reason: 'запрос 18' }],
		])
		assert.deepEqual((await manager.get(`/admin/users?search=${encodeURIComponent(person.email)}`)).body.data, [])
		assert.ok(!(await manager.get('/admin/users?limit=100')).text.includes(`"id":${person.id},`))
		for (const [method, path, body] of [
			['GET', '', undefined],
			['GET', '/sessions', undefined],
			['GET', '/export', undefined],
			['DELETE', `/sessions/${randomUUID()}`, undefined],
			['POST', '/block', { reason: 'x' }],
			['POST', '/unblock', undefined],
			['POST', '/sign-out', undefined],
			['POST', '/erase', { confirm: person.phone, reason: 'x' }],
			['PATCH', '', { name: 'Ева' }],
		] as const) {
			const answer = await manager.request(method, `/admin/users/${person.id}${path}`, {
				...(body && { body }),
				headers: { 'if-match': '"1"' },
			})
			assert.deepEqual([answer.status, answer.body.code], [410, 'user_erased'], `${method} ${path}`)
			assert.ok(Math.abs(Date.parse(answer.body.erased_at) - Date.now()) < 60_000)
		}
	})

	test('has no order under way', async () => {
		const person = await registerPerson(shop)
		const order = await placeOrder(person, { 1: 1 })
		const { status, body } = await erase(person, { confirm: person.phone, reason: 'запрос 19' })
		assert.deepEqual([status, body.code, body.orders[0].number], [409, 'orders_under_way', order.number])
		assert.equal((await person.get('/me')).status, 200)
	})

	test('is somebody, and what is asked is whole', async () => {
		assert.deepEqual((await erase({ id: 999_999 }, { confirm: '+79001234567', reason: 'x' })).body.code, 'user_not_found')
		const person = await registerPerson(shop)
		for (const [body, pointer] of [
			[{ reason: 'x' }, '/confirm'],
			[{ confirm: person.phone }, '/reason'],
			[{ confirm: person.phone, reason: ' ' }, '/reason'],
			[{ confirm: person.phone, reason: 'п'.repeat(501) }, '/reason'],
			[{ confirm: person.phone, reason: 'x', force: true }, '/force'],
		] as const) {
			const answer = await erase(person, body)
			assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, pointer])
		}
		assert.equal((await person.get('/me')).status, 200)
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))
