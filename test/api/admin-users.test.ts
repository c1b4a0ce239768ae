import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type Client, createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { codeSentTo, newPhone, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let other: TestShop
let manager: StaffMember
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 })
	manager = await signInStaff(shop, 'manager')
})

const idsOf = (body: { data: { id: number }[] }): number[] => body.data.map(({ id }) => id)

/** All pages of a list, each of so many entries at the most. */
async function pages(who: Client, query: string, limit: number): Promise<number[][]> {
	const seen: number[][] = []
	let cursor: string | null = null
	do {
		const { status, body } = await who.get(`/admin/users?limit=${limit}&${query}${cursor === null ? '' : `&cursor=${cursor}`}`)
		assert.equal(status, 200)
		seen.push(idsOf(body))
		assert.equal(new Set(seen.flat()).size, seen.flat().length, 'somebody comes twice')
		cursor = body.next_cursor
	} while (cursor !== null)
	return seen
}

const find = async (search: string): Promise<number[]> =>
	idsOf((await manager.get(`/admin/users?search=${encodeURIComponent(search)}`)).body)

suite('The list of users', () => {
	let seller: TestShop
	let viewer: StaffMember
	let people: Person[]
	before(async () => {
		seller = await startTestShop()
		viewer = await signInStaff(seller, 'viewer')
		await putProducts(seller, { id: 1 })
		people = []
		for (const name of ['Анна', 'Борис', 'Вера', 'Глеб', 'Дина']) people.unshift(await registerPerson(seller, { name }))
	})

	test('has the newest first, each with what the staff needs and the number of orders', async () => {
		const [newest] = people
		assert.ok(newest)
		await placeOrder(newest, { 1: 1 })
		await placeOrder(newest, { 1: 1 })
		const { status, body } = await viewer.get('/admin/users')
		assert.equal(status, 200)
		assert.equal(body.next_cursor, null)
		const { id, name, phone, email } = newest
		const created_at = (await newest.get('/me')).body.created_at
		assert.deepEqual(body.data[0], { id, name, phone, email, blocked: false, orders: 2, created_at })
		assert.equal(body.data[1].orders, 0)
		assert.deepEqual(
			idsOf(body),
			people.map((person) => person.id),
		)
	})

	test('comes in pages that hold everybody once, in the order of the list', async () => {
		const everybody = people.map((person) => person.id)
		for (const [limit, sizes] of [
			[1, [1, 1, 1, 1, 1]],
			[2, [2, 2, 1]],
			[5, [5]],
			[100, [5]],
		] as const) {
			const seen = await pages(viewer, '', limit)
			assert.deepEqual(
				seen.map((page) => page.length),
				sizes,
			)
			assert.deepEqual(seen.flat(), everybody)
		}
	})

	test('shows only those who are blocked, or who are not, page by page too', async () => {
		const boss = await signInStaff(seller, 'manager')
		const [e, d, c, b, a] = people.map((person) => person.id)
		for (const id of [b, d]) assert.equal((await boss.post(`/admin/users/${id}/block`, { body: { reason: 'x' } })).status, 200)
		assert.deepEqual(await pages(viewer, 'blocked=true', 1), [[d], [b]])
		assert.deepEqual(await pages(viewer, 'blocked=false', 2), [[e, c], [a]])
		assert.deepEqual(await pages(viewer, 'blocked=true&search=борис', 2), [[b]])
		assert.deepEqual(await pages(viewer, 'blocked=false&search=борис', 2), [[]])
		assert.deepEqual(await pages(viewer, 'search=example.com', 2), [[e, d], [c, b], [a]])
	})

	for (const [what, query, pointer] of [
		['of no entries', 'limit=0', '/limit'],
		['of more than 100', 'limit=101', '/limit'],
		['with a cursor that is not ours', 'cursor=abc', '/cursor'],
		['with nothing to search for', 'search=', '/search'],
		['blocked by half', 'blocked=maybe', '/blocked'],
		['with a filter that there is not', 'name=x', '/name'],
	]) {
		test(`is refused ${what}`, async () => {
			const { status, body } = await viewer.get(`/admin/users?${query}`)
			assert.deepEqual([status, body.errors[0].pointer], [400, pointer])
		})
	}
})

