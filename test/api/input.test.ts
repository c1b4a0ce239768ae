import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Answer, Client, RequestOptions } from '../support/client.ts'
import { createFingerprint } from '../support/fingerprint.ts'
import { type OpenApi, type Operation, readOpenApi, type Schema } from '../support/openapi.ts'
import { COURIER, type Person, PICKUP, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'

let shop: TestShop
let openapi: OpenApi
let anna: Person
let callers: Readonly<Record<Operation['who'], Client>>
let ids: Readonly<Record<string, string>>
let fingerprint: () => Promise<Readonly<Record<string, string>>>

before(async () => {
	shop = await startTestShop()
	openapi = await readOpenApi(shop.guest)
	await putProducts(shop, { id: 1 }, { id: 2 })
	anna = await registerPerson(shop)
	const boris = await registerPerson(shop)
	const order = await placeOrder(anna, { 1: 1 })
	const service = await serviceWithKey(shop, 'reports', 'orders:status')
	callers = { anyone: shop.guest, customer: anna, service, staff: await signInStaff(shop, 'owner') }
	ids = {
		orders: order.id,
		reports: randomUUID(),
		products: '1',
		items: '1',
		users: String(boris.id),
		sessions: randomUUID(),
		views: '1',
		staff: '1',
	}
	await anna.put('/cart/items/1', { body: { quantity: 1 } })
	fingerprint = await createFingerprint(shop.sql)
})

const VIEW = { name: 'К выдаче', query: { status: 'ready' }, columns: ['number'] }

/** A body that the route takes; the rest of the request is right, too. */
const BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	'POST /v1/users': { name: 'Ева', phone: '+79001234567', email: 'e@example.com', consent: true },
	'POST /v1/login-codes': { phone: '+79001234567' },
	'POST /v1/sessions': { phone: '+79001234567', code: '000000' },
	'PATCH /v1/me': { name: 'Ева' },
	'PUT /v1/cart/items/{product_id}': { quantity: 7 },
	'POST /v1/orders': { phone: '+79001234567', delivery: COURIER },
	'POST /v1/orders/{id}/cancel': { reason: 'передумала' },
	'POST /v1/orders/{id}/status': { event_id: 'one', status: 'assembling' },
	'POST /v1/reports': { from: '2026-11-23T00:00:00Z' },
	'POST /v1/admin/invitations/open': { token: 'token' },
	'POST /v1/admin/invitations/accept': { token: 'token', password: 'correct horse battery', totp: '000000' },
	'POST /v1/admin/sessions': { email: 'a@example.com', password: 'correct horse battery', totp: '000000' },
	'PATCH /v1/admin/orders/{id}/status': { status: 'ready' },
	'POST /v1/admin/users/{id}/block': { reason: 'спам' },
	'PATCH /v1/admin/users/{id}': { name: 'Ева' },
	'POST /v1/admin/users/{id}/erase': { confirm: '+79001234567', reason: 'Обращение 17' },
	'POST /v1/admin/orders/bulk-status': { ids: [randomUUID()], status: 'ready' },
	'POST /v1/admin/orders/{id}/notes': { text: 'Просит позвонить' },
	'POST /v1/admin/orders/views': VIEW,
	'PUT /v1/admin/orders/views/{id}': VIEW,
	'POST /v1/admin/dead-letters/replay': { ids: [1] },
	'POST /v1/admin/dead-letters/drop': { ids: [1] },
	'POST /v1/admin/reports': { from: '2026-11-23T00:00:00Z' },
	'POST /v1/admin/keys': { name: 'accounting', scopes: ['reports'], expires_in_days: 30 },
	'POST /v1/admin/staff/invitations': { email: 'b@example.com', role: 'viewer' },
	'PATCH /v1/admin/staff/{id}': { role: 'viewer' },
	'PUT /v1/admin/me/password': { current_password: 'correct horse battery', password: 'quite another horse', totp: '000000' },
}

function send({ method, path, who }: Operation, options: RequestOptions): Promise<Answer> {
	const filled = path.replace(/(\w+)\/\{\w+\}/, (_, kind: string) => `${kind}/${ids[kind]}`)
	const headers = { 'idempotency-key': randomUUID(), 'if-match': '"1"', ...options.headers }
	return callers[who].request(method, `/${filled}`, { ...options, headers })
}

/** Sends it and makes sure that it is refused as not fitting, with a pointer, and that nothing has changed. */
async function assertRefused(operation: Operation, raw: string, pointer?: string): Promise<void> {
	const unchanged = await fingerprint()
	const { status, body, text } = await send(operation, { raw })
	assert.equal(status, 400, `${operation.name} ${raw}: ${status} ${text}`)
	if (pointer !== undefined) {
		assert.equal(body.code, 'validation_failed', raw)
		assert.ok(
			body.errors.some((fault: { in: string; pointer: string }) => fault.in === 'body' && fault.pointer === pointer),
			`${operation.name} ${raw}: no fault at ${pointer} in ${text}`,
		)
	}
	assert.deepEqual(await fingerprint(), unchanged, `${operation.name} ${raw}`)
}

const withBody = (): Operation[] => openapi.operations.filter(({ requestBody }) => requestBody !== undefined)
const bodyOf = ({ name }: Operation): Readonly<Record<string, unknown>> => {
	const body = BODIES[name]
	if (body === undefined) throw new Error(`${name} has no body here`)
	return body
}
/** The body with a field more in front; written as text, for \`__proto__\` is no ordinary name in JavaScript. */
const withField = (body: object, name: string, value: unknown): string =>
	JSON.stringify(body).replace('{', `{${JSON.stringify(name)}:${JSON.stringify(value)}${Object.keys(body).length > 0 ? ',' : ''}`)

