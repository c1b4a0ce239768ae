import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { COURIER, PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** The mission, sentence by sentence, on a service that runs as a whole. */
let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, ...Array.from({ length: 25 }, (_, index) => ({ id: index + 1 })))
	anna = await registerPerson(shop)
})

suite('Products come from the inventory service, through a topic of their own', () => {
	test('a product that was told of can be looked at', async () => {
		await putProducts(shop, { id: 110, name: 'велосипед_110', cost: 700, available: 3 })
		const { status, body } = await shop.guest.get('/products/110')
		assert.equal(status, 200)
		assert.deepEqual(body, {
			id: 110,
			name: 'велосипед_110',
			description: 'Горный велосипед',
			price: 700,
			tax: 50,
			available: 3,
			measurements: { weight: 12_000, height: 1_000, width: 500, length: 1_800 },
		})
	})

	test('a product that was withdrawn is gone', async () => {
		await putProducts(shop, { id: 111 })
		await shop.topics.publish('products', { key: '111', value: null })
		await eventually(async () => assert.equal((await shop.guest.get('/products/111')).status, 404))
	})
})

suite('A guest may only look at the list of products', () => {
	test('the list is there for everybody', async () => {
		const { status, body } = await shop.guest.get('/products?limit=5')
		assert.equal(status, 200)
		assert.equal(body.data.length, 5)
	})

	test('a cart or an order needs a customer', async () => {
		assert.equal((await shop.guest.get('/cart')).status, 401)
		assert.equal((await shop.guest.put('/cart/items/1', { body: { quantity: 1 } })).status, 401)
		assert.equal((await shop.guest.post('/orders', { body: {} })).status, 401)
	})
})

suite('Registration needs a name, a phone number and an email', () => {
	for (const missing of ['name', 'phone', 'email']) {
		test(`without ${missing} it is refused, with a pointer to it`, async () => {
			const whole: Record<string, unknown> = { name: 'Анна', phone: '+79001234567', email: 'a@example.com', consent: true }
			delete whole[missing]
			const { status, body } = await shop.guest.post('/users', { body: whole })
			assert.equal(status, 400)
			assert.deepEqual(
				body.errors.map((fault: { pointer: string }) => fault.pointer),
				[`/${missing}`],
			)
		})
	}

	test('on success the user is sent an SMS with a greeting', async () => {
		const boris = await registerPerson(shop, { name: 'Борис' })
		const { value, key } = await shop.topics.find('notifications', (message) => message.value.recipient.phone === boris.phone)
		assert.equal(key, String(boris.id))
		assert.deepEqual(value, {
			channel: 'sms',
			template: 'greeting',
			recipient: { phone: boris.phone },
			locale: 'ru',
			text: 'Здравствуйте, Борис! Спасибо за регистрацию.',
			data: { name: 'Борис' },
		})
		const { headers } = await shop.topics.find('users', (message) => message.value.user_id === boris.id)
		assert.equal(headers['ce_type'], 'user.registered')
	})
})

suite('To place an order the user must', () => {
	const place = (person: Person, body: object) => person.post('/orders', { headers: { 'idempotency-key': randomUUID() }, body })

	test('have at least 1 product in the cart', async () => {
		const { status, body } = await place(anna, { phone: anna.phone, delivery: COURIER })
		assert.equal(status, 409)
		assert.equal(body.code, 'cart_empty')
	})

	test('give a phone number', async () => {
		const { status, body } = await place(anna, { delivery: COURIER })
		assert.equal(status, 400)
		assert.equal(body.errors[0].pointer, '/phone')
	})

	test('choose the delivery method: courier or pickup', async () => {
		const { status, body } = await place(anna, { phone: anna.phone })
		assert.equal(status, 400)
		assert.equal(body.errors[0].pointer, '/delivery')
		assert.equal((await place(anna, { phone: anna.phone, delivery: { method: 'drone' } })).status, 400)
		const byCourier = await placeOrder(anna, { 1: 2 }, COURIER)
		assert.deepEqual(byCourier.delivery.address, COURIER.address)
		const byPickup = await placeOrder(anna, { 1: 2 }, PICKUP)
		assert.equal(byPickup.delivery.pickup_point_id, PICKUP.pickup_point_id)
	})

	test('keep to 20 positions: the cart takes no 21st product', async () => {
		const vera = await registerPerson(shop, { name: 'Вера' })
		for (let id = 1; id <= 20; id++) assert.equal((await vera.put(`/cart/items/${id}`, { body: { quantity: id } })).status, 200)
		const { status, body } = await vera.put('/cart/items/21', { body: { quantity: 1 } })
		assert.equal(status, 409)
		assert.equal(body.code, 'too_many_positions')
		const order = await placeOrder(vera, {})
		assert.equal(order.items.length, 20)
		assert.equal(order.total, 500 * 210)
	})
})

