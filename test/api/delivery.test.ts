import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Answer } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { COURIER, PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** Delivery: the choice at placing, and the tracking of `delivery.tracking.v1`. */
let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 10 })
	anna = await registerPerson(shop)
})

const CARRIER = { carrier: 'cdek', tracking_number: '1234567890' }

/** A message of the delivery service; every field may be given. */
const tracking = (orderId: string, given: Readonly<Record<string, unknown>>) => ({
	value: { event_id: randomUUID(), order_id: orderId, ...given },
})

const trackedAs = (person: Person, orderId: string, expected: (delivery: Answer['body']) => void) =>
	eventually(async () => {
		const { status, body } = await person.get(`/orders/${orderId}/delivery`)
		assert.equal(status, 200)
		expected(body)
		return body
	})

const changesOf = async (orderId: string) =>
	(await shop.topics.read('orders')).filter(
		({ key, headers }) => key === orderId && headers['ce_type'] === 'order.delivery_changed',
	)

/** What an order's tracking looks like in the database, without when it came. */
const tablesOf = (orderId: string) => shop.sql`
	select status, carrier, tracking_number, estimated_at, status_at,
		(select json_agg(json_build_array(event_id, status, location, occurred_at) order by event_id) from delivery_events
			where order_id = deliveries.order_id) as events
	from deliveries where order_id = ${orderId}`

suite('The customer chooses how the order comes', () => {
	const refused = async (delivery: unknown) => {
		const { status, body } = await anna.post('/orders', {
			headers: { 'idempotency-key': randomUUID(), 'accept-language': 'en' },
			body: { phone: anna.phone, delivery },
		})
		assert.equal(status, 400)
		assert.equal(body.code, 'validation_failed')
		return body.errors.map(({ pointer, message }: { pointer: string; message: string }) => `${pointer} ${message}`)
	}
	const notAField = 'is not a field this route knows: leave it out'

	test('a courier needs an address, and nothing of a pickup', async () => {
		assert.deepEqual(await refused({ method: 'courier' }), ['/delivery/address is missing'])
		assert.deepEqual(await refused({ ...COURIER, pickup_point_id: 'msk-1' }), [`/delivery/pickup_point_id ${notAField}`])
		assert.deepEqual(await refused({ method: 'courier', address: {} }), ['/delivery/address/full_address is missing'])
		assert.deepEqual(await refused({ method: 'courier', address: { full_address: ' \n ' } }), [
			'/delivery/address/full_address must not be blank',
		])
		assert.deepEqual(await refused({ method: 'courier', address: { full_address: 'Москва', flat: 2 } }), [
			`/delivery/address/flat ${notAField}`,
		])
		assert.equal((await refused({ method: 'courier', address: { full_address: 'я'.repeat(501) } })).length, 1)
		assert.equal((await refused({ method: 'courier', address: { full_address: 'Москва', kladr_id: '77' } })).length, 1)
	})

	test('a pickup needs a point, and an address is refused', async () => {
		assert.deepEqual(await refused({ method: 'pickup' }), ['/delivery/pickup_point_id is missing'])
		assert.deepEqual(await refused({ ...PICKUP, address: COURIER.address }), [`/delivery/address ${notAField}`])
		assert.deepEqual(await refused({ method: 'pickup', pickup_point_id: '' }), ['/delivery/pickup_point_id must not be blank'])
	})

	test('an unknown way is told with the known ones', async () => {
		for (const method of ['drone', 5, null]) {
			const [fault, ...others] = await refused({ method })
			assert.match(fault, /^\/delivery\/method must be (one of courier, pickup|string)$/)
			for (const other of others) assert.match(other, /^\/delivery\/method /)
		}
		assert.deepEqual(await refused({}), ['/delivery/method is missing'])
		assert.deepEqual(await refused('courier'), ['/delivery must be object'])
	})

	test('the order shows the choice, and nothing of its way yet', async () => {
		const untracked = { status: null, carrier: null, tracking_number: null, estimated_at: null, events: [] }
		const byCourier = await placeOrder(anna, { 10: 1 }, COURIER)
		assert.deepEqual(byCourier.delivery, { ...COURIER, ...untracked })
		assert.deepEqual((await anna.get(`/orders/${byCourier.id}/delivery`)).body, { ...COURIER, ...untracked })
		const byPickup = await placeOrder(anna, { 10: 1 }, PICKUP)
		assert.deepEqual((await anna.get(`/orders/${byPickup.id}/delivery`)).body, { ...PICKUP, ...untracked })
		const withoutKladr = { method: 'courier', address: { full_address: 'Тверь, Советская ул., 1' } }
		const order = await placeOrder(anna, { 10: 1 }, withoutKladr)
		assert.deepEqual((await anna.get(`/orders/${order.id}`)).body.delivery, { ...withoutKladr, ...untracked })
	})
})

