import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { createClient } from '../support/client.ts'
import { auditLinesOf } from '../support/joined.ts'
import { checkedShop } from '../support/openapi.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInAgain } from '../support/sign-in.ts'

let shop: TestShop
let other: TestShop
let manager: StaffMember
let viewer: StaffMember
before(async () => {
	shop = await checkedShop(await startTestShop())
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 })
	manager = await signInStaff(shop, 'manager')
	viewer = await signInStaff(shop, 'viewer')
})

const edit = (person: { id: number }, body: object, ifMatch?: string, by: StaffMember = manager) =>
	by.patch(`/admin/users/${person.id}`, { body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } })

suite('Staff who edit a user', () => {
	test('change what they name, and nothing else; the user sees it, and a line says which fields, not what', async () => {
		const person = await registerPerson(shop, { name: 'Ана' })
		const { status, body, headers } = await edit(person, { name: '  Анна ', email: 'anna.new@example.com' }, '"1"')
		assert.deepEqual([status, headers.get('etag'), body.version], [200, '"2"', 2])
		assert.deepEqual([body.name, body.email, body.phone, body.locale], ['Анна', 'anna.new@example.com', person.phone, 'ru'])
		const seen = (await person.get('/me')).body
		assert.deepEqual([seen.name, seen.email], ['Анна', 'anna.new@example.com'])
		assert.deepEqual(await auditLinesOf(shop, 'user', person.id), [[manager.id, 'user_edited', { fields: ['name', 'email'] }]])
	})

	test('who save what is there already change nothing and have looked at them', async () => {
		const person = await registerPerson(shop)
		const { status, headers } = await edit(person, { name: person.name, phone: person.phone }, '"1"')
		assert.deepEqual([status, headers.get('etag')], [200, '"1"'])
		assert.deepEqual(await auditLinesOf(shop, 'user', person.id), [[manager.id, 'user_viewed', { part: 'profile' }]])
		assert.equal((await person.get('/me')).status, 200)
	})

	for (const [what, ifMatch] of [
		['no version', undefined],
		['any version whatsoever', '*'],
	] as const) {
		test(`have to say which version they have seen: ${what} is refused`, async () => {
			const person = await registerPerson(shop)
			const { status, body } = await edit(person, { name: 'Ева' }, ifMatch)
			assert.deepEqual([status, body.code], [428, 'version_required'])
		})
	}

	test('are told how the version is written, and a weak one is taken as it is', async () => {
		const person = await registerPerson(shop)
		const { status, body } = await edit(person, { name: 'Ева' }, '1')
		assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', '/if-match'])
		assert.equal((await edit(person, { name: 'Ева' }, 'W/"1"')).body.name, 'Ева')
	})

	test('are shown the user as it is now where somebody has changed it: the user, a colleague, by a block', async () => {
		const person = await registerPerson(shop)
		await person.patch('/me', { body: { email: 'own@example.com' } })
		await manager.post(`/admin/users/${person.id}/block`, { body: { reason: 'x' } })
		await manager.post(`/admin/users/${person.id}/unblock`)
		const { status, body, headers } = await edit(person, { name: 'Ева' }, '"1"')
		assert.deepEqual([status, body.code, headers.get('etag')], [412, 'version_stale', '"4"'])
		assert.deepEqual([body.current.email, body.current.name, body.current.version], ['own@example.com', 'Анна', 4])
		assert.equal((await edit(person, { name: 'Ева' }, headers.get('etag') ?? '')).body.name, 'Ева')
	})

	test('of whom ten save at once, on two instances, win one by one: nobody’s change is lost unseen', async () => {
		const person = await registerPerson(shop)
		const answers = await Promise.all(
			Array.from({ length: 10 }, async (_, index) => {
				const by = index % 2 ? { ...manager, ...createClient(other.url, manager.token) } : manager
				return edit(person, { name: `Имя ${index}` }, '"1"', by)
			}),
		)
		const won = answers.filter(({ status }) => status === 200)
		assert.equal(won.length, 1)
		for (const { status, body } of answers) if (status !== 200) assert.deepEqual([status, body.current.version], [412, 2])
		assert.equal((await person.get('/me')).body.name, won[0]?.body.name)
		const actions = (await auditLinesOf(shop, 'user', person.id)).map(([, action]) => action)
		assert.equal(actions.filter((action) => action === 'user_edited').length, 1)
	})

	const faults: readonly (readonly [body: object, pointer: string])[] = [
		[{}, ''],
		[{ name: ' ' }, '/name'],
		[{ name: 'Анна\nBcc: all' }, '/name'],
		[{ email: 'anna@' }, '/email'],
		[{ phone: '12' }, '/phone'],
		[{ locale: 'fr' }, '/locale'],
		[{ blocked: false }, '/blocked'],
		[{ name: 'Ева', erased_at: null }, '/erased_at'],
	]
	for (const [body, pointer] of faults) {
		test(`are told what is wrong with ${JSON.stringify(body)}`, async () => {
			const person = await registerPerson(shop)
			const answer = await edit(person, body, '"1"')
			assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, pointer])
			assert.equal((await viewer.get(`/admin/users/${person.id}`)).body.version, 1)
		})
	}

	test('are managers', async () => {
		const person = await registerPerson(shop)
		assert.equal((await edit(person, { name: 'Ева' }, '"1"', await signInStaff(shop, 'operator'))).status, 403)
		assert.equal((await edit({ id: 999_999 }, { name: 'Ева' }, '"1"')).body.code, 'user_not_found')
	})
})