suite('An order goes through five statuses', () => {
	const LABELS = { paid: 'Оплачен и ждёт сборки', assembling: 'В сборке', received: 'Получен', cancelled: 'Отменён' }

	test('it begins as paid, and the inventory service moves it', async () => {
		const order = await placeOrder(anna, { 2: 1 }, PICKUP)
		assert.equal(order.status, 'paid')
		assert.equal(order.status_label, LABELS.paid)
		for (const [status, label] of [
			['assembling', LABELS.assembling],
			['ready', 'Готов к выдаче'],
			['received', LABELS.received],
		]) {
			await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: order.id, status, reason: null } })
			await eventually(async () => {
				const { body } = await anna.get(`/orders/${order.id}`)
				assert.equal(body.status, status)
				assert.equal(body.status_label, label)
			})
		}
		const { body } = await anna.get(`/orders/${order.id}`)
		assert.deepEqual(
			body.history.map((line: { version: number; status: string; source: string }) => [line.version, line.status, line.source]),
			[
				[1, 'paid', 'api'],
				[2, 'assembling', 'topic'],
				[3, 'ready', 'topic'],
				[4, 'received', 'topic'],
			],
		)
	})

	test('ready is told by delivery method, in the language that is asked for', async () => {
		const order = await placeOrder(anna, { 2: 1 }, COURIER)
		await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: order.id, status: 'ready' } })
		await eventually(async () => assert.equal((await anna.get(`/orders/${order.id}`)).body.status_label, 'Доставляется'))
		const english = await anna.get(`/orders/${order.id}`, { headers: { 'accept-language': 'en' } })
		assert.equal(english.body.status_label, 'Out for delivery')
	})

	test('an administrator changes the status', async () => {
		const operator = await signInStaff(shop, 'operator')
		const order = await placeOrder(anna, { 2: 1 })
		const { status, body } = await operator.patch(`/admin/orders/${order.id}/status`, {
			headers: { 'if-match': '"1"' },
			body: { status: 'assembling', reason: 'собираем' },
		})
		assert.equal(status, 200)
		assert.equal(body.status, 'assembling')
		const { value } = await shop.topics.find('orders', ({ value: event }) => event.order_id === order.id && event.version === 2)
		assert.deepEqual(
			{ from: value.from, status: value.status, actor: value.actor, source: value.source, reason: value.reason },
			{ from: 'paid', status: 'assembling', actor: { type: 'staff', id: operator.id }, source: 'admin', reason: 'собираем' },
		)
	})

	test('the customer cancels it while it is paid, and not later', async () => {
		const order = await placeOrder(anna, { 2: 1 })
		assert.equal(order.can.cancel, true)
		const cancelled = await anna.post(`/orders/${order.id}/cancel`, { body: { reason: 'передумала' } })
		assert.equal(cancelled.body.status, 'cancelled')
		assert.equal(cancelled.body.status_label, LABELS.cancelled)
		const other = await placeOrder(anna, { 2: 1 })
		await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: other.id, status: 'assembling' } })
		await eventually(async () => assert.equal((await anna.get(`/orders/${other.id}`)).body.status, 'assembling'))
		const refused = await anna.post(`/orders/${other.id}/cancel`)
		assert.equal(refused.status, 409)
		assert.equal(refused.body.code, 'transition_refused')
		assert.equal(refused.body.current.status, 'assembling')
	})
})

suite('The delivery of an order is tracked', () => {
	test('what the carrier tells stands on the order as a timeline, the newest state first', async () => {
		const order = await placeOrder(anna, { 3: 1 })
		const told = (status: string, occurred_at: string) => ({
			value: {
				event_id: randomUUID(),
				order_id: order.id,
				status,
				carrier: 'cdek',
				tracking_number: '123',
				location: 'Москва',
				occurred_at,
			},
		})
		await shop.topics.publish('tracking', told('in_transit', '2026-11-23T12:00:00Z'), told('created', '2026-11-23T10:00:00Z'))
		await eventually(async () => {
			const { body } = await anna.get(`/orders/${order.id}/delivery`)
			assert.equal(body.status, 'in_transit')
			assert.equal(body.carrier, 'cdek')
			assert.deepEqual(
				body.events.map((event: { status: string }) => event.status),
				['in_transit', 'created'],
			)
		})
	})
})

suite('Every day a service asks for a report of all that was sold', () => {
	test('it gets a unique number at once, and an event and a file when it is ready', async () => {
		const seller = await startTestShop()
		await putProducts(seller, { id: 10, name: 'велосипед_10', cost: 500 })
		const buyers = []
		for (const name of ['Первый', 'Второй']) {
			const buyer = await registerPerson(seller, { name })
			await placeOrder(buyer, { 10: 1 })
			buyers.push(buyer)
		}
		const regretter = await registerPerson(seller, { name: 'Третий' })
		const regretted = await placeOrder(regretter, { 10: 4 })
		assert.equal((await regretter.post(`/orders/${regretted.id}/cancel`)).status, 200)
		const service = await serviceWithKey(seller, 'reports')

		const asked = await service.post('/reports')
		assert.equal(asked.status, 202)
		assert.deepEqual(Object.keys(asked.body), ['report_id', 'number', 'status'])
		assert.equal(asked.body.status, 'pending')
		const another = await service.post('/reports')
		assert.ok(another.body.number > asked.body.number)

		const { value, headers } = await seller.topics.find('reports', (message) => message.value.report_id === asked.body.report_id)
		assert.equal(headers['ce_type'], 'report.completed')
		assert.equal(value.number, asked.body.number)
		assert.equal(value.lines, 2)
		const file = await fetch(`${seller.url}/v1/reports/${asked.body.report_id}/file`, {
			headers: { authorization: `Bearer ${service.key}` },
		})
		assert.equal(file.status, 200)
		const [one, two] = buyers.map(
			(buyer) => `{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": ${buyer.id}}}\n`,
		)
		assert.equal(await file.text(), `${one}${two}`)
	})
})
