import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Answer, Client } from '../support/client.ts'
import { assertInvariants } from '../support/invariants.ts'
import { COURIER, PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const STATUSES = ['paid', 'assembling', 'ready', 'received', 'cancelled'] as const
type Status = (typeof STATUSES)[number]

/** Who may change to what, as the contract has it. */
const FULFILMENT: Readonly<Record<Status, readonly Status[]>> = {
	paid: ['assembling', 'ready', 'received', 'cancelled'],
	assembling: ['ready', 'received', 'cancelled'],
	ready: ['received', 'cancelled'],
	received: [],
	cancelled: [],
}
const CANCELLING: Readonly<Record<Status, readonly Status[]>> = {
	paid: ['cancelled'],
	assembling: [],
	ready: [],
	received: [],
	cancelled: [],
}

let shop: TestShop
let anna: Person
let operator: StaffMember
let robot: Client
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	operator = await signInStaff(shop, 'operator')
	robot = await serviceWithKey(shop, 'orders:status')
})

type PlacedOrder = { readonly id: string; readonly number: number; readonly version: number }

const byService = (order: PlacedOrder, status: Status, reason: string | null = null) =>
	robot.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status, reason } })

const byStaff = (order: PlacedOrder, status: Status, version = order.version) =>
	operator.patch(`/admin/orders/${order.id}/status`, {
		headers: { 'if-match': `"${version}"` },
		body: { status, reason: 'пора' },
	})

/** An order that has come as far as that. */
async function orderAt(status: Status, delivery: object = COURIER): Promise<PlacedOrder> {
	const order = await placeOrder(anna, { 1: 1 }, delivery)
	if (status === 'paid') return order
	const { body } = await byService(order, status)
	assert.equal(body.status, status)
	return body
}

/**
 * Sends a command of the inventory service and waits until it has been dealt with: messages of one key come in order, so that
 * is when a hopeless one that follows it has become a dead letter.
 */
async function byTopic(order: PlacedOrder, status: Status): Promise<undefined> {
	const last = randomUUID()
	const command = { event_id: randomUUID(), order_id: order.id, status, reason: 'пора' }
	await shop.topics.publish('orderStatus', { value: command }, { value: { ...command, event_id: last, status: 'lost' } })
	await shop.topics.find('orderStatus.dlq', ({ value }) => value.event_id === last)
}

type Way = {
	readonly who: string
	readonly table: Readonly<Record<Status, readonly Status[]>>
	readonly targets: readonly Status[]
	readonly actor: () => { type: string; id: unknown }
	readonly source: string
	/** Answers by HTTP where it is a way by HTTP. */
	readonly ask: (order: PlacedOrder, status: Status) => Promise<Answer | undefined>
}

const WAYS: readonly Way[] = [
	{
		who: 'the inventory service by its topic',
		table: FULFILMENT,
		targets: STATUSES,
		actor: () => ({ type: 'inventory', id: null }),
		source: 'topic',
		ask: byTopic,
	},
	{
		who: 'a service by its route',
		table: FULFILMENT,
		targets: STATUSES,
		actor: () => ({ type: 'service', id: 1 }),
		source: 'api',
		ask: (order, status) => byService(order, status, 'пора'),
	},
	{
		who: 'staff',
		table: FULFILMENT,
		targets: STATUSES,
		actor: () => ({ type: 'staff', id: operator.id }),
		source: 'admin',
		ask: byStaff,
	},
	{
		who: 'the customer',
		table: CANCELLING,
		targets: ['cancelled'],
		actor: () => ({ type: 'customer', id: anna.id }),
		source: 'api',
		ask: (order) => anna.post(`/orders/${order.id}/cancel`, { body: { reason: 'пора' } }),
	},
]

for (const way of WAYS) {
	suite(`Asked by ${way.who}, an order that is`, () => {
		for (const from of STATUSES) {
			for (const to of way.targets) {
				if (from === to) test(`${from} stays so, without an error, a line or an event`, () => assertStays(way, from))
				else if (way.table[from].includes(to)) test(`${from} becomes ${to}`, () => assertChanges(way, from, to))
				else test(`${from} does not become ${to}`, () => assertRefuses(way, from, to))
			}
		}
	})
}