suite('The delivery service tells where an order is', () => {
	const created = { status: 'created', occurred_at: '2026-11-23T10:00:00Z', ...CARRIER, estimated_at: '2026-11-25' }
	const handedOver = { status: 'handed_over', occurred_at: '2026-11-23T11:00:00Z', location: 'Москва' }
	const onItsWay = {
		status: 'in_transit',
		occurred_at: '2026-11-23T12:00:00+03:00',
		location: 'Тверь',
		estimated_at: '2026-11-26',
	}

	test('its messages are a timeline on the order, newest state first', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		await shop.topics.publish('tracking', tracking(order.id, created), tracking(order.id, handedOver))
		const delivery = await trackedAs(anna, order.id, (body) => assert.equal(body.events.length, 2))
		assert.deepEqual(delivery, {
			...COURIER,
			status: 'handed_over',
			...CARRIER,
			estimated_at: '2026-11-25',
			events: [
				{
					status: 'handed_over',
					location: 'Москва',
					carrier: null,
					tracking_number: null,
					estimated_at: null,
					occurred_at: '2026-11-23T11:00:00.000Z',
				},
				{
					status: 'created',
					location: null,
					...CARRIER,
					estimated_at: '2026-11-25',
					occurred_at: '2026-11-23T10:00:00.000Z',
				},
			],
		})
		assert.deepEqual((await anna.get(`/orders/${order.id}`)).body.delivery, delivery)
	})

	test('a list of orders shows the state without the timeline', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		await shop.topics.publish('tracking', tracking(order.id, created))
		await trackedAs(anna, order.id, (body) => assert.equal(body.status, 'created'))
		const { body } = await anna.get('/orders?limit=1')
		assert.deepEqual(body.data[0].delivery, { ...COURIER, status: 'created', ...CARRIER, estimated_at: '2026-11-25' })
	})

	test('a late message is put in its place by when it happened, and does not turn the state back', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		await shop.topics.publish('tracking', tracking(order.id, handedOver))
		await trackedAs(anna, order.id, (body) => assert.equal(body.status, 'handed_over'))
		// 12:00 in Moscow is 09:00 UTC: before everything else, whatever it says.
		await shop.topics.publish('tracking', tracking(order.id, onItsWay), tracking(order.id, created))
		const delivery = await trackedAs(anna, order.id, (body) => assert.equal(body.events.length, 3))
		assert.equal(delivery.status, 'handed_over')
		assert.equal(delivery.estimated_at, '2026-11-25')
		assert.deepEqual(
			delivery.events.map(({ status }: { status: string }) => status),
			['handed_over', 'created', 'in_transit'],
		)
	})

	test('a message that comes again changes nothing and tells nobody', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		const messages = [tracking(order.id, created), tracking(order.id, handedOver)]
		await shop.topics.publish('tracking', ...messages, ...messages)
		await trackedAs(anna, order.id, (body) => assert.equal(body.events.length, 2))
		const before = await tablesOf(order.id)
		const last = tracking(order.id, { ...created, status: 'returned', occurred_at: '2026-11-24T10:00:00Z' })
		await shop.topics.publish('tracking', ...messages.toReversed(), last)
		await trackedAs(anna, order.id, (body) => assert.equal(body.status, 'returned'))
		assert.notDeepEqual(await tablesOf(order.id), before)
		await eventually(async () => assert.ok((await changesOf(order.id)).length >= 3))
		assert.equal((await changesOf(order.id)).length, 3)
	})

	test('messages shuffled and three times over lead to the same tables', async () => {
		const [first, second] = [await placeOrder(anna, { 10: 1 }), await placeOrder(anna, { 10: 1 })]
		const statuses = ['created', 'handed_over', 'in_transit', 'at_pickup_point', 'out_for_delivery', 'delivered']
		const story = statuses.map((status, index) => ({
			event_id: `step-${index}`,
			status,
			// Each two at once.
			occurred_at: `2026-11-23T1${Math.floor(index / 2)}:00:00.123456Z`,
			location: `place ${index}`,
			...(index % 2 === 0 ? CARRIER : { estimated_at: `2026-11-2${index}` }),
		}))
		const of = (orderId: string, messages: object[]) => messages.map((message) => tracking(orderId, { ...message }))
		await shop.topics.publish('tracking', ...of(first.id, story))
		await trackedAs(anna, first.id, (body) => assert.equal(body.events.length, story.length))
		for (const round of [
			[4, 1, 5, 0, 3, 2],
			[0, 1, 2, 3, 4, 5],
			[5, 3, 1, 4, 2, 0],
		]) {
			await shop.topics.publish(
				'tracking',
				...of(
					second.id,
					round.flatMap((index) => story[index] ?? []),
				),
			)
		}
		await trackedAs(anna, second.id, (body) => assert.equal(body.events.length, story.length))
		assert.deepEqual([...(await tablesOf(second.id))], [...(await tablesOf(first.id))])
		const [one, other] = await Promise.all([anna.get(`/orders/${first.id}/delivery`), anna.get(`/orders/${second.id}/delivery`)])
		assert.deepEqual(other.body, one.body)
		assert.equal(one.body.status, 'delivered')
	})

	test('each change is told to the other services, with the delivery as the API showed it then', async () => {
		const order = await placeOrder(anna, { 10: 1 }, PICKUP)
		await shop.topics.publish('tracking', tracking(order.id, created), tracking(order.id, handedOver))
		const [first, second] = await eventually(async () => {
			const changes = await changesOf(order.id)
			assert.equal(changes.length, 2)
			return changes
		})
		const head = { order_id: order.id, number: order.number, user_id: anna.id }
		assert.deepEqual(second?.value, { ...head, delivery: (await anna.get(`/orders/${order.id}/delivery`)).body })
		const { events, ...state } = first?.value.delivery ?? {}
		assert.deepEqual(state, { ...PICKUP, status: 'created', ...CARRIER, estimated_at: '2026-11-25' })
		assert.equal(events.length, 1)
		const placed = await shop.topics.find(
			'orders',
			({ key, headers }) => key === order.id && headers['ce_type'] === 'order.placed',
		)
		assert.ok(placed.raw.publishedAt <= (first?.raw.publishedAt ?? new Date(0)))
	})

	test('the same id for two orders is two messages', async () => {
		const [one, other] = [await placeOrder(anna, { 10: 1 }), await placeOrder(anna, { 10: 1 })]
		const message = { ...created, event_id: 'the same' }
		await shop.topics.publish('tracking', tracking(one.id, message), tracking(other.id.toUpperCase(), message))
		for (const { id } of [one, other]) await trackedAs(anna, id, (body) => assert.equal(body.status, 'created'))
	})

	test('of very many messages the newest 100 are shown', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		const at = (minutes: number) => new Date(Date.parse('2026-11-23T10:00:00Z') + minutes * 60_000).toISOString()
		const messages = Array.from({ length: 130 }, (_, index) => ({ status: 'in_transit', occurred_at: at(index) }))
		await shop.topics.publish('tracking', ...messages.map((message) => tracking(order.id, message)))
		const delivery = await trackedAs(anna, order.id, (body) => assert.equal(body.events[0]?.occurred_at, at(129)))
		assert.equal(delivery.events.length, 100)
		assert.equal(delivery.events.at(-1).occurred_at, at(30))
	})
})