suite('A user is found', () => {
	test('by a part of the name, in whatever case, and in spite of a typo', async () => {
		const { id } = await registerPerson(shop, { name: 'Константин Циолковский' })
		for (const search of ['Циолковский', 'циолк', 'ОЛКОВСК', 'константин', 'Циалковский']) {
			assert.deepEqual(await find(search), [id], search)
		}
		assert.deepEqual(await find('Королёв'), [])
	})

	test('by the email or a part of it, without the others at the same provider', async () => {
		const { id, email } = await registerPerson(shop)
		assert.deepEqual(await find(email.split('@')[0] ?? ''), [id])
		assert.deepEqual(await find(email.toUpperCase()), [id])
		assert.deepEqual(await find(`x${email}`), [])
	})

	test('by the phone, or a part of it, as people write it', async () => {
		const { id, phone } = await registerPerson(shop)
		const [, code, one, two, three] = /^\+7(...)(...)(..)(..)$/.exec(phone) ?? []
		for (const search of [phone, `8 (${code}) ${one}-${two}-${three}`, `${code}${one}${two}${three}`, `${one}-${two}-${three}`]) {
			assert.deepEqual(await find(search), [id], search)
		}
		assert.ok((await find(`${two}-${three}`)).includes(id))
	})

	test('by signs that mean something to the database as by any other', async () => {
		const { id } = await registerPerson(shop, { name: String.raw`100%_\ Жук` })
		for (const search of ['100%', '%_', String.raw`_\ `, String.raw`%_\ жук`]) assert.deepEqual(await find(search), [id], search)
		assert.deepEqual(await find("'; drop table customers; --"), [])
	})
})

suite('A user', () => {
	test('is seen whole, and one that does not exist is not', async () => {
		const person = await registerPerson(shop, { name: 'Вера', locale: 'en' })
		await placeOrder(person, { 1: 1 })
		const { status, body, headers } = await manager.get(`/admin/users/${person.id}`)
		assert.equal(status, 200)
		const { id, name, phone, email } = person
		const { created_at, consented_at, ...rest } = body
		const unblocked = { blocked: false, blocked_reason: null, blocked_at: null, blocked_by: null }
		const counted = { version: 1, orders: 1, orders_under_way: 1, sessions: 1 }
		assert.deepEqual(rest, { id, name, phone, email, locale: 'en', ...unblocked, ...counted })
		assert.equal(headers.get('etag'), '"1"')
		assert.ok(Date.parse(created_at) >= Date.parse(consented_at))
		const missing = await manager.get(`/admin/users/${id + 1_000}`)
		assert.deepEqual([missing.status, missing.body.code], [404, 'user_not_found'])
	})

	for (const action of ['block', 'unblock', 'sign-out']) {
		test(`that does not exist is no matter of ${action}`, async () => {
			const body = action === 'block' ? { body: { reason: 'x' } } : {}
			const answer = await manager.post(`/admin/users/999999/${action}`, body)
			assert.deepEqual([answer.status, answer.body.code], [404, 'user_not_found'])
		})
	}

	for (const [what, body] of [
		['no reason', {}],
		['an empty reason', { reason: '' }],
		['a reason that is too long', { reason: 'п'.repeat(501) }],
	] as const) {
		test(`is not blocked for ${what}`, async () => {
			const person = await registerPerson(shop)
			const answer = await manager.post(`/admin/users/${person.id}/block`, { body })
			assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, '/reason'])
			assert.equal((await person.get('/me')).status, 200)
		})
	}
})

/** The same person on a second phone. */
async function signInAgain(person: Person): Promise<Client & { readonly status: number; readonly code: unknown }> {
	// An hour later a phone may get another code.
	await shop.sql`update login_code_sends set sent_at = sent_at - interval '1 hour'`
	const before = await codeSentTo(shop, person.phone)
	await shop.guest.post('/login-codes', { body: { phone: person.phone } })
	const code = await eventually(async () => {
		const latest = await codeSentTo(shop, person.phone)
		assert.notEqual(latest, before)
		return latest
	})
	const { status, body } = await shop.guest.post('/sessions', { body: { phone: person.phone, code } })
	return { ...shop.guest.as(body.token ?? 'none'), status, code: body.code }
}

const eventsOf = async ({ id }: Person) =>
	(await shop.topics.read('users'))
		.filter(({ key }) => key === String(id))
		.map(({ headers, value }) => [headers['ce_type'], value])

