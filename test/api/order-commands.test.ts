import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Client } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { COURIER, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { freePort } from '../../src/platform/free-port.ts'

let shop: TestShop
let metricsUrl: string
let anna: Person
let operator: StaffMember
let robot: Client
before(async () => {
	const port = await freePort()
	metricsUrl = `http://127.0.0.1:${port}/metrics`
	shop = await startTestShop({ METRICS_PORT: String(port) })
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	operator = await signInStaff(shop, 'operator')
	robot = await serviceWithKey(shop, 'orders:status')
})

type Command = { readonly event_id: string; readonly order_id: string; readonly status: string }

const commandOf = ({ id }: { id: string }, status: string): Command => ({ event_id: randomUUID(), order_id: id, status })

const send = (...commands: unknown[]) => shop.topics.publish('orderStatus', ...commands.map((value) => ({ value })))

/** Waits until all that was sent for this order has been dealt with: a hopeless command that follows it is a dead letter then. */
async function untilDealtWith(order: { id: string }): Promise<void> {
	const last = commandOf(order, 'lost')
	await send(last)
	await shop.topics.find('orderStatus.dlq', ({ value }) => value.event_id === last.event_id)
}

async function historyOf({ id }: { id: string }): Promise<[number, string][]> {
	const { body } = await anna.get(`/orders/${id}`)
	return body.history.map((line: { version: number; status: string }) => [line.version, line.status])
}

const refusalsOf = async ({ id }: { id: string }) => (await operator.get(`/admin/orders/${id}`)).body.refusals

suite('A command of the inventory service', () => {
	test('that comes twice changes once, also after others have come', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		const [assembling, ready] = [commandOf(order, 'assembling'), commandOf(order, 'ready')]
		await send(assembling, assembling)
		await untilDealtWith(order)
		await send(ready, assembling, ready)
		await untilDealtWith(order)
		assert.deepEqual(await historyOf(order), [
			[1, 'paid'],
			[2, 'assembling'],
			[3, 'ready'],
		])
		assert.deepEqual(await refusalsOf(order), [])
	})

	test('that is overtaken by a later one is refused, noted for the staff, counted, and no dead letter', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		const late = { ...commandOf(order, 'assembling'), reason: 'взяли со склада', occurred_at: '2026-11-23T10:00:00Z' }
		const before = await refusedSoFar('assembling')
		await send({ ...commandOf(order, 'ready'), occurred_at: '2026-11-23T11:00:00Z' }, late, late)
		await untilDealtWith(order)
		assert.deepEqual(await historyOf(order), [
			[1, 'paid'],
			[2, 'ready'],
		])
		const [{ at, ...refusal }, ...more] = await refusalsOf(order)
		assert.ok(Date.parse(at) >= Date.parse(order.created_at))
		assert.deepEqual(more, [])
		assert.deepEqual(refusal, {
			from: 'ready',
			status: 'assembling',
			actor: { type: 'inventory', id: null },
			source: 'topic',
			reason: 'взяли со склада',
		})
		assert.equal(await refusedSoFar('assembling'), before + 1)
		const dead = await shop.topics.read('orderStatus.dlq')
		assert.ok(dead.every(({ value }) => value.event_id !== late.event_id))
	})

	test('moves each order to where all of them lead, in whatever batch they come', async () => {
		const orders = await Promise.all([1, 2, 3].map(async () => placeOrder(await registerPerson(shop), { 1: 1 })))
		const steps = ['assembling', 'ready', 'received'].map((status) => orders.map((order) => commandOf(order, status)))
		await send(...steps.flat(), ...steps.flat())
		for (const order of orders) await untilDealtWith(order)
		for (const { id } of orders) {
			const { body } = await operator.get(`/admin/orders/${id}`)
			assert.deepEqual([body.status, body.version, body.refusals], ['received', 4, []])
		}
	})

	test('may be a CloudEvent in binary or structured mode, and hold more than we know', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		await shop.topics.publish(
			'orderStatus',
			{ value: { ...commandOf(order, 'assembling'), shelf: 7 }, headers: { ce_id: randomUUID(), ce_specversion: '1.0' } },
			{
				key: order.id,
				value: { specversion: '1.0', id: randomUUID(), source: '/inventory', data: commandOf(order, 'ready') },
				headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
			},
		)
		await untilDealtWith(order)
		assert.deepEqual((await historyOf(order)).at(-1), [3, 'ready'])
	})

	for (const [what, wrong, reason] of [
		['for an order that does not exist', (order: object) => ({ ...order, order_id: randomUUID() }), /^unknown_order/],
		['with an unknown status', (order: object) => ({ ...order, status: 'lost' }), /^unknown_status/],
		['without an event_id', (order: object) => ({ ...order, event_id: undefined }), /^wrong_schema: \/event_id is missing$/],
		[
			'whose order is no id',
			(order: object) => ({ ...order, order_id: '7' }),
			/^wrong_schema: \/order_id must match format "uuid"$/,
		],
	] as const) {
		test(`${what} is a dead letter with its reason, origin and bytes, and the next one is carried out`, async () => {
			const order = await placeOrder(anna, { 1: 1 })
			const mark = randomUUID()
			const command = wrong({ ...commandOf(order, 'assembling'), mark })
			await send(command, commandOf(order, 'ready'))
			const letter = await shop.topics.find('orderStatus.dlq', ({ value }) => value.mark === mark)
			assert.equal(letter.raw.value?.toString(), JSON.stringify(command))
			assert.equal(letter.headers['x-dlq-topic'], shop.service.topicNames.orderStatus)
			assert.match(letter.headers['x-dlq-error'] ?? '', reason)
			for (const header of ['x-dlq-partition', 'x-dlq-offset', 'x-dlq-attempts', 'x-dlq-at']) assert.ok(letter.headers[header])
			await eventually(async () =>
				assert.deepEqual(await historyOf(order), [
					[1, 'paid'],
					[2, 'ready'],
				]),
			)
		})
	}
})

