import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Answer, Client } from '../support/client.ts'
import { createFingerprint } from '../support/fingerprint.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { ROLES, STAFF_ROUTES } from '../support/staff-routes.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** Who may call what, written down anew from the contract; what is for the staff stands in `staff-routes.ts`. */
const CUSTOMER = [
	'GET /me',
	'PATCH /me',
	'DELETE /me',
	'GET /me/export',
	'GET /me/sessions',
	'DELETE /me/sessions/{id}',
	'DELETE /sessions/current',
	'GET /cart',
	'DELETE /cart',
	'PUT /cart/items/{product_id}',
	'DELETE /cart/items/{product_id}',
	'POST /orders',
	'GET /orders',
	'GET /orders/{id}',
	'POST /orders/{id}/cancel',
	'GET /orders/{id}/delivery',
	'GET /orders/{id}/events',
	'GET /me/events',
]
const SERVICE: Readonly<Record<string, 'reports' | 'orders:status'>> = {
	'POST /reports': 'reports',
	'GET /reports/{id}': 'reports',
	'DELETE /reports/{id}': 'reports',
	'GET /reports/{id}/file': 'reports',
	'POST /orders/{id}/status': 'orders:status',
}
const ANYONE = [
	'GET /products',
	'GET /products/{id}',
	'POST /users',
	'POST /login-codes',
	'POST /sessions',
	'POST /admin/invitations/open',
	'POST /admin/invitations/accept',
	'POST /admin/sessions',
]
const SCOPES = ['reports', 'orders:status'] as const

let shop: TestShop
before(async () => {
	shop = await startTestShop()
})

const NOBODYS = '00000000-0000-7000-8000-000000000000'

/** Calls the route with ids that nobody has and, where it takes one, an empty body: enough to see whether the guard lets it pass. */
function call(client: Client, route: string): Promise<Answer> {
	const [method = '', path = ''] = route.split(' ')
	const id = /\/(users|staff|invitations|keys|products)\//.test(path) ? '999999999' : NOBODYS
	const filled = path
		.replace(/\{(product|note)_id\}/, '999999999')
		.replace('{id}', id)
		.replace('{session_id}', NOBODYS)
	return client.request(method, filled, method === 'GET' || method === 'DELETE' ? {} : { body: {} })
}

const passes = ({ status }: Answer): boolean => status !== 401 && status !== 403 && status < 500

test('every route of the document is in the tables of who may call it, and no other', async () => {
	const { body } = await shop.guest.get('//openapi.json')
	const routes = Object.entries<object>(body.paths).flatMap(([path, operations]) =>
		Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/^\/v1/, '')}`),
	)
	const known = [...CUSTOMER, ...Object.keys(SERVICE), ...Object.keys(STAFF_ROUTES), ...ANYONE]
	assert.deepEqual(
		routes.filter((route) => !route.includes('/health/')).toSorted((one, other) => one.localeCompare(other)),
		known.toSorted((one, other) => one.localeCompare(other)),
	)
})

suite('Who may not call a route is refused before anything is looked at', () => {
	test('a guest, or somebody with a token that nobody has: 401', async () => {
		for (const route of [...CUSTOMER, ...Object.keys(SERVICE), ...Object.keys(STAFF_ROUTES)]) {
			for (const client of [shop.guest, shop.guest.as('x'.repeat(43)), shop.guest.as('prk_x')]) {
				const { status, body } = await call(client, route)
				assert.deepEqual([status, body.code], [401, 'unauthenticated'], route)
			}
		}
	})

	test('a customer may call what is for customers, and nothing of staff and services: 401', async () => {
		for (const route of CUSTOMER) assert.ok(passes(await call(await registerPerson(shop), route)), route)
		const anna = await registerPerson(shop)
		for (const route of [...Object.keys(SERVICE), ...Object.keys(STAFF_ROUTES)])
			assert.equal((await call(anna, route)).status, 401, route)
	})

	test('a service may call what its scope is for; without it: 403; what is for people: 401', async () => {
		for (const scope of SCOPES) {
			const service = await serviceWithKey(shop, scope)
			for (const [route, needed] of Object.entries(SERVICE)) {
				const answer = await call(service, route)
				if (needed === scope) assert.ok(passes(answer), `${route} with ${scope}: ${answer.status}`)
				else assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], route)
			}
			for (const route of [...CUSTOMER, ...Object.keys(STAFF_ROUTES)])
				assert.equal((await call(service, route)).status, 401, route)
		}
	})

	test('a revoked key: 401', async () => {
		const service = await serviceWithKey(shop, ...SCOPES)
		await shop.sql`update api_keys set revoked_at = now()`
		for (const route of Object.keys(SERVICE)) assert.equal((await call(service, route)).status, 401, route)
	})

	test('a member of the staff, whatever the role, may call nothing of what is for customers and services: 401', async () => {
		for (const role of ROLES) {
			const member = await signInStaff(shop, role)
			for (const route of [...CUSTOMER, ...Object.keys(SERVICE)]) assert.equal((await call(member, route)).status, 401, route)
		}
	})
})

test('What somebody is shown by a session or a key is kept by no cache on the way', async () => {
	const owner = await signInStaff(shop, 'owner')
	const service = await serviceWithKey(shop, ...SCOPES)
	const callers: readonly (readonly [Client, readonly string[]])[] = [
		[await registerPerson(shop), CUSTOMER.filter((route) => !route.startsWith('DELETE'))],
		[service, Object.keys(SERVICE)],
		[owner, Object.keys(STAFF_ROUTES).filter((route) => !route.endsWith('/admin/sessions/current'))],
	]
	for (const [client, routes] of callers)
		for (const route of routes) {
			const { status, headers } = await call(client, route)
			assert.notEqual(status, 401, route)
			assert.match(headers.get('cache-control') ?? '', /^(?:no-store|private, no-cache)/, route)
		}
})

suite('What belongs to a customer', () => {
	test('is not there for another one, who learns and changes nothing', async () => {
		await putProducts(shop, { id: 1 })
		const anna = await registerPerson(shop, { name: 'Анна Секретова' })
		const boris = await registerPerson(shop)
		const { id } = await placeOrder(anna, { 1: 1 })
		const session = (await anna.get('/me/sessions')).body.data[0].id
		const fingerprint = await createFingerprint(shop.sql)
		const before = await fingerprint()
		for (const [method, path, code] of [
			['GET', `/orders/${id}`, 'order_not_found'],
			['HEAD', `/orders/${id}`, undefined],
			['POST', `/orders/${id}/cancel`, 'order_not_found'],
			['GET', `/orders/${id}/delivery`, 'order_not_found'],
			['DELETE', `/me/sessions/${session}`, 'session_not_found'],
		] as const) {
			const { status, body, text } = await boris.request(method, path)
			assert.deepEqual([status, body?.code], [404, code], `${method} ${path}`)
			for (const secret of [anna.phone, anna.email, 'Секретова', 'Тверская']) assert.ok(!text.includes(secret), text)
		}
		for (const path of ['/orders', '/cart', '/me', '/me/sessions']) {
			const { text } = await boris.get(path)
			for (const secret of [anna.phone, anna.email, 'Секретова', 'Тверская', id, session]) assert.ok(!text.includes(secret), text)
		}
		assert.deepEqual(await fingerprint(), before)
		assert.equal((await anna.get(`/orders/${id}`)).body.status, 'paid')
	})
})
