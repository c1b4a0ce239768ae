import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const EMPTY = { items: [], positions: 0, total: 0, currency: 'RUB' }

let shop: TestShop
let lastId = 100
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, ...Array.from({ length: 25 }, (_, index) => ({ id: index + 1, cost: 100 })))
})

/** A product that no other test changes. */
async function newProduct(given: object = {}): Promise<number> {
	const id = ++lastId
	await putProducts(shop, { id, ...given })
	return id
}

const put = (person: Person, id: number | string, quantity: unknown) => person.put(`/cart/items/${id}`, { body: { quantity } })
const cartOf = async (person: Person) => (await person.get('/cart')).body

suite('A cart', () => {
	test('is empty at first', async () => {
		const anna = await registerPerson(shop)
		const { status, body } = await anna.get('/cart')
		assert.equal(status, 200)
		assert.deepEqual(body, { ...EMPTY, version: 0 })
	})

	test('holds what was put in, in that order, with sums and a total', async () => {
		const anna = await registerPerson(shop)
		const [bicycle, pump] = [await newProduct({ name: 'велосипед', cost: 500 }), await newProduct({ name: 'насос', cost: 7 })]
		const first = await put(anna, pump, 3)
		assert.equal(first.status, 200)
		assert.deepEqual(first.body, {
			items: [{ product_id: pump, name: 'насос', price: 7, quantity: 3, sum: 21, available: true }],
			positions: 1,
			total: 21,
			currency: 'RUB',
			version: 1,
		})
		const { body } = await put(anna, bicycle, 2)
		assert.deepEqual(body, {
			items: [
				{ product_id: pump, name: 'насос', price: 7, quantity: 3, sum: 21, available: true },
				{ product_id: bicycle, name: 'велосипед', price: 500, quantity: 2, sum: 1_000, available: true },
			],
			positions: 2,
			total: 1_021,
			currency: 'RUB',
			version: 2,
		})
		assert.deepEqual(await cartOf(anna), body)
	})

	test('has the quantity that was put last, at the same place', async () => {
		const anna = await registerPerson(shop)
		for (const [id, quantity] of [
			[1, 5],
			[2, 1],
			[1, 2],
		] as const)
			await put(anna, id, quantity)
		const { items } = await cartOf(anna)
		assert.deepEqual(
			items.map((item: { product_id: number; quantity: number }) => [item.product_id, item.quantity]),
			[
				[1, 2],
				[2, 1],
			],
		)
	})

	test('has a version that grows with each change, and with nothing else', async () => {
		const anna = await registerPerson(shop)
		const versions: number[] = []
		const note = async () => versions.push((await cartOf(anna)).version)
		await put(anna, 1, 1)
		await note()
		await put(anna, 1, 1)
		await anna.delete('/cart/items/2')
		await put(anna, 1, 0)
		await put(anna, 9_999, 1)
		await note()
		await put(anna, 1, 2)
		await note()
		await anna.delete('/cart/items/1')
		await note()
		await anna.delete('/cart/items/1')
		await anna.delete('/cart')
		await note()
		await put(anna, 1, 1)
		await anna.delete('/cart')
		await note()
		assert.deepEqual(versions, [1, 1, 2, 3, 3, 5])
	})

	test('carries its version as the ETag', async () => {
		const anna = await registerPerson(shop)
		const answers = [await anna.get('/cart'), await put(anna, 1, 1), await anna.delete('/cart/items/1'), await anna.get('/cart')]
		assert.deepEqual(
			answers.map(({ headers, body }) => [headers.get('etag'), body.version]),
			[0, 1, 2, 2].map((version) => [`"${version}"`, version]),
		)
	})

	test('shows the prices and names of today', async () => {
		const anna = await registerPerson(shop)
		const id = await newProduct({ name: 'насос', cost: 10 })
		await put(anna, id, 3)
		await putProducts(shop, { id, version: 2, name: 'насос ножной', cost: 12 })
		const { items, total, version } = await cartOf(anna)
		assert.deepEqual([items[0].name, items[0].price, items[0].sum, total, version], ['насос ножной', 12, 36, 36, 1])
	})

	test('shows a product that was withdrawn as not available, until it comes back or is taken out', async () => {
		const anna = await registerPerson(shop)
		const id = await newProduct({ cost: 10 })
		await put(anna, id, 1)
		const availability = async () => (await cartOf(anna)).items.map((item: { available: boolean }) => item.available)
		await shop.topics.publish('products', { key: String(id), value: null })
		await eventually(async () => assert.deepEqual(await availability(), [false]))
		const { status, body } = await put(anna, id, 2)
		assert.deepEqual([status, body.code], [404, 'product_not_found'])
		await putProducts(shop, { id, version: 2 })
		assert.deepEqual(await availability(), [true])
		assert.deepEqual((await anna.delete(`/cart/items/${id}`)).body, { ...EMPTY, version: 2 })
	})

	test('shows a product as not available when fewer pieces are left, and takes it all the same', async () => {
		const anna = await registerPerson(shop)
		const id = await newProduct({ available: 2 })
		for (const [quantity, available] of [
			[2, true],
			[3, false],
			[1, true],
		] as const) {
			const { status, body } = await put(anna, id, quantity)
			assert.deepEqual([status, body.items[0].available], [200, available])
		}
		await putProducts(shop, { id, version: 2, available: 0 })
		assert.equal((await cartOf(anna)).items[0].available, false)
	})

	test('is empty after an order, and its version has grown', async () => {
		const anna = await registerPerson(shop)
		await placeOrder(anna, { 1: 1 })
		assert.deepEqual(await cartOf(anna), { ...EMPTY, version: 2 })
	})

	test('can hold so much that its total is still exact', async () => {
		const anna = await registerPerson(shop)
		const id = await newProduct({ cost: 9_000_000_000 })
		assert.equal((await put(anna, id, 999)).body.total, 8_991_000_000_000)
	})
})

