import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { COURIER, PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { serviceWithKey } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import type { Message } from '../support/topics.ts'

let shop: TestShop
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1, name: 'велосипед', cost: 500 }, { id: 2, name: 'насос', cost: 120 })
})

/** Waits until somebody has been sent so many messages, and returns them in their order. */
const sentTo = (person: Person, count: number): Promise<Message[]> =>
	eventually(async () => {
		const all = await shop.topics.read('notifications')
		const sent = all.filter(({ key }) => key === String(person.id))
		assert.ok(sent.length >= count, `${sent.length} of ${count} messages were sent`)
		return sent
	})

/** Has the warehouse move the order through these statuses. */
async function move(order: { id: string }, ...statuses: string[]): Promise<void> {
	const warehouse = await serviceWithKey(shop, 'orders:status')
	for (const status of statuses) {
		const { status: code } = await warehouse.post(`/orders/${order.id}/status`, { body: { event_id: randomUUID(), status } })
		assert.equal(code, 200)
	}
}

const kindOf = ({ value }: Message): string => [value.channel, value.template, value.data.status].filter(Boolean).join(' ')

suite('Whoever registers is greeted', () => {
	for (const [locale, name, text] of [
		['ru', 'Анна', 'Здравствуйте, Анна! Спасибо за регистрацию.'],
		['en', 'Ann', 'Hello, Ann! Thank you for registering.'],
	] as const) {
		test(`by SMS in their language: ${locale}`, async () => {
			const person = await registerPerson(shop, { name, locale })
			const [{ value, headers } = assert.fail()] = await sentTo(person, 1)
			const { phone } = person
			assert.deepEqual(value, { channel: 'sms', template: 'greeting', recipient: { phone }, locale, text, data: { name } })
			assert.equal(headers['ce_subject'], String(person.id))
			assert.equal(headers['content-type'], 'application/json')
		})
	}

	test('once: whoever comes back is not', async () => {
		const person = await registerPerson(shop)
		// An hour later a phone may get another code.
		await shop.sql`update login_code_sends set sent_at = sent_at - interval '1 hour'`
		assert.equal((await shop.guest.post('/login-codes', { body: { phone: person.phone } })).status, 202)
		const code = await eventually(async () => {
			const sent = (await shop.topics.read('loginCodes')).filter(({ value }) => value.recipient.phone === person.phone)
			assert.equal(sent.length, 2)
			return sent.at(-1)?.value.data.code
		})
		const opened = await shop.guest.post('/sessions', { body: { phone: person.phone, code } })
		assert.deepEqual([opened.status, opened.body.new_user], [201, false])
		await placeOrder(person, { 1: 1 })
		assert.deepEqual((await sentTo(person, 2)).map(kindOf), ['sms greeting', 'email order_placed'])
	})
})

suite('Whoever places an order gets an email', () => {
	test('with what was ordered and where it goes, as data and in words', async () => {
		const person = await registerPerson(shop)
		const order = await placeOrder(person, { 1: 2, 2: 1 }, COURIER)
		const [, { value } = assert.fail()] = await sentTo(person, 2)
		assert.deepEqual(value, {
			channel: 'email',
			template: 'order_placed',
			recipient: { email: person.email },
			locale: 'ru',
			subject: `Заказ № ${order.number} принят`,
			text: value.text,
			data: { order_number: order.number, total: 1120, items: order.items, delivery: COURIER },
		})
		for (const part of [String(order.number), 'велосипед', 'насос', '1120', 'RUB', COURIER.address.full_address]) {
			assert.ok(value.text.includes(part), part)
		}
	})

	test('in English, and to the point of pickup, when they wish so', async () => {
		const person = await registerPerson(shop, { name: 'Ann', locale: 'en' })
		const order = await placeOrder(person, { 1: 1 }, PICKUP)
		const [, { value } = assert.fail()] = await sentTo(person, 2)
		assert.deepEqual([value.locale, value.subject], ['en', `Order no. ${order.number} accepted`])
		assert.deepEqual(value.data.delivery, PICKUP)
		assert.match(value.text, /Pickup at point msk-1/)
	})

	test('one for an order, however often the request is repeated, and none for a refused one', async () => {
		const person = await registerPerson(shop)
		await person.put('/cart/items/1', { body: { quantity: 1 } })
		const headers = { 'idempotency-key': randomUUID() }
		const body = { phone: person.phone, delivery: PICKUP }
		await Promise.all(Array.from({ length: 5 }, () => person.post('/orders', { headers, body })))
		assert.equal((await person.post('/orders', { headers: { 'idempotency-key': randomUUID() }, body })).body.code, 'cart_empty')
		await move((await person.get('/orders')).body.data[0], 'assembling')
		assert.deepEqual((await sentTo(person, 3)).map(kindOf), [
			'sms greeting',
			'email order_placed',
			'email order_status assembling',
		])
	})
})

