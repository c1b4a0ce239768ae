import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { TOPIC_TRAITS } from '../../src/events/topics.ts'
import { newPhone, placeOrder, putProducts } from '../support/people.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { codesSentTo } from '../support/sign-in.ts'
import type { TopicKey } from '../support/topics.ts'

/** Names that stand nowhere by chance. */
const NAME = 'Евлампия-Ксения'
const EMAIL = 'evlampia.ksenia@example.com'
const ADDRESS = 'Кологрив, Набережная ул., 17'
const PHONE = newPhone()

let shop: TestShop
let token: string
let code: string
let staffToken: string
let serviceKey: string
let log = ''
before(async () => {
	shop = await startTestShop({ LOG_LEVEL: 'trace' }, { write: (line) => void (log += line) })
	await buySomething()
	await askForWhatFails()
	await lookAsStaff()
})

async function buySomething(): Promise<void> {
	await putProducts(shop, { id: 1 })
	await shop.guest.post('/users', { body: { name: NAME, phone: PHONE, email: EMAIL, consent: true } })
	code = (await codesSentTo(shop, PHONE))[0] ?? ''
	await shop.guest.post('/sessions', { body: { phone: PHONE, code: code === '000000' ? '000001' : '000000' } })
	const opened = await shop.guest.post('/sessions', { body: { phone: PHONE, code } })
	assert.equal(opened.status, 201)
	token = opened.body.token
	const { id, name, email, phone } = opened.body.user
	const person = { ...shop.guest.as(token), id, name, email, phone, token }
	const order = await placeOrder(person, { 1: 1 }, { method: 'courier', address: { full_address: ADDRESS } })
	await person.post(`/orders/${order.id}/cancel`, { body: { reason: 'раздумала' } })
	await person.patch('/me', { body: { name: NAME } })
	await shop.guest.get('/me', { headers: { cookie: `__Host-session=${token}` } })
}

/** Requests that are refused, with what must not be told in every place where a client may put it. */
async function askForWhatFails(): Promise<void> {
	const personal = { name: NAME, phone: PHONE, email: EMAIL }
	await shop.guest.post('/users', { body: { ...personal, email: `${EMAIL}@`, code, token } })
	await shop.guest.post('/users', { body: personal })
	await shop.guest.post('/users', { raw: `{"name": "${NAME}", "phone": "${PHONE}" "email": "${EMAIL}"}` })
	await shop.guest.post('/sessions', { body: { phone: PHONE, code } })
	await shop.guest.get(`/products?search=${PHONE}&name=${encodeURIComponent(NAME)}`)
	await shop.guest.get(`/users/${PHONE}/${EMAIL}?token=${token}`)
	await shop.guest.get(`//${PHONE}%E0%A4%A?token=${token}`)
	await shop.guest.as(token).delete(`/me/sessions/${token}`)
	await shop.guest.as(token).post('/orders', {
		headers: { 'idempotency-key': randomUUID() },
		body: { phone: PHONE, delivery: { method: 'drone', address: { full_address: ADDRESS } } },
	})
	await shop.topics.publish('tracking', { key: PHONE, value: { event_id: '1', location: ADDRESS, name: NAME, email: EMAIL } })
	await shop.topics.find('tracking.dlq', () => true)
}

async function lookAsStaff(): Promise<void> {
	const manager = await signInStaff(shop, 'manager')
	staffToken = manager.token
	await manager.get(`/admin/users?search=${encodeURIComponent(PHONE)}`)
	await manager.get(`/admin/orders?phone=${encodeURIComponent(PHONE)}&name=${encodeURIComponent(NAME)}`)
	await shop.guest.post('/admin/sessions', { body: { email: manager.email, password: 'wrong horse', totp: '000000' } })
	serviceKey = (await serviceWithKey(shop, 'reports')).key
	await shop.guest.as(serviceKey).post('/reports')
	await shop.topics.find('reports', () => true)
}