suite('Where a user is signed in', () => {
	test('is seen by the staff, newest first, and ended one by one', async () => {
		const person = await registerPerson(shop)
		const phone = await signInAgain(shop, person.phone, { 'user-agent': 'phone/1' })
		const { body } = await viewer.get(`/admin/users/${person.id}/sessions`)
		const own = (await person.get('/me/sessions')).body.data
		assert.deepEqual(
			own,
			body.data.map((session: { id: string }) => ({ ...session, current: session.id !== body.data[0].id })),
		)
		assert.equal(body.data.length, 2)
		assert.equal((await viewer.delete(`/admin/users/${person.id}/sessions/${body.data[0].id}`)).status, 403)
		assert.equal((await manager.delete(`/admin/users/${person.id}/sessions/${body.data[0].id}`)).status, 204)
		for (const { url } of [shop, other]) assert.equal((await createClient(url, phone).get('/me')).status, 401)
		assert.equal((await person.get('/me')).status, 200)
		assert.deepEqual((await auditLinesOf(shop, 'user', person.id)).at(-1), [
			manager.id,
			'user_session_ended',
			{ session_id: body.data[0].id },
		])
	})

	test('is not ended twice, nor by the number of somebody else', async () => {
		const [person, stranger] = [await registerPerson(shop), await registerPerson(shop)]
		const { id } = (await person.get('/me/sessions')).body.data[0]
		for (const path of [`${stranger.id}/sessions/${id}`, `${person.id}/sessions/${randomUUID()}`]) {
			const { status, body } = await manager.delete(`/admin/users/${path}`)
			assert.deepEqual([status, body.code], [404, 'session_not_found'])
		}
		assert.equal((await person.get('/me')).status, 200)
		assert.equal((await viewer.get('/admin/users/999999/sessions')).body.code, 'user_not_found')
	})
})

suite('Looks of the staff at personal data leave a line:', () => {
	const looks = async () =>
		(await auditLinesOf(shop, 'user', '*')).filter(([by]) => by === viewer.id).map(([, action, details]) => [action, details])

	test('a page of the list by what was searched, not the text, and how many were shown', async () => {
		const person = await registerPerson(shop, { name: 'Евстигней' })
		const before = (await looks()).length
		for (const search of ['евстигн', person.phone, person.email, `8 (9${person.phone.slice(3)}`])
			await viewer.get(`/admin/users?search=${encodeURIComponent(search)}`)
		await viewer.get('/admin/users?limit=2')
		await viewer.get('/admin/users?search=nobodyiscalledso')
		assert.deepEqual((await looks()).slice(before), [
			['users_listed', { search: 'name', shown: 1 }],
			['users_listed', { search: 'phone', shown: 1 }],
			['users_listed', { search: 'email', shown: 1 }],
			['users_listed', { search: 'phone', shown: 1 }],
			['users_listed', { shown: 2 }],
		])
	})

	test('one user, and where the user is signed in; what is refused or is not there leaves none', async () => {
		const person = await registerPerson(shop)
		await viewer.get(`/admin/users/${person.id}`)
		await viewer.get(`/admin/users/${person.id}/sessions`)
		await viewer.get(`/admin/users/${person.id}/export`)
		await viewer.get('/admin/users/999999')
		assert.deepEqual(await auditLinesOf(shop, 'user', person.id), [
			[viewer.id, 'user_viewed', { part: 'profile' }],
			[viewer.id, 'user_viewed', { part: 'sessions' }],
		])
		assert.deepEqual(await auditLinesOf(shop, 'user', 999_999), [])
	})
})

