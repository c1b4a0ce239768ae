import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import * as OTPAuth from 'otpauth'
import type { Answer, Client } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { checkedClient, type OpenApi, readOpenApi } from '../support/openapi.ts'
import { codeSentTo, COURIER, newPhone, type Person, PICKUP, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { inviteByCommand, serviceWithKey, signInStaff, type StaffMember, totpOf } from '../support/staff.ts'

/** Each answer to what these ask is held against the document: its status is listed there, its body has the shape told there. */
let shop: TestShop
let openapi: OpenApi
let anna: Person
let owner: StaffMember
let service: Client
/** Anna's order by courier, with a history, a refused command and a delivery that is on its way. */
let order: { id: string; number: number }
let reportId: string

before(async () => {
	const plain = await startTestShop()
	openapi = await readOpenApi(plain.guest)
	shop = { ...plain, guest: checkedClient(plain.guest, openapi) }
	await putProducts(shop, { id: 1 }, { id: 2, available: 5, measurements: undefined })
	anna = await registerPerson(shop)
	owner = await signInStaff(shop, 'owner')
	service = await serviceWithKey(shop, 'reports', 'orders:status')
	order = await placeOrder(anna, { 1: 2, 2: 1 })
	const of = { order_id: order.id }
	await shop.topics.publish('orderStatus', { value: { ...of, event_id: '1', status: 'ready', reason: 'собрали' } })
	await shop.topics.publish('orderStatus', { value: { ...of, event_id: '2', status: 'assembling' } })
	await shop.topics.publish('orderStatus', { key: 'x', value: 'a dead letter' }, { key: 'y', value: 'another' })
	const told = { ...of, event_id: '1', status: 'in_transit', carrier: 'cdek', tracking_number: '1', location: 'Москва' }
	await shop.topics.publish('tracking', { value: { ...told, estimated_at: '2026-11-25', occurred_at: '2026-11-23T12:00:00Z' } })
	reportId = (await service.post('/reports')).body.report_id
	await eventually(async () => {
		const { body } = await owner.get(`/admin/orders/${order.id}`)
		assert.deepEqual([body.status, body.refusals.length, body.delivery.status], ['ready', 1, 'in_transit'])
		assert.equal((await service.get(`/reports/${reportId}`)).body.status, 'completed')
		assert.equal((await owner.get('/admin/dead-letters')).body.data.length, 2)
	})
})

const fill = () => anna.put('/cart/items/1', { body: { quantity: 1 } })
const place = async (delivery: object) => {
	await fill()
	return anna.post('/orders', { headers: { 'idempotency-key': randomUUID() }, body: { phone: anna.phone, delivery } })
}
async function openInvitation() {
	const token = await inviteByCommand(shop.sql, { email: `${randomUUID()}@example.com`, role: 'viewer' })
	return { token, opened: await shop.guest.post('/admin/invitations/open', { body: { token } }) }
}
async function acceptInvitation() {
	const { token, opened } = await openInvitation()
	const body = { token, password: 'correct horse battery', totp: totpOf(opened.body.totp_uri) }
	return {
		email: opened.body.email,
		uri: opened.body.totp_uri,
		accepted: await shop.guest.post('/admin/invitations/accept', { body }),
	}
}
const registering = () => ({ name: 'Ева', phone: newPhone(), email: 'e@example.com', consent: true })

/** While nobody can read the orders it can't be completed. */
const cancelReport = (by: Client, path: string): Promise<Answer> =>
	shop.sql.begin(async (tx) => {
		await tx`lock table orders in access exclusive mode`
		return by.delete(`${path}/${(await service.post('/reports')).body.report_id}`)
	})

const invite = () => owner.post('/admin/staff/invitations', { body: { email: `${randomUUID()}@example.com`, role: 'viewer' } })
const makeKey = () => owner.post('/admin/keys', { body: { name: `key-${randomUUID().slice(0, 8)}`, scopes: ['reports'] } })
const viewBody = () => ({
	name: randomUUID(),
	query: { status: 'paid', total_min: 100, sort: 'total' },
	columns: ['number', 'total'],
})
const addNote = () => owner.post(`/admin/orders/${order.id}/notes`, { body: { text: 'заметка' } })
const saveView = () => owner.post('/admin/orders/views', { body: viewBody() })

/** How each operation is used with success, and what it then answers. */
const USED: Readonly<Record<string, readonly [status: number, use: () => Promise<Answer>]>> = {
	'GET /v1/products': [200, () => shop.guest.get('/products?limit=1')],
	'GET /v1/products/{id}': [200, () => shop.guest.get('/products/2')],
	'POST /v1/users': [202, () => shop.guest.post('/users', { body: registering() })],
	'POST /v1/login-codes': [202, () => shop.guest.post('/login-codes', { body: { phone: newPhone() } })],
	'POST /v1/sessions': [
		201,
		async () => {
			const body = registering()
			await shop.guest.post('/users', { body })
			return shop.guest.post('/sessions', { body: { phone: body.phone, code: await codeSentTo(shop, body.phone) } })
		},
	],
	'DELETE /v1/sessions/current': [204, async () => (await registerPerson(shop)).delete('/sessions/current')],
	'GET /v1/me': [200, () => anna.get('/me')],
	'PATCH /v1/me': [200, () => anna.patch('/me', { body: { locale: 'ru' } })],
	'DELETE /v1/me': [204, async () => (await registerPerson(shop)).delete('/me')],
	'GET /v1/me/export': [200, () => anna.get('/me/export')],
	'GET /v1/me/sessions': [200, () => anna.get('/me/sessions')],
	'DELETE /v1/me/sessions/{id}': [
		204,
		async () => {
			const eva = await registerPerson(shop)
			return eva.delete(`/me/sessions/${(await eva.get('/me/sessions')).body.data[0].id}`)
		},
	],
	'GET /v1/cart': [200, () => fill().then(() => anna.get('/cart'))],
	'DELETE /v1/cart': [204, () => anna.delete('/cart')],
	'PUT /v1/cart/items/{product_id}': [200, fill],
	'DELETE /v1/cart/items/{product_id}': [200, () => anna.delete('/cart/items/1')],
	'POST /v1/orders': [201, () => place(PICKUP)],
	'GET /v1/orders': [200, () => anna.get('/orders?limit=1')],
	'GET /v1/orders/{id}': [200, () => anna.get(`/orders/${order.id}`)],
	'POST /v1/orders/{id}/cancel': [200, async () => anna.post(`/orders/${(await place(COURIER)).body.id}/cancel`)],
	'GET /v1/orders/{id}/delivery': [200, () => anna.get(`/orders/${order.id}/delivery`)],
	'GET /v1/orders/{id}/events': [200, () => anna.get(`/orders/${order.id}/events`)],
	'GET /v1/me/events': [200, () => anna.get('/me/events')],
	'POST /v1/orders/{id}/status': [
		200,
		() => service.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status: 'ready' } }),
	],
	'POST /v1/reports': [202, () => service.post('/reports')],
	'GET /v1/reports/{id}': [200, () => service.get(`/reports/${reportId}`)],
	'DELETE /v1/reports/{id}': [200, () => cancelReport(service, '/reports')],
	'GET /v1/reports/{id}/file': [206, () => service.get(`/reports/${reportId}/file`, { headers: { range: 'bytes=0-9' } })],
	'POST /v1/admin/invitations/open': [200, async () => (await openInvitation()).opened],
	'POST /v1/admin/invitations/accept': [201, async () => (await acceptInvitation()).accepted],
	'POST /v1/admin/sessions': [
		201,
		async () => {
			const { email, accepted } = await acceptInvitation()
			const [totp] = accepted.body.recovery_codes
			return shop.guest.post('/admin/sessions', { body: { email, password: 'correct horse battery', totp } })
		},
	],
	'DELETE /v1/admin/sessions/current': [204, async () => (await signInStaff(shop, 'viewer')).delete('/admin/sessions/current')],
	'GET /v1/admin/sessions': [200, () => owner.get('/admin/sessions')],
	'DELETE /v1/admin/sessions/{id}': [
		204,
		async () => {
			const viewer = await signInStaff(shop, 'viewer')
			return viewer.delete(`/admin/sessions/${(await viewer.get('/admin/sessions')).body.data[0].id}`)
		},
	],
	'PUT /v1/admin/me/password': [
		204,
		async () => {
			const { accepted, uri } = await acceptInvitation()
			const totp = OTPAuth.URI.parse(uri).generate({ timestamp: Date.now() + 30_000 })
			const body = { current_password: 'correct horse battery', password: 'another horse battery', totp }
			return shop.guest.as(accepted.body.token).put('/admin/me/password', { body })
		},
	],
	'GET /v1/admin/products': [200, () => owner.get('/admin/products')],
	'GET /v1/admin/products/{id}': [200, () => owner.get('/admin/products/2')],
	'GET /v1/admin/reports': [200, () => owner.get('/admin/reports')],
	'POST /v1/admin/reports': [202, () => owner.post('/admin/reports')],
	'GET /v1/admin/reports/{id}': [200, () => owner.get(`/admin/reports/${reportId}`)],
	'DELETE /v1/admin/reports/{id}': [200, () => cancelReport(owner, '/admin/reports')],
	'GET /v1/admin/reports/{id}/file': [200, () => owner.get(`/admin/reports/${reportId}/file`)],
	'GET /v1/admin/staff': [200, () => owner.get('/admin/staff')],
	'PATCH /v1/admin/staff/{id}': [
		200,
		async () => owner.patch(`/admin/staff/${(await signInStaff(shop, 'viewer')).id}`, { body: { role: 'operator' } }),
	],
	'POST /v1/admin/staff/{id}/reset': [
		201,
		async () => owner.post(`/admin/staff/${(await signInStaff(shop, 'viewer')).id}/reset`),
	],
	'GET /v1/admin/staff/invitations': [
		200,
		async () => {
			await invite()
			return owner.get('/admin/staff/invitations')
		},
	],
	'POST /v1/admin/staff/invitations': [201, () => invite()],
	'DELETE /v1/admin/staff/invitations/{id}': [
		204,
		async () => owner.delete(`/admin/staff/invitations/${(await invite()).body.id}`),
	],
	'GET /v1/admin/keys': [200, () => owner.get('/admin/keys')],
	'POST /v1/admin/keys': [201, () => makeKey()],
	'DELETE /v1/admin/keys/{id}': [200, async () => owner.delete(`/admin/keys/${(await makeKey()).body.id}`)],
	'GET /v1/admin/me': [200, () => owner.get('/admin/me')],
	'GET /v1/admin/events': [200, () => owner.get('/admin/events')],
	'GET /v1/admin/stats': [200, () => owner.get('/admin/stats?time_zone=Europe/Moscow')],
	'GET /v1/admin/orders': [200, () => owner.get(`/admin/orders?number=${order.number}`)],
	'GET /v1/admin/orders/export': [200, () => owner.get(`/admin/orders/export?number=${order.number}`)],
	'GET /v1/admin/orders/views': [200, () => saveView().then(() => owner.get('/admin/orders/views'))],
	'POST /v1/admin/orders/views': [201, saveView],
	'PUT /v1/admin/orders/views/{id}': [
		200,
		async () => owner.put(`/admin/orders/views/${(await saveView()).body.id}`, { body: viewBody() }),
	],
	'DELETE /v1/admin/orders/views/{id}': [204, async () => owner.delete(`/admin/orders/views/${(await saveView()).body.id}`)],
	'GET /v1/admin/orders/{id}': [200, () => owner.get(`/admin/orders/${order.id}`)],
	'PATCH /v1/admin/orders/{id}/status': [
		200,
		() => owner.patch(`/admin/orders/${order.id}/status`, { headers: { 'if-match': '"2"' }, body: { status: 'ready' } }),
	],
	'POST /v1/admin/orders/bulk-status': [
		200,
		() => owner.post('/admin/orders/bulk-status', { body: { ids: [order.id, randomUUID()], status: 'paid' } }),
	],
	'POST /v1/admin/orders/{id}/notes': [201, () => addNote()],
	'DELETE /v1/admin/orders/{id}/notes/{note_id}': [
		204,
		async () => owner.delete(`/admin/orders/${order.id}/notes/${(await addNote()).body.id}`),
	],
	'GET /v1/admin/audit': [200, () => owner.get('/admin/audit')],
	'GET /v1/admin/dead-letters': [200, () => owner.get('/admin/dead-letters')],
	'GET /v1/admin/dead-letters/counts': [200, () => owner.get('/admin/dead-letters/counts')],
	'GET /v1/admin/dead-letters/{id}': [
		200,
		async () => owner.get(`/admin/dead-letters/${(await owner.get('/admin/dead-letters?state=open')).body.data[0].id}`),
	],
	'POST /v1/admin/dead-letters/replay': [200, () => owner.post('/admin/dead-letters/replay', { body: { ids: [1] } })],
	'POST /v1/admin/dead-letters/drop': [200, () => owner.post('/admin/dead-letters/drop', { body: { ids: [999_999] } })],
	'GET /v1/admin/users': [200, () => owner.get('/admin/users?limit=1')],
	'GET /v1/admin/users/{id}': [200, () => owner.get(`/admin/users/${anna.id}`)],
	'PATCH /v1/admin/users/{id}': [
		200,
		async () =>
			owner.patch(`/admin/users/${(await registerPerson(shop)).id}`, { headers: { 'if-match': '"1"' }, body: { name: 'Ева' } }),
	],
	'GET /v1/admin/users/{id}/sessions': [200, () => owner.get(`/admin/users/${anna.id}/sessions`)],
	'DELETE /v1/admin/users/{id}/sessions/{session_id}': [
		204,
		async () => {
			const { id, get } = await registerPerson(shop)
			return owner.delete(`/admin/users/${id}/sessions/${(await get('/me/sessions')).body.data[0].id}`)
		},
	],
	'GET /v1/admin/users/{id}/export': [200, () => owner.get(`/admin/users/${anna.id}/export`)],
	'POST /v1/admin/users/{id}/erase': [
		204,
		async () => {
			const { id, phone } = await registerPerson(shop)
			return owner.post(`/admin/users/${id}/erase`, { body: { confirm: phone, reason: 'запрос' } })
		},
	],
	'POST /v1/admin/users/{id}/block': [
		200,
		async () => owner.post(`/admin/users/${(await registerPerson(shop)).id}/block`, { body: { reason: 'спам' } }),
	],
	'POST /v1/admin/users/{id}/unblock': [200, () => owner.post(`/admin/users/${anna.id}/unblock`)],
	'POST /v1/admin/users/{id}/sign-out': [200, async () => owner.post(`/admin/users/${(await registerPerson(shop)).id}/sign-out`)],
	'GET /health/live': [200, () => shop.guest.get('//health/live')],
	'GET /health/ready': [200, () => shop.guest.get('//health/ready')],
}

suite('The document of the API', () => {
	test('tells of every route that is used here, and of no other', () => {
		assert.deepEqual(openapi.operations.map(({ name }) => name).sort(), Object.keys(USED).sort())
	})

	for (const [name, [status, use]] of Object.entries(USED)) {
		test(`tells what ${name} answers`, async () => {
			const answer = await use()
			assert.equal(answer.status, status, answer.text)
		})
	}
})