suite('Taking out', () => {
	test('removes one product, and answers the cart', async () => {
		const anna = await registerPerson(shop)
		for (const id of [1, 2, 3]) await put(anna, id, id)
		const { status, body } = await anna.delete('/cart/items/2')
		assert.equal(status, 200)
		assert.deepEqual([body.items.map((item: { product_id: number }) => item.product_id), body.total], [[1, 3], 400])
		assert.deepEqual(await cartOf(anna), body)
	})

	test('what is not in the cart changes nothing, also in a cart that never held a thing', async () => {
		const anna = await registerPerson(shop)
		for (const id of [1, 9_999]) {
			const { status, body } = await anna.delete(`/cart/items/${id}`)
			assert.equal(status, 200)
			assert.deepEqual(body, { ...EMPTY, version: 0 })
		}
	})

	test('everything empties the cart', async () => {
		const anna = await registerPerson(shop)
		for (const id of [1, 2]) await put(anna, id, id)
		const { status, text } = await anna.delete('/cart')
		assert.deepEqual([status, text], [204, ''])
		assert.deepEqual(await cartOf(anna), { ...EMPTY, version: 3 })
		assert.equal((await anna.delete('/cart')).status, 204)
	})
})

suite('Whoever prefers a minimal answer', () => {
	test('gets 204 and no body, and the change is made', async () => {
		const anna = await registerPerson(shop)
		const headers = { prefer: 'respond-async, return=minimal' }
		const putting = await anna.put('/cart/items/1', { headers, body: { quantity: 4 } })
		assert.deepEqual([putting.status, putting.text], [204, ''])
		assert.equal((await cartOf(anna)).items[0].quantity, 4)
		const removing = await anna.delete('/cart/items/1', { headers })
		assert.deepEqual([removing.status, removing.text], [204, ''])
		assert.equal((await cartOf(anna)).positions, 0)
	})

	test('is told why a change was not made', async () => {
		const anna = await registerPerson(shop)
		const { status, body } = await anna.put('/cart/items/9999', { headers: { prefer: 'return=minimal' }, body: { quantity: 1 } })
		assert.deepEqual([status, body.code], [404, 'product_not_found'])
	})

	test('gets the cart when the preference is another', async () => {
		const anna = await registerPerson(shop)
		for (const prefer of ['return=representation', 'xreturn=minimal', 'return=minimalistic']) {
			assert.equal((await anna.put('/cart/items/1', { headers: { prefer }, body: { quantity: 1 } })).status, 200, prefer)
		}
	})
})

suite('A cart takes', () => {
	test('from 1 to 999 of a product, whole', async () => {
		const anna = await registerPerson(shop)
		for (const quantity of [1, 999]) assert.equal((await put(anna, 1, quantity)).body.items[0].quantity, quantity)
		for (const quantity of [0, -1, 1_000, 1.5, '2', null, true, undefined]) {
			const { status, body } = await put(anna, 1, quantity)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', '/quantity'])
		}
		assert.equal((await cartOf(anna)).items[0].quantity, 999)
	})

	test('a product that is sold, by its id', async () => {
		const anna = await registerPerson(shop)
		for (const id of [9_999, 0, Number.MAX_SAFE_INTEGER]) {
			const { status, body } = await put(anna, id, 1)
			assert.deepEqual([status, body.code], [404, 'product_not_found'])
		}
		for (const id of ['bicycle', '-1', '1.5', '9007199254740993']) {
			for (const { status, body } of [await put(anna, id, 1), await anna.delete(`/cart/items/${id}`)]) {
				assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', '/product_id'])
			}
		}
		assert.deepEqual(await cartOf(anna), { ...EMPTY, version: 0 })
	})

	test('no field that nobody knows', async () => {
		const anna = await registerPerson(shop)
		const { status, body } = await anna.put('/cart/items/1', { body: { quantity: 1, price: 1 } })
		assert.deepEqual([status, body.errors[0].pointer], [400, '/price'])
		assert.equal((await anna.put('/cart/items/1', { raw: '{"quantity": 1, "__proto__": {"price": 1}}' })).status, 400)
		assert.equal((await cartOf(anna)).version, 0)
	})

	test('twenty products and no more; what is in may still change, and one that is taken out makes room', async () => {
		const anna = await registerPerson(shop)
		for (let id = 1; id <= 20; id++) assert.equal((await put(anna, id, 1)).status, 200)
		const { status, body } = await put(anna, 21, 1)
		assert.deepEqual([status, body.code, body.positions, body.positions_max], [409, 'too_many_positions', 20, 20])
		assert.equal((await put(anna, 20, 5)).status, 200)
		await anna.delete('/cart/items/1')
		assert.equal((await put(anna, 21, 1)).body.positions, 20)
		assert.equal((await put(anna, 1, 1)).status, 409)
	})
})