suite('What can’t be applied is put aside, and the rest goes on', () => {
	const said = { status: 'created', occurred_at: '2026-11-23T10:00:00Z' }
	const reasonOf = async (eventId: string) =>
		(await shop.topics.find('tracking.dlq', ({ value }) => value.event_id === eventId)).headers['x-dlq-error']

	test('a message for an order that does not exist is a dead letter', async () => {
		const [stranger, order] = [randomUUID(), await placeOrder(anna, { 10: 1 })]
		const lost = tracking(stranger, said)
		await shop.topics.publish('tracking', lost, tracking(order.id, said))
		assert.equal(await reasonOf(lost.value.event_id), `unknown_order: ${stranger}`)
		await trackedAs(anna, order.id, (body) => assert.equal(body.status, 'created'))
	})

	test('so is one with an unknown status, without a time, or with one that can’t be kept', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		const wrong = [
			tracking(order.id, { ...said, status: 'teleported' }),
			tracking(order.id, { status: 'created' }),
			...['yesterday', '2026-11-23T10:00:00', '0000-01-01T00:00:00Z', '2026-11-23T10:00:00+23:59', '2026-11-23T23:59:60Z'].map(
				(occurred_at) => tracking(order.id, { ...said, occurred_at }),
			),
			tracking(order.id, { ...said, estimated_at: '2026-02-30' }),
			tracking(`urn:uuid:${order.id}`, said),
		]
		await shop.topics.publish('tracking', ...wrong, tracking(order.id, said))
		for (const { value } of wrong) assert.match((await reasonOf(value.event_id)) ?? '', /^wrong_schema: \//)
		await trackedAs(anna, order.id, (body) => assert.equal(body.events.length, 1))
	})
})

suite('Only the customer sees where an order is', () => {
	test('another customer’s order is not there', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		const boris = await registerPerson(shop, { name: 'Борис' })
		const { status, body } = await boris.get(`/orders/${order.id}/delivery`)
		assert.deepEqual([status, body.code], [404, 'order_not_found'])
		assert.equal((await shop.guest.get(`/orders/${order.id}/delivery`)).status, 401)
	})

	test('an order that never was is not there, and an id that is none is refused', async () => {
		assert.equal((await anna.get(`/orders/${randomUUID()}/delivery`)).body.code, 'order_not_found')
		for (const id of ['1', `urn:uuid:${randomUUID()}`, '%7B%7D']) {
			const { status, body } = await anna.get(`/orders/${id}/delivery`)
			assert.deepEqual([status, body.errors[0].pointer], [400, '/id'])
		}
	})
})
