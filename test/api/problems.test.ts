import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { problemTables } from '../../src/problem-tables.ts'
import type { Answer, Client } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { startImpatientServer } from '../support/impatient-server.ts'
import { checkedClient, readOpenApi } from '../support/openapi.ts'
import { codeSentTo, COURIER, newPhone, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { type ProxiedShop, startProxiedShop } from '../support/proxy.ts'
import { provokedInNotes } from '../support/provoked-in-notes.ts'
import { provokedInOrderList } from '../support/provoked-in-order-list.ts'
import { provokedInReports } from '../support/provoked-in-reports.ts'
import { provokedInStreams } from '../support/provoked-in-streams.ts'
import { exchange } from '../support/raw.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { askForCode } from '../support/sign-in.ts'
import { type Speak, speaker } from '../support/speak.ts'
import { inviteByCommand, serviceWithKey, signInStaff, type StaffMember, totpOf } from '../support/staff.ts'

/** Each answer to what these ask is held against /openapi.json, too. */
let shop: TestShop
/** A shop whose database can go away; no worker of its own. */
let away: ProxiedShop
let anna: Person
let manager: StaffMember
let owner: StaffMember
let reporter: Client
let slow: string
let errorsPage: string

before(async () => {
	const plain = await startTestShop()
	const openapi = await readOpenApi(plain.guest)
	shop = { ...plain, guest: checkedClient(plain.guest, openapi) }
	const proxied = await startProxiedShop({ ROLE: 'api' })
	away = { ...proxied, shop: { ...proxied.shop, guest: checkedClient(proxied.shop.guest, openapi) } }
	await putProducts(shop, ...Array.from({ length: 21 }, (_, index) => ({ id: index + 1 })))
	await putProducts(shop, { id: 101, available: 1 }, { id: 102, cost: 1_000_000_000_000_000 })
	;[anna, manager, owner, reporter, slow] = await Promise.all([
		registerPerson(shop),
		signInStaff(shop, 'manager'),
		signInStaff(shop, 'owner'),
		serviceWithKey(shop, 'reports'),
		startImpatientServer(shop),
	])
	errorsPage = (await shop.guest.get('//docs/errors')).body
})

const nobody = randomUUID()
const key = () => ({ 'idempotency-key': randomUUID() })
const orderBody = () => ({ phone: anna.phone, delivery: COURIER })
const put = async (productId: number, quantity = 1) => {
	await anna.delete('/cart')
	assert.equal((await anna.put(`/cart/items/${productId}`, { body: { quantity } })).status, 200)
}

/** As many wrong codes as a phone takes in a day, then one more. */
async function guessTooOften(speak: Speak): Promise<Answer> {
	const body = { phone: newPhone(), code: '000000' }
	for (let guess = 1; guess <= 10; guess++) assert.equal((await shop.guest.post('/sessions', { body })).status, 401)
	return speak(shop.guest).post('/sessions', { body })
}

/** Somebody who is blocked asks for another code. */
async function signInBlocked(speak: Speak): Promise<Answer> {
	const { id, phone } = await registerPerson(shop)
	assert.equal((await manager.post(`/admin/users/${id}/block`, { body: { reason: 'спам' } })).status, 200)
	return speak(shop.guest).post('/sessions', { body: { phone, code: await askForCode(shop, phone) } })
}

/** More sign-ins than the queue of their lane holds, while the one in front waits for a lock. */
async function overload(speak: Speak): Promise<Answer> {
	const refused: Answer[] = []
	const { promise: over, resolve } = Promise.withResolvers<void>()
	const holding = shop.sql.begin(async (tx) => {
		await tx`lock table staff_sign_in_failures in exclusive mode`
		await over
	})
	const body = { email: 'nobody@example.com', password: 'wrong', totp: '000000' }
	const asking = Array.from({ length: 110 }, async () => {
		const answer = await speak(shop.guest).post('/admin/sessions', { body })
		if (answer.status === 503) refused.push(answer)
	})
	await eventually(async () => assert.ok(refused.length > 0))
	resolve()
	await Promise.all([holding, ...asking])
	const [first] = refused
	assert.ok(first)
	return first
}

/** A database in which something that nobody foresaw happens: a table is not there. */
let pagesSeen = 0
/** A page that nobody has looked at yet: the others may be shown without the database. */
const unseenPage = () => `/products?price_min=${++pagesSeen}`

async function breakDatabase(speak: Speak): Promise<Answer> {
	await shop.sql`alter table products rename to products_elsewhere`
	const answer = await speak(shop.guest).get(unseenPage())
	await shop.sql`alter table products_elsewhere rename to products`
	return answer
}

async function loseDatabase(speak: Speak): Promise<Answer> {
	away.proxy.cut()
	const answer = await speak(away.shop.guest).get(unseenPage())
	away.proxy.heal()
	await eventually(async () => assert.equal((await away.shop.guest.get('/products')).status, 200))
	return answer
}

async function placedId(): Promise<string> {
	await put(1)
	return (await placeOrder(anna, {})).id
}

const staleStatus = async (speak: Speak, headers: Record<string, string>): Promise<Answer> =>
	speak(manager).patch(`/admin/orders/${await placedId()}/status`, { headers, body: { status: 'ready' } })

const openInvitation = async () => {
	const token = await inviteByCommand(shop.sql, { email: `${randomUUID()}@example.com`, role: 'viewer' })
	const { body } = await shop.guest.post('/admin/invitations/open', { body: { token } })
	return { token, password: 'correct horse battery', totp: totpOf(body.totp_uri) === '000000' ? '000001' : '000000' }
}

/** How to come by each code there is. */
const PROVOKED: Readonly<Record<string, (speak: Speak) => Promise<Answer>>> = {
	validation_failed: (speak) => speak(shop.guest).post('/users', { body: {} }),
	malformed_json: (speak) => speak(anna).patch('/me', { raw: '{"name": ' }),
	malformed_request: (speak) => speak(shop.guest).get('/products/%ff'),
	unauthenticated: (speak) => speak(shop.guest).get('/cart'),
	forbidden: (speak) => speak(reporter).post(`/orders/${nobody}/status`, { body: { event_id: '1', status: 'ready' } }),
	route_not_found: (speak) => speak(shop.guest).get('/nothing/here'),
	method_not_allowed: (speak) => speak(shop.guest).put('/products', { body: {} }),
	request_timeout: async () => first(await exchange(slow, 'GET / HTTP/1.1\r\nhost: shop\r\n')),
	body_too_large: (speak) => speak(anna).patch('/me', { body: { name: 'ю'.repeat(40_000) } }),
	unsupported_media_type: (speak) => speak(anna).patch('/me', { raw: 'name=x', headers: { 'content-type': 'text/plain' } }),
	too_many_requests: guessTooOften,
	headers_too_large: async () =>
		first(await exchange(shop.url, `GET / HTTP/1.1\r\nhost: shop\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`)),
	internal_error: breakDatabase,
	overloaded: overload,
	unavailable: loseDatabase,

	code_wrong: (speak) => speak(shop.guest).post('/sessions', { body: { phone: newPhone(), code: '000000' } }),
	user_blocked: signInBlocked,
	dead_letter_not_found: (speak) => speak(manager).get('/admin/dead-letters/999999'),
	user_not_found: (speak) => speak(manager).get('/admin/users/999999'),
	session_not_found: (speak) => speak(anna).delete(`/me/sessions/${nobody}`),
	async registration_required(speak) {
		const phone = newPhone()
		await shop.guest.post('/login-codes', { body: { phone } })
		return speak(shop.guest).post('/sessions', { body: { phone, code: await codeSentTo(shop, phone) } })
	},
	async phone_taken(speak) {
		const { id } = await registerPerson(shop)
		return speak(manager).patch(`/admin/users/${id}`, { headers: { 'if-match': '"1"' }, body: { phone: anna.phone } })
	},
	async orders_under_way(speak) {
		const boris = await registerPerson(shop)
		await placeOrder(boris, { 1: 1 })
		return speak(boris).delete('/me')
	},
	async user_erased(speak) {
		const boris = await registerPerson(shop)
		await boris.delete('/me')
		return speak(manager).get(`/admin/users/${boris.id}`)
	},
	confirmation_wrong: (speak) => speak(manager).post(`/admin/users/${anna.id}/erase`, { body: { confirm: '1', reason: 'x' } }),
	consent_required: (speak) =>
		speak(shop.guest).post('/users', { body: { name: 'Ева', phone: newPhone(), email: 'e@example.com', consent: false } }),
	product_not_found: (speak) => speak(shop.guest).get('/products/999999'),
	async too_many_positions(speak) {
		for (let id = 1; id <= 20; id++) await anna.put(`/cart/items/${id}`, { body: { quantity: 1 } })
		return speak(anna).put('/cart/items/21', { body: { quantity: 1 } })
	},
	idempotency_key_required: (speak) => speak(anna).post('/orders', { body: orderBody() }),
	order_not_found: (speak) => speak(anna).get(`/orders/${nobody}`),
	async cart_empty(speak) {
		await anna.delete('/cart')
		return speak(anna).post('/orders', { headers: key(), body: orderBody() })
	},
	async product_unavailable(speak) {
		await put(101, 2)
		return speak(anna).post('/orders', { headers: key(), body: orderBody() })
	},
	async total_changed(speak) {
		await put(1)
		return speak(anna).post('/orders', { headers: key(), body: { ...orderBody(), expected_total: 1 } })
	},
	async total_too_large(speak) {
		await put(102, 999)
		return speak(anna).post('/orders', { headers: key(), body: orderBody() })
	},
	async transition_refused(speak) {
		const id = await placedId()
		const headers = { 'if-match': '"1"' }
		assert.equal((await manager.patch(`/admin/orders/${id}/status`, { headers, body: { status: 'received' } })).status, 200)
		return speak(anna).post(`/orders/${id}/cancel`)
	},
	...provokedInOrderList(() => ({ shop, manager })),
	...provokedInNotes(() => ({ shop, manager, orderId: placedId })),
	version_stale: (speak) => staleStatus(speak, { 'if-match': '"7"' }),
	version_required: (speak) => staleStatus(speak, {}),
	...provokedInReports(() => ({ shop, reporter, idleShop: away.shop })),
	...provokedInStreams(() => shop),
	credentials_wrong: (speak) =>
		speak(shop.guest).post('/admin/sessions', { body: { email: manager.email, password: 'wrong', totp: '000000' } }),
	totp_wrong: async (speak) => speak(shop.guest).post('/admin/invitations/accept', { body: await openInvitation() }),
	staff_session_not_found: (speak) => speak(owner).delete(`/admin/sessions/${nobody}`),
	staff_not_found: (speak) => speak(owner).patch('/admin/staff/999999', { body: { active: false } }),
	key_not_found: (speak) => speak(owner).delete('/admin/keys/999999'),
	staff_exists: (speak) => speak(owner).post('/admin/staff/invitations', { body: { email: manager.email, role: 'viewer' } }),
	async staff_deactivated(speak) {
		const { id } = await signInStaff(shop, 'viewer')
		assert.equal((await owner.patch(`/admin/staff/${id}`, { body: { active: false } })).status, 200)
		return speak(owner).post(`/admin/staff/${id}/reset`)
	},
	last_owner: (speak) => speak(owner).patch(`/admin/staff/${owner.id}`, { body: { role: 'viewer' } }),
	async key_limit(speak) {
		const body = { name: `busy-${randomUUID().slice(0, 8)}`, scopes: ['reports'] }
		for (let count = 0; count < 2; count++) assert.equal((await owner.post('/admin/keys', { body })).status, 201)
		return speak(owner).post('/admin/keys', { body })
	},
	invitation_not_found: (speak) => speak(shop.guest).post('/admin/invitations/open', { body: { token: 'used' } }),
}

const first = ([answer]: readonly Answer[]): Answer => {
	assert.ok(answer)
	return answer
}

/** Before a header has been read nobody knows which language is wanted. */
const UNHEARD: ReadonlySet<string> = new Set(['request_timeout', 'headers_too_large'])

suite('Every problem code there is', () => {
	test('stands in the list that the reference is made from, if a route names it', async () => {
		const { operations } = await readOpenApi(shop.guest)
		const answers = operations.flatMap(({ responses }) => Object.values(responses))
		const named = answers.flatMap(({ description = '' }) =>
			[...description.matchAll(/^`(\w+)`: /gm)].map(([, code = '']) => code),
		)
		assert.ok(named.length > 100, `${named.length} codes were found`)
		assert.deepEqual(
			[...new Set(named)].filter((code) => !(code in problemTables)),
			[],
		)
	})

	test('can be provoked', () => assert.deepEqual(Object.keys(PROVOKED).sort(), Object.keys(problemTables).sort()))

	for (const [code, spec] of Object.entries(problemTables)) {
		test(`${code} is told as a problem, in Russian and in English`, async () => {
			for (const locale of ['ru', 'en'] as const) {
				const answer = await PROVOKED[code]?.(speaker(locale))
				assert.ok(answer, 'nothing provokes it')
				const { type, title, status, code: told } = answer.body
				assert.deepEqual({ code: told, status }, { code, status: spec.status }, answer.text)
				assert.equal(answer.status, spec.status)
				assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
				assert.equal(title, spec[UNHEARD.has(code) ? 'ru' : locale])
				assert.equal(type, `/docs/errors#${code}`)
				assert.ok(errorsPage.includes(` id="${code}"`), 'the link leads nowhere')
				const retryAfter = answer.headers.get('retry-after')
				if (spec.retryAfterS !== undefined || status === 429 || status === 503) assert.match(retryAfter ?? '', /^[1-9]\d*$/)
				else assert.equal(retryAfter, null)
			}
		})
	}
})