const assertSignedOut = async (person: Person): Promise<void> => {
	for (const { url } of [shop, other]) {
		const instance = createClient(url, person.token)
		for (const path of ['/me', '/cart', '/orders']) assert.equal((await instance.get(path)).status, 401)
		assert.equal((await instance.put('/cart/items/1', { body: { quantity: 1 } })).status, 401)
	}
}

suite('A user who is blocked', () => {
	test('is out at once on each instance, can’t get in, and keeps the orders', async () => {
		const person = await registerPerson(shop)
		const order = await placeOrder(person, { 1: 1 })
		assert.equal((await createClient(other.url, person.token).get('/me')).status, 200)
		const { status, body } = await manager.post(`/admin/users/${person.id}/block`, { body: { reason: 'мошенник' } })
		assert.equal(status, 200)
		assert.deepEqual([body.id, body.blocked, body.blocked_reason, body.sessions], [person.id, true, 'мошенник', 0])
		assert.deepEqual(body.blocked_by, { id: manager.id, email: manager.email })
		assert.ok(Math.abs(Date.parse(body.blocked_at) - Date.now()) < 60_000)
		await assertSignedOut(person)
		const again = await signInAgain(person)
		assert.deepEqual([again.status, again.code], [403, 'user_blocked'])
		assert.equal((await manager.get(`/admin/orders/${order.id}`)).body.status, 'paid')
	})

	test('is told of once, without a word on who it is, and keeps the first reason', async () => {
		const person = await registerPerson(shop)
		for (const reason of ['мошенник', 'другое']) await manager.post(`/admin/users/${person.id}/block`, { body: { reason } })
		assert.equal((await manager.get(`/admin/users/${person.id}`)).body.blocked_reason, 'мошенник')
		for (const _ of [1, 2]) {
			const { body } = await manager.post(`/admin/users/${person.id}/unblock`)
			assert.deepEqual([body.blocked, body.blocked_reason], [false, null])
		}
		await shop.topics.find('users', ({ key, headers }) => key === String(person.id) && headers['ce_type'] === 'user.unblocked')
		const events = await eventsOf(person)
		assert.deepEqual(
			events.map(([type]) => type),
			['user.registered', 'user.blocked', 'user.unblocked'],
		)
		for (const [, value] of events) {
			assert.deepEqual(value, { user_id: person.id, locale: 'ru', occurred_at: value.occurred_at })
			assert.ok(Math.abs(Date.parse(value.occurred_at) - Date.now()) < 60_000)
		}
	})

	test('and unblocked may sign in again, but with a new session', async () => {
		const person = await registerPerson(shop)
		await manager.post(`/admin/users/${person.id}/block`, { body: { reason: 'x' } })
		await manager.post(`/admin/users/${person.id}/unblock`)
		await assertSignedOut(person)
		const again = await signInAgain(person)
		assert.deepEqual([again.status, (await again.get('/me')).body.id], [201, person.id])
	})

	test('while signing in is in nowhere', async () => {
		for (let round = 0; round < 3; round++) {
			const phone = newPhone()
			const body = { name: 'Ева', phone, email: 'e@example.com', consent: true }
			await shop.guest.post('/users', { body })
			const code = await codeSentTo(shop, phone)
			const opening = shop.guest.post('/sessions', { body: { phone, code } })
			const id = await eventually(async () => {
				const [found] = await find(phone)
				return found ?? assert.fail('not there yet')
			})
			await manager.post(`/admin/users/${id}/block`, { body: { reason: 'x' } })
			assert.equal((await shop.guest.as((await opening).body.token).get('/me')).status, 401)
		}
	})
})

suite('A user who is signed out by the staff', () => {
	test('is out at once on each device and instance, nobody is told, and may come back', async () => {
		const person = await registerPerson(shop)
		const second = await signInAgain(person)
		const { status, body } = await manager.post(`/admin/users/${person.id}/sign-out`)
		assert.deepEqual([status, body.id, body.blocked, body.sessions], [200, person.id, false, 0])
		await assertSignedOut(person)
		assert.equal((await second.get('/me')).status, 401)
		const back = await signInAgain(person)
		assert.deepEqual([back.status, (await back.get('/me')).status], [201, 200])
		assert.equal((await eventsOf(person)).length, 1)
	})
})