suite('No field slips in', () => {
	test('there is a body here for every route that takes one', () => {
		assert.deepEqual(
			withBody()
				.map(({ name }) => name)
				.sort(),
			Object.keys(BODIES).sort(),
		)
	})

	test('an unknown field is refused by every route, and told', async () => {
		for (const operation of withBody()) {
			for (const name of ['is_admin', 'toString', 'hasOwnProperty', 'constructor', 'valueOf']) {
				await assertRefused(operation, withField(bodyOf(operation), name, 1), `/${name}`)
			}
		}
	})

	test('__proto__, and the prototype of a constructor, are refused wherever they stand', async () => {
		for (const operation of withBody()) {
			await assertRefused(operation, withField(bodyOf(operation), '__proto__', { is_admin: true }))
			await assertRefused(operation, withField(bodyOf(operation), 'constructor', { prototype: { is_admin: true } }))
			await assertRefused(operation, `{"__proto__": ${JSON.stringify(bodyOf(operation))}}`)
		}
		const order = openapi.find('POST', '/v1/orders')
		assert.ok(order)
		for (const place of ['"delivery":{', '"address":{']) {
			await assertRefused(order, JSON.stringify(bodyOf(order)).replace(place, `${place}"__proto__":{"method":"pickup"},`))
		}
	})

	test('within the delivery of an order neither, nor the other method’s fields', async () => {
		const order = openapi.find('POST', '/v1/orders')
		assert.ok(order)
		for (const [delivery, pointer] of [
			[{ ...COURIER, price: 0 }, '/delivery/price'],
			[{ ...COURIER, address: { ...COURIER.address, floor: 3 } }, '/delivery/address/floor'],
			[{ ...COURIER, pickup_point_id: 'msk-1' }, '/delivery/pickup_point_id'],
			[{ ...PICKUP, address: COURIER.address }, '/delivery/address'],
		] as const) {
			await assertRefused(order, JSON.stringify({ phone: '+79001234567', delivery }), pointer)
		}
	})

	test('a body that a route does not take is refused, too', async () => {
		for (const operation of openapi.operations) {
			if (operation.method === 'GET' || operation.requestBody !== undefined) continue
			await assertRefused(operation, '{"reason": "иначе"}', '/reason')
		}
	})

	test('an unknown field of an address is refused', async () => {
		for (const operation of openapi.operations) {
			if (!operation.parameters?.some((parameter) => parameter.in === 'query')) continue
			const { status, body } = await callers[operation.who].get(`/${operation.path}?is_admin=1`)
			assert.equal(status, 400, operation.name)
			assert.deepEqual([body.errors[0].in, body.errors[0].pointer], ['query', '/is_admin'])
		}
	})
})

suite('Nothing is changed silently into what is wanted', () => {
	const OTHERS: readonly unknown[] = ['1', 1, 1.5, true, null, [], ['1'], {}]
	const fits = (schema: Schema, value: unknown): boolean => {
		const kinds = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(({ type = [] }) => type)
		const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value
		return kinds.includes(kind) || (kind === 'integer' && kinds.includes('number'))
	}

	test('a value of another type is refused in every field of every body', async () => {
		for (const operation of withBody()) {
			const { properties = {} } = operation.requestBody?.content['application/json']?.schema ?? {}
			for (const [name, schema] of Object.entries(properties)) {
				for (const value of OTHERS.filter((other) => !fits(schema, other))) {
					await assertRefused(operation, JSON.stringify({ ...bodyOf(operation), [name]: value }), `/${name}`)
				}
			}
		}
	})

	test('a body that is no object is refused by every route', async () => {
		for (const operation of withBody())
			for (const raw of ['[]', '"text"', '1', 'true', '[{}]']) await assertRefused(operation, raw, '')
	})

	for (const text of [
		'01',
		'1.0',
		'1e0',
		'0x1',
		'+1',
		'%201',
		'1%20',
		'',
		'NaN',
		'Infinity',
		'9007199254740993',
		'1,2',
		'%D9%A1',
	]) {
		test(`"${text}" is no number of an address`, async () => {
			assert.equal((await shop.guest.get(`/products?limit=${text}`)).status, 400)
			assert.equal((await anna.put(`/cart/items/${text}`, { body: { quantity: 1 } })).status, 400)
		})
	}
})

suite('Text that can’t be kept is refused', () => {
	test('with a pointer: U+0000 and halves of surrogate pairs, in every field of every body', async () => {
		for (const operation of withBody()) {
			const { properties = {} } = operation.requestBody?.content['application/json']?.schema ?? {}
			for (const [name, schema] of Object.entries(properties)) {
				if (![schema.type, ...(schema.anyOf ?? []).map(({ type }) => type)].flat().includes('string')) continue
				for (const text of ['а\\u0000б', '\\ud83d', '\\udc4d\\ud83d']) {
					const raw = JSON.stringify({ ...bodyOf(operation), [name]: 'HERE' }).replace('HERE', text)
					await assertRefused(operation, raw, `/${name}`)
				}
			}
		}
	})

	test('in an address as well', async () => {
		for (const text of ['%00', 'a%00b']) {
			const { status, body } = await shop.guest.get(`/products?search=${text}`)
			assert.deepEqual([status, body.errors[0].in, body.errors[0].pointer], [400, 'query', '/search'])
		}
		for (const text of ['%ff', '%ed%a0%80', '%', '%zz']) assert.equal((await shop.guest.get(`/products/${text}`)).status, 400)
	})
})