/** As it stands in text; digits also without what is in front of them, a code only where no longer number holds it by chance. */
const whatMustNotStand = (): [string, RegExp][] => [
	['the name', new RegExp(NAME)],
	['the phone', new RegExp(PHONE.slice(2))],
	['the email', new RegExp(EMAIL.replaceAll('.', String.raw`\.`))],
	['the address', new RegExp(ADDRESS.slice(0, 8))],
	['the token', new RegExp(token)],
	['the code', new RegExp(`(?<![0-9a-f.-])${code}(?![0-9a-f-])`)],
	['the staff’s token', new RegExp(staffToken)],
	['the staff’s password', /correct horse battery staple|wrong horse/],
	['the service’s key', new RegExp(serviceKey)],
]

suite('The log', () => {
	test('holds a line of JSON for each request, with the route’s pattern in place of the address', () => {
		const lines = log
			.trimEnd()
			.split('\n')
			.map((line): Record<string, unknown> => JSON.parse(line))
		const requests = lines.filter(({ msg }) => msg === 'request')
		assert.ok(requests.length > 15)
		assert.ok(requests.every(({ req_id, method, status, ms }) => req_id && method && status && typeof ms === 'number'))
		assert.ok(requests.some(({ route, status }) => route === '/v1/me/sessions/:id' && status === 400))
	})

	test('holds no secret and nothing personal, whatever is logged and whatever goes wrong', () => {
		for (const [what, pattern] of whatMustNotStand()) assert.doesNotMatch(log, pattern, what)
	})

	test('would show what this test looks for', () => {
		const text = [NAME, PHONE, EMAIL, ADDRESS, token, ` ${code} `, staffToken, 'wrong horse', serviceKey].join(' ')
		for (const [what, pattern] of whatMustNotStand()) assert.match(text, pattern, what)
	})
})

suite('The topics', () => {
	test('that are not about notifications, codes and orders tell nothing personal', async () => {
		const told = new Set<string>(['notifications', 'loginCodes', 'orders', 'tracking'] satisfies TopicKey[])
		for (const topic of Object.keys(TOPIC_TRAITS) as TopicKey[]) {
			if (told.has(topic)) continue
			const text = JSON.stringify((await shop.topics.read(topic)).map(({ key, headers, value }) => [key, headers, value]))
			for (const [what, pattern] of whatMustNotStand()) assert.doesNotMatch(text, pattern, `${what} on ${topic}`)
		}
	})
})

suite('The database', () => {
	/** Every table as text, with bytes in hexadecimal, but for the messages that tell things on purpose. */
	async function tables(): Promise<[table: string, text: string][]> {
		const names = await shop.sql<{ name: string }[]>`
			select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('outbox', 'topic_messages')`
		return Promise.all(
			names.map(async ({ name }): Promise<[string, string]> => {
				const [row] = await shop.sql<
					[{ text: string }]
				>`select coalesce(string_agg(t::text, ' '), '') as text from ${shop.sql(name)} t`
				return [name, row.text]
			}),
		)
	}

	test('holds no token, key or code: only their hashes', async () => {
		await shop.guest.post('/login-codes', { body: { phone: newPhone() } })
		for (const [table, text] of await tables()) {
			for (const secret of [token, staffToken, serviceKey, code]) {
				const hex = Buffer.from(secret).toString('hex')
				assert.ok(!text.includes(hex), `${table} holds it as bytes`)
				if (secret !== code) assert.ok(!text.includes(secret), `${table} holds it as text`)
			}
		}
	})

	test('does not tell who asked for codes and who typed wrong ones', async () => {
		const text = new Map(await tables())
		for (const table of ['login_codes', 'login_code_sends', 'login_failures']) {
			assert.notEqual(text.get(table), '', table)
			assert.ok(!text.get(table)?.includes(PHONE.slice(2)), table)
		}
	})
})