type Exported = Awaited<ReturnType<Person['get']>>

suite('Everything that is kept about a person', () => {
	let person: Person
	let orders: { id: string; number: number }[]
	let exported: Exported
	before(async () => {
		person = await registerPerson(shop, { name: 'Вера' })
		const token = await signInAgain(shop, person.phone, { 'user-agent': 'phone/2' })
		orders = []
		for (const quantity of [1, 2, 3]) orders.unshift(await placeOrder(person, { 1: quantity }))
		await person.post(`/orders/${orders[1]?.id}/cancel`, { body: { reason: 'передумала' } })
		await person.put('/cart/items/1', { body: { quantity: 7 } })
		await shop.guest.post('/sessions', { body: { phone: person.phone, code: '000000' } })
		exported = await shop.guest.as(token).get('/me/export')
	})

	test('is handed out as a file, with the profile, consents, sessions, the cart and all orders', async () => {
		const { status, headers, body } = exported
		assert.equal(status, 200)
		assert.equal(headers.get('content-disposition'), `attachment; filename="user-${person.id}.json"`)
		assert.equal(headers.get('cache-control'), 'no-store')
		const { updated_at, blocked, ...user } = body.user
		assert.deepEqual(user, (await person.get('/me')).body)
		assert.deepEqual([blocked, Number.isFinite(Date.parse(updated_at))], [null, true])
		const [consent] = body.consents
		assert.deepEqual([consent.version, body.consents.length], [shop.service.config.CONSENT_VERSION, 1])
		assert.deepEqual(
			body.sessions.map(({ user_agent }: { user_agent: string }) => user_agent),
			['phone/2', 'node'],
		)
		const { updated_at: cartChangedAt, ...cart } = body.cart
		assert.deepEqual(cart, (await person.get('/cart')).body)
		assert.ok(Number.isFinite(Date.parse(cartChangedAt)))
		const whole = await Promise.all(orders.map(async ({ id }) => (await person.get(`/orders/${id}`)).body))
		assert.deepEqual(
			body.orders,
			whole.map((order, index) => ({ ...order, idempotency_key: body.orders[index].idempotency_key, refusals: [] })),
		)
		assert.equal(body.orders[1].history[1].reason, 'передумала')
		assert.ok(body.sign_in.codes_sent.length >= 1)
		assert.equal(body.sign_in.codes_wrong.length, 1)
		assert.ok(Math.abs(Date.parse(body.exported_at) - Date.now()) < 60_000)
	})

	test('is the same for a manager who hands it out, which leaves a line', async () => {
		const { status, headers, body } = await manager.get(`/admin/users/${person.id}/export`)
		assert.deepEqual([status, headers.get('content-disposition')], [200, `attachment; filename="user-${person.id}.json"`])
		assert.deepEqual({ ...body, exported_at: null }, { ...exported.body, exported_at: null })
		assert.deepEqual(await auditLinesOf(shop, 'user', person.id), [[manager.id, 'user_exported', {}]])
		assert.equal((await manager.get('/admin/users/999999/export')).body.code, 'user_not_found')
		assert.equal((await viewer.get(`/admin/users/${person.id}/export`)).status, 403)
	})

	test('tells of a block, and why', async () => {
		const boris = await registerPerson(shop)
		await manager.post(`/admin/users/${boris.id}/block`, { body: { reason: 'спам' } })
		const { body } = await manager.get(`/admin/users/${boris.id}/export`)
		assert.deepEqual([body.user.blocked.reason, body.orders, body.cart.items, body.sessions], ['спам', [], [], []])
	})

	test('holds nobody else’s, and is nobody else’s', async () => {
		const boris = await registerPerson(shop)
		const { text } = await boris.get('/me/export')
		for (const secret of [person.phone, person.email, 'Вера', orders[0]?.id ?? 'x']) assert.ok(!text.includes(secret))
		assert.equal((await shop.guest.get('/me/export')).status, 401)
	})
})
