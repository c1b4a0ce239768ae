import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Answer, Client } from '../support/client.ts'
import { eventually, insistently } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { COURIER, PICKUP, type Person, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff } from '../support/staff.ts'

const AT_ONCE = 50
const wish = { phone: '+79001234567', delivery: COURIER }

let shop: TestShop
let other: TestShop
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1, cost: 500 }, { id: 2, cost: 120 })
})

const place = (who: Client, key: string, body: unknown = wish) =>
	insistently(() => who.post('/orders', { headers: { 'idempotency-key': key }, body }))

/** Somebody with two of product 1 in the cart. */
async function buyer(): Promise<Person> {
	const person = await registerPerson(shop)
	await fill(person)
	return person
}

async function fill(person: Person): Promise<void> {
	assert.equal((await person.put('/cart/items/1', { body: { quantity: 2 } })).status, 200)
}

const ordersOf = async (person: Person): Promise<{ id: string }[]> => (await person.get('/orders?limit=100')).body.data

const isReplay = ({ headers }: Answer): boolean => headers.get('idempotency-replayed') === 'true'

/** One order, and the same answer to everybody: only the first one is not marked as a repetition. */
async function assertOneOrder(person: Person, answers: readonly Answer[]): Promise<void> {
	assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
	assert.equal(new Set(answers.map(({ text }) => text)).size, 1)
	for (const header of ['location', 'etag', 'content-type']) {
		assert.equal(new Set(answers.map(({ headers }) => headers.get(header))).size, 1, header)
	}
	assert.equal(answers.filter((answer) => !isReplay(answer)).length, 1)
	const orders = await ordersOf(person)
	assert.deepEqual(
		orders.map(({ id }) => id),
		[answers[0]?.body.id],
	)
	assert.deepEqual((await person.get('/cart')).body.items, [])
}

suite('With one key', () => {
	test(`${AT_ONCE} requests at once make one order, and get the same answer`, async () => {
		const person = await buyer()
		const key = randomUUID()
		await assertOneOrder(person, await Promise.all(Array.from({ length: AT_ONCE }, () => place(person, key))))
	})

	test('so do they when two instances share them', async () => {
		const person = await buyer()
		const key = randomUUID()
		const instances = [person, other.guest.as(person.token)]
		const answers = Array.from({ length: AT_ONCE / 2 }, () => instances.map((instance) => place(instance, key))).flat()
		await assertOneOrder(person, await Promise.all(answers))
	})

	test('another request is refused, whatever differs, and changes nothing', async () => {
		const person = await buyer()
		const key = randomUUID()
		const first = await place(person, key)
		await fill(person)
		for (const [what, body] of Object.entries({
			phone: { ...wish, phone: '+79001234568' },
			method: { ...wish, delivery: PICKUP },
			address: { ...wish, delivery: { method: 'courier', address: { ...COURIER.address, full_address: 'Тверь' } } },
			'code of the classifier': { ...wish, delivery: { method: 'courier', address: { full_address: 'Москва' } } },
			'expected total': { ...wish, expected_total: first.body.total },
		})) {
			const { status, body: problem } = await place(person, key, body)
			assert.deepEqual([status, problem.code], [422, 'idempotency_key_reused'], what)
		}
		assert.equal((await ordersOf(person)).length, 1)
		assert.equal((await person.get('/cart')).body.total, 1000)
	})

	test('the same request in other words is the same request', async () => {
		const person = await buyer()
		const key = randomUUID()
		const first = await place(person, key)
		const raw = `{ "delivery": {"address":{"kladr_id":"7700000000000", "full_address":"Москва, Тверская ул., 1, кв. 2"},
			"method":"courier"}, "phone" : "8 (900) 123-45-67"}`
		const again = await person.post('/orders', { headers: { 'idempotency-key': key }, raw })
		assert.ok(isReplay(again))
		assert.equal(again.text, first.text)
	})

	test('somebody else makes an order of their own', async () => {
		const key = randomUUID()
		const [anna, boris] = [await buyer(), await buyer()]
		const [one, two] = await Promise.all([place(anna, key), place(boris, key)])
		assert.deepEqual([one.status, two.status, isReplay(one), isReplay(two)], [201, 201, false, false])
		assert.notEqual(one.body.id, two.body.id)
		assert.deepEqual([one.body.user_id, two.body.user_id], [anna.id, boris.id])
	})
})

suite('Two keys', () => {
	test('are two orders, even of equal carts', async () => {
		const person = await buyer()
		await place(person, randomUUID())
		await fill(person)
		assert.equal(isReplay(await place(person, randomUUID())), false)
		assert.equal((await ordersOf(person)).length, 2)
	})

	test('at once take one cart once: the others find it empty', async () => {
		const person = await buyer()
		const instances = [person, other.guest.as(person.token)]
		const answers = await Promise.all(
			Array.from({ length: 10 }, () => instances.map((instance) => place(instance, randomUUID()))).flat(),
		)
		assert.equal(answers.filter(({ status }) => status === 201).length, 1)
		assert.equal(answers.filter(({ status, body }) => status === 409 && body.code === 'cart_empty').length, 19)
		assert.equal((await ordersOf(person)).length, 1)
	})
})

