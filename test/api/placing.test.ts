import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Client } from '../support/client.ts'
import { assertInvariants } from '../support/invariants.ts'
import { COURIER, PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1, name: 'велосипед_1', cost: 500 }, { id: 2, name: 'насос', cost: 120 }, { id: 3, cost: 0 })
	anna = await registerPerson(shop)
})

const place = (who: Client, body: unknown, headers: Readonly<Record<string, string>> = { 'idempotency-key': randomUUID() }) =>
	who.post('/orders', { headers, body })

const put = (who: Client, id: number, quantity: number) => who.put(`/cart/items/${id}`, { body: { quantity } })

suite('An order', () => {
	test('is made of the cart and answered whole, with its address and version in the headers', async () => {
		await put(anna, 2, 3)
		await put(anna, 1, 2)
		const { status, headers, body } = await place(anna, { phone: '8 900 765-43-21', delivery: COURIER, expected_total: 1360 })
		assert.equal(status, 201)
		assert.match(body.id, UUID)
		assert.ok(Number.isInteger(body.number))
		assert.match(body.created_at, MOMENT)
		assert.deepEqual(body, {
			id: body.id,
			number: body.number,
			status: 'paid',
			status_label: 'Оплачен и ждёт сборки',
			version: 1,
			items: [
				{ product_id: 2, name: 'насос', price: 120, quantity: 3, sum: 360 },
				{ product_id: 1, name: 'велосипед_1', price: 500, quantity: 2, sum: 1000 },
			],
			total: 1360,
			currency: 'RUB',
			phone: '+79007654321',
			user_id: anna.id,
			delivery: { ...COURIER, status: null, carrier: null, tracking_number: null, estimated_at: null, events: [] },
			history: [
				{
					version: 1,
					status: 'paid',
					actor: { type: 'customer', id: anna.id },
					source: 'api',
					reason: null,
					at: body.created_at,
				},
			],
			can: { cancel: true },
			created_at: body.created_at,
			updated_at: body.created_at,
		})
		assert.equal(headers.get('location'), `/v1/orders/${body.id}`)
		assert.equal(headers.get('etag'), '"1"')
		assert.equal(headers.get('idempotency-replayed'), null)
		const seen = await anna.get(`/orders/${body.id}`)
		assert.deepEqual(seen.body, body)
		assert.equal(seen.headers.get('etag'), '"1"')
	})

	test('empties the cart', async () => {
		await placeOrder(anna, { 1: 1 })
		const { body } = await anna.get('/cart')
		assert.deepEqual([body.items, body.positions, body.total], [[], 0, 0])
	})

	test('for pickup names the point, and a courier needs no code of the classifier', async () => {
		const byPickup = await placeOrder(anna, { 1: 1 }, PICKUP)
		assert.equal(byPickup.delivery.pickup_point_id, 'msk-1')
		assert.ok(!('address' in byPickup.delivery))
		const byCourier = await placeOrder(anna, { 1: 1 }, { method: 'courier', address: { full_address: 'Тверь' } })
		assert.deepEqual(byCourier.delivery.address, { full_address: 'Тверь' })
	})

	test('of something that costs nothing costs nothing', async () => {
		assert.equal((await placeOrder(anna, { 3: 7 })).total, 0)
	})

	test('has a number that is greater than that of the one before', async () => {
		const first = await placeOrder(anna, { 1: 1 })
		assert.ok((await placeOrder(anna, { 1: 1 })).number > first.number)
	})

	test('keeps the price and the name it was placed at', async () => {
		await putProducts(shop, { id: 10, name: 'самокат', cost: 700 })
		const order = await placeOrder(anna, { 10: 2 })
		await put(anna, 10, 1)
		await putProducts(shop, { id: 10, name: 'самокат новый', cost: 900, version: 2 })
		assert.equal((await anna.get('/cart')).body.total, 900)
		const { body } = await anna.get(`/orders/${order.id}`)
		assert.deepEqual(body.items, [{ product_id: 10, name: 'самокат', price: 700, quantity: 2, sum: 1400 }])
		assert.equal(body.total, 1400)
		await anna.delete('/cart')
	})

	test('is told of with all that a warehouse and a courier need', async () => {
		const order = await placeOrder(anna, { 1: 2, 2: 1 })
		const { key, value, headers } = await shop.topics.find('orders', (message) => message.key === order.id)
		assert.equal(key, order.id)
		const { history: _history, status_label: _label, can: _can, ...told } = order
		assert.deepEqual(value, { order: told })
		assert.match(headers['ce_id'] ?? '', UUID)
		assert.match(headers['ce_time'] ?? '', MOMENT)
		assert.match(headers['traceparent'] ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
		const { ce_id: _id, ce_time: _time, traceparent: _trace, ...fixed } = headers
		assert.deepEqual(fixed, {
			ce_specversion: '1.0',
			ce_source: '/prilavok',
			ce_type: 'order.placed',
			ce_subject: order.id,
			'content-type': 'application/json',
		})
	})
})

suite('Placing is refused', () => {
	let vera: Person
	before(async () => {
		vera = await registerPerson(shop, { name: 'Вера' })
		await put(vera, 1, 2)
	})
	const phone = '+79001234567'
	const address = COURIER.address

	for (const [what, body, pointers] of [
		['without a phone', { delivery: COURIER }, ['/phone']],
		['with a phone that there can’t be', { phone: '12', delivery: COURIER }, ['/phone']],
		['with a phone that is no text', { phone: 79001234567, delivery: COURIER }, ['/phone']],
		['without a delivery', { phone }, ['/delivery']],
		['without both, with a fault for each', {}, ['/delivery', '/phone']],
		['without a method', { phone, delivery: {} }, ['/delivery/method']],
		['with a method that there is not', { phone, delivery: { method: 'drone' } }, ['/delivery/method']],
		['by courier without an address', { phone, delivery: { method: 'courier' } }, ['/delivery/address']],
		['by courier to nowhere', { phone, delivery: { method: 'courier', address: {} } }, ['/delivery/address/full_address']],
		[
			'by courier to a blank address',
			{ phone, delivery: { method: 'courier', address: { full_address: ' ' } } },
			['/delivery/address/full_address'],
		],
		[
			'with a wrong code of the classifier',
			{ phone, delivery: { method: 'courier', address: { ...address, kladr_id: '77' } } },
			['/delivery/address/kladr_id'],
		],
		['by courier with a pickup point', { phone, delivery: { ...COURIER, pickup_point_id: 'x' } }, ['/delivery/pickup_point_id']],
		['for pickup with an address', { phone, delivery: { ...PICKUP, address } }, ['/delivery/address']],
		['for pickup without a point', { phone, delivery: { method: 'pickup' } }, ['/delivery/pickup_point_id']],
		['with a total that is no whole number', { phone, delivery: PICKUP, expected_total: 10.5 }, ['/expected_total']],
		['with a total as text', { phone, delivery: PICKUP, expected_total: '1000' }, ['/expected_total']],
		['with a field that there is not', { phone, delivery: PICKUP, items: [] }, ['/items']],
		['with prices of one’s own', { phone, delivery: PICKUP, total: 1, price: 1 }, ['/price', '/total']],
	] as const) {
		test(`${what}, with a pointer to it, and leaves the cart`, async () => {
			const { status, body: problem } = await place(vera, body)
			assert.equal(status, 400)
			assert.equal(problem.code, 'validation_failed')
			const told = new Set<string>(problem.errors.map((fault: { pointer: string }) => fault.pointer))
			assert.deepEqual([...told].sort(), pointers)
			assert.equal((await vera.get('/cart')).body.total, 1000)
		})
	}

	test('when the total is no longer the expected one, which the answer tells', async () => {
		await putProducts(shop, { id: 20, cost: 100 })
		const dina = await registerPerson(shop)
		await put(dina, 20, 3)
		await putProducts(shop, { id: 20, cost: 110, version: 2 })
		const wish = { phone, delivery: PICKUP, expected_total: 300 }
		const { status, body } = await place(dina, wish)
		assert.deepEqual([status, body.code, body.total], [409, 'total_changed', 330])
		assert.equal((await dina.get('/cart')).body.total, 330)
		assert.equal((await place(dina, { ...wish, expected_total: body.total })).body.total, 330)
	})

	test('when the cart has more positions than an order may, after the limit was lowered', async () => {
		const strict = await startTestShop({ ...shop.settings, ORDER_POSITIONS_MAX: '1' })
		const dina = await registerPerson(shop)
		await put(dina, 1, 1)
		await put(dina, 2, 1)
		const { status, body } = await place(strict.guest.as(dina.token), { phone, delivery: PICKUP })
		assert.deepEqual([status, body.code, body.positions, body.positions_max], [409, 'too_many_positions', 2, 1])
		assert.equal((await dina.get('/cart')).body.positions, 2)
		assert.equal((await place(dina, { phone, delivery: PICKUP })).status, 201)
		await strict.close()
	})

	test('when the sum can’t be told exactly', async () => {
		await putProducts(shop, { id: 21, cost: Number.MAX_SAFE_INTEGER })
		const dina = await registerPerson(shop)
		await put(dina, 21, 2)
		const { status, body } = await place(dina, { phone, delivery: PICKUP })
		assert.deepEqual([status, body.code], [409, 'total_too_large'])
		await put(dina, 21, 1)
		assert.equal((await place(dina, { phone, delivery: PICKUP })).body.total, Number.MAX_SAFE_INTEGER)
		assert.equal((await dina.get('/orders')).body.data.length, 1)
	})
})

suite('A customer’s orders', () => {
	test('are listed newest first, page by page, without history and tracking events', async () => {
		const boris = await registerPerson(shop, { name: 'Борис' })
		const placed = []
		for (let count = 0; count < 5; count++)
			placed.unshift(await placeOrder(boris, { 1: count + 1 }, count % 2 ? COURIER : PICKUP))
		const event = { event_id: randomUUID(), order_id: placed[0].id, status: 'created', occurred_at: '2026-11-23T12:00:00Z' }
		await shop.topics.publish('tracking', { value: event })
		await shop.topics.find('orders', (message) => message.value.delivery?.status === 'created')

		const expected = placed.map(({ history: _history, delivery: { events: _events, ...delivery }, ...order }, index) => ({
			...order,
			delivery: index === 0 ? { ...delivery, status: 'created' } : delivery,
		}))
		assert.deepEqual((await boris.get('/orders')).body, { data: expected, next_cursor: null })

		const seen = []
		let cursor: string | null = ''
		for (const size of [2, 2, 1]) {
			const { body } = await boris.get(`/orders?limit=2${cursor && `&cursor=${cursor}`}`)
			assert.equal(body.data.length, size)
			seen.push(...body.data)
			cursor = body.next_cursor
		}
		assert.equal(cursor, null)
		assert.deepEqual(seen, expected)
		// A page of exactly what is left is the last one.
		assert.equal((await boris.get('/orders?limit=5')).body.next_cursor, null)
	})

	test('stay in their places on later pages when another one is placed meanwhile', async () => {
		const boris = await registerPerson(shop, { name: 'Борис' })
		const placed = [await placeOrder(boris, { 1: 1 }), await placeOrder(boris, { 1: 2 })]
		const { body: first } = await boris.get('/orders?limit=1')
		await placeOrder(boris, { 1: 3 })
		const { body: second } = await boris.get(`/orders?limit=1&cursor=${first.next_cursor}`)
		assert.deepEqual([first.data[0].id, second.data[0].id, second.next_cursor], [placed[1].id, placed[0].id, null])
	})

	for (const [what, query, pointer] of [
		['of no entries', 'limit=0', '/limit'],
		['of more than 100', 'limit=101', '/limit'],
		['with a cursor that is not ours', 'cursor=abc', '/cursor'],
		['with a cursor of another list', `cursor=${Buffer.from('["-total",5,6]').toString('base64url')}`, '/cursor'],
		['with a filter that there is not', 'status=paid', '/status'],
	]) {
		test(`a page ${what} is refused`, async () => {
			const { status, body } = await anna.get(`/orders?${query}`)
			assert.equal(status, 400)
			assert.equal(body.errors[0].pointer, pointer)
		})
	}

	test('are nobody else’s: for every verb there is no such order', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		const eve = await registerPerson(shop, { name: 'Ева' })
		for (const [method, path] of [
			['GET', ''],
			['GET', '/delivery'],
			['POST', '/cancel'],
		] as const) {
			const strange = await eve.request(method, `/orders/${order.id}${path}`)
			const missing = await eve.request(method, `/orders/${randomUUID()}${path}`)
			assert.deepEqual([strange.status, strange.body.code], [404, 'order_not_found'])
			assert.equal(strange.text, missing.text)
			assert.equal((await shop.guest.request(method, `/orders/${order.id}${path}`)).status, 401)
		}
		assert.deepEqual((await eve.get('/orders')).body.data, [])
		assert.equal((await anna.get(`/orders/${order.id}`)).body.status, 'paid')
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))