async function refusedSoFar(status: string): Promise<number> {
	const text = await (await fetch(metricsUrl)).text()
	const [, count = '0'] = new RegExp(`^refused_status_commands_total\\{status="${status}"\\} (\\d+)$`, 'm').exec(text) ?? []
	return Number(count)
}

suite('A service that does not speak Kafka', () => {
	test('sends the same command by HTTP, and again without harm', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		const body = { event_id: randomUUID(), status: 'assembling' }
		const first = await robot.post(`/orders/${order.id}/status`, { body })
		assert.deepEqual([first.status, first.body.version], [200, 2])
		await robot.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status: 'ready' } })
		const again = await robot.post(`/orders/${order.id}/status`, { body })
		assert.deepEqual([again.status, again.body.status, again.body.version], [200, 'ready', 3])
		// Nor does it matter which way it comes the second time.
		await send({ ...body, order_id: order.id })
		await untilDealtWith(order)
		assert.equal((await historyOf(order)).length, 3)
		assert.deepEqual(await refusalsOf(order), [])
	})

	test('whose command was refused is refused again when the answer was lost, and it is noted and counted once', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		await anna.post(`/orders/${order.id}/cancel`)
		const body = { event_id: randomUUID(), status: 'ready' }
		const before = await refusedSoFar('ready')
		const first = await robot.post(`/orders/${order.id}/status`, { body })
		assert.deepEqual([first.status, first.body.code], [409, 'transition_refused'])
		const again = await robot.post(`/orders/${order.id}/status`, { body })
		assert.deepEqual([again.status, again.body], [409, first.body])
		await send({ ...body, order_id: order.id }, { ...body, order_id: order.id })
		await untilDealtWith(order)
		assert.equal((await refusalsOf(order)).length, 1)
		assert.equal(await refusedSoFar('ready'), before + 1)
		assert.equal((await historyOf(order)).length, 2)
	})

	test('is refused again, too, where another command had brought the order to that status before', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		for (const status of ['assembling', 'ready'])
			assert.equal((await robot.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status } })).status, 200)
		for (const status of ['assembling', 'paid']) {
			const body = { event_id: randomUUID(), status }
			const first = await robot.post(`/orders/${order.id}/status`, { body })
			const again = await robot.post(`/orders/${order.id}/status`, { body })
			assert.deepEqual([first.status, again.status, again.body], [409, 409, first.body])
		}
		assert.equal((await refusalsOf(order)).length, 2)
	})

	test('may count the commands of each order from 1: none is taken for another order’s', async () => {
		const [one, other, third] = [
			await placeOrder(anna, { 1: 1 }),
			await placeOrder(anna, { 1: 1 }),
			await placeOrder(anna, { 1: 1 }),
		]
		const body = { event_id: '1', status: 'assembling' }
		for (const { id } of [one, other]) {
			const answer = await robot.post(`/orders/${id}/status`, { body })
			assert.deepEqual([answer.status, answer.body.status], [200, 'assembling'])
		}
		await send({ ...body, order_id: third.id })
		await untilDealtWith(third)
		assert.deepEqual((await historyOf(third)).at(-1), [2, 'assembling'])
	})

	test('and sent a command before the shop was brought up to date may send it again: it changes nothing, and nobody else’s is lost', async () => {
		const [order, other] = [await placeOrder(anna, { 1: 1 }), await placeOrder(anna, { 1: 1 })]
		const body = { event_id: randomUUID(), status: 'assembling' }
		await robot.post(`/orders/${order.id}/status`, { body })
		await robot.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status: 'ready' } })
		await shop.sql`update inbox set event_id = ${body.event_id} where event_id like ${`%${body.event_id}`}`
		const again = await robot.post(`/orders/${order.id}/status`, { body })
		assert.deepEqual([again.status, again.body.status, again.body.version], [200, 'ready', 3])
		assert.deepEqual(await refusalsOf(order), [])
		assert.equal((await robot.post(`/orders/${other.id}/status`, { body })).body.status, 'assembling')
	})

	test('sees nothing of the person', async () => {
		const order = await placeOrder(anna, { 1: 2 }, COURIER)
		const { body, text } = await robot.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status: 'ready' } })
		const refused = await robot.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status: 'paid' } })
		assert.equal(refused.status, 409)
		for (const secret of [anna.phone, anna.email, anna.name, COURIER.address.full_address, COURIER.address.kladr_id]) {
			assert.ok(!text.includes(secret) && !refused.text.includes(secret), secret)
		}
		assert.ok(!('user_id' in body) && !('phone' in body))
		assert.deepEqual(body.delivery, { method: 'courier' })
		assert.deepEqual(body.history[0].actor, { type: 'customer', id: null })
		assert.deepEqual(body.items, order.items)
	})

	test('is not told why the customer or the staff did something, but why services did', async () => {
		const operator = await signInStaff(shop, 'operator')
		const order = await placeOrder(anna, { 1: 1 })
		const reason = 'звоните жене, +7 900 765-43-21'
		const headers = { 'if-match': '"1"' }
		await operator.patch(`/admin/orders/${order.id}/status`, { body: { status: 'assembling', reason }, headers })
		const packed = { event_id: randomUUID(), status: 'ready', reason: 'полка 7' }
		assert.equal((await robot.post(`/orders/${order.id}/status`, { body: packed })).status, 200)
		await operator.patch(`/admin/orders/${order.id}/status`, {
			body: { status: 'cancelled', reason },
			headers: { 'if-match': '"3"' },
		})
		const { status, body } = await robot.post(`/orders/${order.id}/status`, {
			body: { event_id: randomUUID(), status: 'received' },
		})
		assert.equal(status, 409)
		assert.deepEqual(
			body.current.history.map((line: { reason: string | null }) => line.reason),
			[null, null, 'полка 7', null],
		)
	})

	for (const [what, body, pointer] of [
		['without an event_id', { status: 'ready' }, '/event_id'],
		['with an empty event_id', { event_id: '', status: 'ready' }, '/event_id'],
		['without a status', { event_id: 'x' }, '/status'],
		['with an unknown status', { event_id: 'x', status: 'lost' }, '/status'],
		['with a field that there is not', { event_id: 'x', status: 'ready', order_id: 'x' }, '/order_id'],
	] as const) {
		test(`${what} is told what is wrong`, async () => {
			const order = await placeOrder(anna, { 1: 1 })
			const answer = await robot.post(`/orders/${order.id}/status`, { body })
			assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, pointer])
			assert.equal((await historyOf(order)).length, 1)
		})
	}

	test('is told that there is no such order, and that command counts when the order is there', async () => {
		const { status, body } = await robot.post(`/orders/${randomUUID()}/status`, { body: { event_id: 'early', status: 'ready' } })
		assert.deepEqual([status, body.code], [404, 'order_not_found'])
		const order = await placeOrder(anna, { 1: 1 })
		const again = await robot.post(`/orders/${order.id}/status`, { body: { event_id: 'early', status: 'ready' } })
		assert.deepEqual([again.status, again.body.version], [200, 2])
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))