suite('A failure leaves no key behind:', () => {
	for (const [what, code, hinder, mend] of [
		['an empty cart', 'cart_empty', (person: Person) => person.delete('/cart'), fill],
		[
			'a withdrawn product',
			'product_unavailable',
			async (person: Person) => {
				await putProducts(shop, { id: 7 })
				await person.put('/cart/items/7', { body: { quantity: 1 } })
				await shop.topics.publish('products', { key: '7', value: null })
				await eventually(async () => assert.equal((await shop.guest.get('/products/7')).status, 404))
			},
			(person: Person) => person.delete('/cart/items/7'),
		],
	] as const) {
		test(`after ${what} the key is free, for another request too`, async () => {
			const person = await buyer()
			await hinder(person)
			const key = randomUUID()
			const refused = await place(person, key)
			assert.deepEqual([refused.status, refused.body.code], [409, code])
			await mend(person)
			const placed = await place(person, key, { ...wish, delivery: PICKUP })
			assert.deepEqual([placed.status, isReplay(placed)], [201, false])
		})
	}

	test('after another total the key is free', async () => {
		const person = await buyer()
		const key = randomUUID()
		assert.equal((await place(person, key, { ...wish, expected_total: 1 })).body.code, 'total_changed')
		const placed = await place(person, key, { ...wish, expected_total: 1000 })
		assert.deepEqual([placed.status, isReplay(placed)], [201, false])
	})

	test('after a request that was wrong the key is free', async () => {
		const person = await buyer()
		const key = randomUUID()
		assert.equal((await place(person, key, { phone: '12' })).status, 400)
		assert.equal((await place(person, key)).status, 201)
	})
})

suite('A repeated request is answered byte for byte as it was', () => {
	test('after all that happened to the order, its product and its customer', async () => {
		const person = await buyer()
		const key = randomUUID()
		const first = await place(person, key)
		const operator = await signInStaff(shop, 'operator')
		const moved = await operator.patch(`/admin/orders/${first.body.id}/status`, {
			headers: { 'if-match': '"1"' },
			body: { status: 'assembling' },
		})
		assert.equal(moved.status, 200)
		const event = { event_id: randomUUID(), order_id: first.body.id, status: 'created', occurred_at: '2026-11-23T12:00:00Z' }
		await shop.topics.publish('tracking', { value: event })
		await eventually(async () => assert.equal((await person.get(`/orders/${first.body.id}/delivery`)).body.status, 'created'))
		await putProducts(shop, { id: 1, name: 'другое имя', cost: 900, version: 2 })
		await person.patch('/me', { body: { name: 'Жанна', email: 'j@example.com', locale: 'en' } })
		await fill(person)

		const again = await place(person, key)
		assert.equal(again.status, 201)
		assert.ok(isReplay(again))
		assert.equal(again.text, first.text)
		assert.deepEqual([again.headers.get('etag'), again.headers.get('location')], ['"1"', `/v1/orders/${first.body.id}`])
		// What was put into the cart since then stays there.
		assert.equal((await person.get('/cart')).body.total, 1800)
		assert.equal((await person.get(`/orders/${first.body.id}`)).body.status, 'assembling')
	})

	test('after a restart, and after the order was cancelled', async () => {
		const first = await startTestShop()
		await putProducts(first, { id: 1, cost: 500 }, { id: 2, cost: 120 })
		const person = await registerPerson(first)
		for (const id of [2, 1]) await person.put(`/cart/items/${id}`, { body: { quantity: id } })
		const key = randomUUID()
		const placed = await place(person, key)
		await first.close()

		const second = await startTestShop(first.settings)
		const same = second.guest.as(person.token)
		const again = await place(same, key)
		assert.ok(isReplay(again))
		assert.equal(again.text, placed.text)
		assert.equal((await same.post(`/orders/${placed.body.id}/cancel`)).body.status, 'cancelled')
		assert.equal((await place(same, key)).text, placed.text)
		await assertInvariants(second)
	})
})

suite('A key is 1–64 printable characters:', () => {
	const tooLong = 'k'.repeat(65)
	for (const [what, headers] of Object.entries<Record<string, string>>({
		'none at all': {},
		'an empty one': { 'idempotency-key': '' },
		'one of 65': { 'idempotency-key': tooLong },
		'one with a tab': { 'idempotency-key': 'a\tb' },
		'one with a letter beyond ASCII': { 'idempotency-key': 'clé' },
	})) {
		test(`${what} is refused`, async () => {
			const person = await buyer()
			const { status, body } = await person.post('/orders', { headers, body: wish })
			assert.deepEqual([status, body.code], [400, 'idempotency_key_required'])
			assert.deepEqual(await ordersOf(person), [])
		})
	}

	test('each of 1, each of 64 is taken', async () => {
		const person = await buyer()
		assert.equal((await place(person, '~')).status, 201)
		await fill(person)
		assert.equal((await place(person, '!'.repeat(64))).status, 201)
		assert.equal((await place(person, '!'.repeat(64))).headers.get('idempotency-replayed'), 'true')
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))