suite('Whoever waits for an order', () => {
	test('gets an email for each status, and an SMS too when it is ready', async () => {
		const person = await registerPerson(shop)
		const order = await placeOrder(person, { 1: 1 }, PICKUP)
		await move(order, 'assembling', 'ready', 'ready', 'received')
		const sent = (await sentTo(person, 6)).slice(2)
		assert.deepEqual(sent.map(kindOf).sort(), [
			'email order_status assembling',
			'email order_status ready',
			'email order_status received',
			'sms order_status ready',
		])
		const statuses = sent.map(({ value }) => value.data.status)
		assert.deepEqual(statuses, ['assembling', 'ready', 'ready', 'received'])
		const { value } = sent.find((message) => kindOf(message) === 'email order_status assembling') ?? assert.fail()
		assert.deepEqual(value, {
			channel: 'email',
			template: 'order_status',
			recipient: { email: person.email },
			locale: 'ru',
			subject: `Заказ № ${order.number}: В сборке`,
			text: `Заказ № ${order.number}: В сборке.`,
			data: { order_number: order.number, status: 'assembling', status_label: 'В сборке' },
		})
	})

	for (const [method, delivery, locale, label] of [
		['for pickup', PICKUP, 'ru', 'Готов к выдаче'],
		['by courier', COURIER, 'ru', 'Доставляется'],
		['for pickup', PICKUP, 'en', 'Ready for pickup'],
		['by courier', COURIER, 'en', 'Out for delivery'],
	] as const) {
		test(`${method} is told by SMS, in their language: ${label}`, async () => {
			const person = await registerPerson(shop, { locale })
			const order = await placeOrder(person, { 1: 1 }, delivery)
			await move(order, 'ready')
			const sms = (await sentTo(person, 4)).find((message) => kindOf(message) === 'sms order_status ready') ?? assert.fail()
			assert.deepEqual(sms.value.recipient, { phone: person.phone })
			assert.deepEqual(sms.value.data, { order_number: order.number, status: 'ready', status_label: label })
			assert.ok(sms.value.text.includes(String(order.number)) && sms.value.text.includes(label))
		})
	}

	test('is written to in the language and at the address that they have now', async () => {
		const person = await registerPerson(shop)
		const order = await placeOrder(person, { 1: 1 })
		const email = `${randomUUID().slice(0, 8)}@example.com`
		assert.equal((await person.patch('/me', { body: { locale: 'en', email } })).status, 200)
		await move(order, 'assembling')
		const { value } = (await sentTo(person, 3)).at(-1) ?? assert.fail()
		assert.deepEqual([value.locale, value.recipient, value.data.status_label], ['en', { email }, 'Being assembled'])
	})

	test('gets an email when they cancel it, and none when that is refused', async () => {
		const person = await registerPerson(shop)
		const order = await placeOrder(person, { 1: 1 })
		await person.post(`/orders/${order.id}/cancel`)
		await person.post(`/orders/${order.id}/cancel`)
		const late = await placeOrder(person, { 1: 1 })
		await move(late, 'assembling')
		assert.equal((await person.post(`/orders/${late.id}/cancel`)).status, 409)
		await move(late, 'received')
		assert.deepEqual((await sentTo(person, 6)).map(kindOf), [
			'sms greeting',
			'email order_placed',
			'email order_status cancelled',
			'email order_placed',
			'email order_status assembling',
			'email order_status received',
		])
	})
})