async function assertChanges({ ask, actor, source }: Way, from: Status, to: Status): Promise<void> {
	const order = await orderAt(from)
	const answer = await ask(order, to)
	const { body, headers } = await anna.get(`/orders/${order.id}`)
	const version = order.version + 1
	assert.deepEqual([body.status, body.version, headers.get('etag')], [to, version, `"${version}"`])
	assert.equal(body.history.length, version)
	const { at, ...line } = body.history.at(-1)
	assert.deepEqual(line, { version, status: to, actor: actor(), source, reason: 'пора' })
	assert.equal(body.updated_at, at)
	assert.equal(body.can.cancel, false)
	if (answer) {
		assert.deepEqual([answer.status, answer.body.status, answer.body.version], [200, to, version])
		assert.equal(answer.headers.get('etag'), `"${version}"`)
	}
	const event = await shop.topics.find('orders', ({ key, value }) => key === order.id && value.version === version)
	assert.equal(event.headers['ce_type'], 'order.status_changed')
	assert.equal(event.headers['ce_subject'], order.id)
	assert.deepEqual(event.value, {
		order_id: order.id,
		number: order.number,
		user_id: anna.id,
		version,
		from,
		status: to,
		actor: actor(),
		source,
		reason: 'пора',
		occurred_at: at,
	})
}

async function assertRefuses({ ask, actor, source }: Way, from: Status, to: Status): Promise<void> {
	const order = await orderAt(from)
	const before = await anna.get(`/orders/${order.id}`)
	const answer = await ask(order, to)
	if (answer) {
		assert.deepEqual([answer.status, answer.body.code], [409, 'transition_refused'])
		assert.deepEqual([answer.body.current.id, answer.body.current.status], [order.id, from])
	}
	assert.equal((await anna.get(`/orders/${order.id}`)).text, before.text)
	const { body } = await operator.get(`/admin/orders/${order.id}`)
	const { type, id } = actor()
	const noted = type === 'inventory' || type === 'service'
	assert.deepEqual(
		body.refusals.map(({ at: _at, ...refusal }: { at: string }) => refusal),
		noted ? [{ from, status: to, actor: { type, id }, source, reason: 'пора' }] : [],
	)
}

async function assertStays({ ask }: Way, status: Status): Promise<void> {
	const order = await orderAt(status)
	const before = await anna.get(`/orders/${order.id}`)
	const answer = await ask(order, status)
	if (answer) assert.deepEqual([answer.status, answer.body.status, answer.body.version], [200, status, order.version])
	assert.equal((await anna.get(`/orders/${order.id}`)).text, before.text)
	assert.deepEqual((await operator.get(`/admin/orders/${order.id}`)).body.refusals, [])
}

suite('The labels of an order', () => {
	for (const [method, delivery, ready] of [
		['by courier', COURIER, 'Доставляется'],
		['for pickup', PICKUP, 'Готов к выдаче'],
	] as const) {
		test(`${method} are those of the mission, to its customer, to staff and to services`, async () => {
			const labels = {
				assembling: 'В сборке',
				ready,
				received: 'Получен',
				cancelled: 'Отменён',
				paid: 'Оплачен и ждёт сборки',
			}
			for (const status of STATUSES) {
				const order = await orderAt(status, delivery)
				assert.equal((await anna.get(`/orders/${order.id}`)).body.status_label, labels[status])
				assert.equal((await operator.get(`/admin/orders/${order.id}`)).body.status_label, labels[status])
				assert.equal((await byService(order, status)).body.status_label, labels[status])
			}
		})
	}
})

suite('What may come next', () => {
	test('is told to staff and to the customer by the same table', async () => {
		for (const status of STATUSES) {
			const { id } = await orderAt(status)
			assert.deepEqual((await operator.get(`/admin/orders/${id}`)).body.next_statuses, FULFILMENT[status])
			assert.equal((await anna.get(`/orders/${id}`)).body.can.cancel, CANCELLING[status].includes('cancelled'))
		}
	})
})

test('A whole way leaves a line for each step, without holes', async () => {
	const order = await orderAt('paid')
	await byService(order, 'assembling')
	await byStaff(order, 'ready', 2)
	await byTopic(order, 'received')
	const { body } = await anna.get(`/orders/${order.id}`)
	assert.deepEqual(
		body.history.map((line: { version: number; status: string; actor: { type: string } }) => [
			line.version,
			line.status,
			line.actor.type,
		]),
		[
			[1, 'paid', 'customer'],
			[2, 'assembling', 'service'],
			[3, 'ready', 'staff'],
			[4, 'received', 'inventory'],
		],
	)
	const times = body.history.map((line: { at: string }) => line.at)
	assert.deepEqual(times.toSorted(), times)
	assert.deepEqual([times[0], times[3]], [body.created_at, body.updated_at])
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))
