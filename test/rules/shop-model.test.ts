import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { COURIER, PICKUP, type Person, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { assertInvariants } from '../support/invariants.ts'

const RUNS = 40
const COMMANDS_MAX = 40
/** Small, so that sequences reach it. */
const POSITIONS_MAX = 3
const PRODUCTS = 5
const PRICE = 100

/** What the mission says must be: a cart, orders by their key, and the stock of what is tracked. */
type Model = {
	cart: Map<number, number>
	readonly orders: Map<string, { id: string; total: number; status: 'paid' | 'cancelled'; body: string }>
	/** Pieces left, by product; untracked products are missing. */
	readonly stock: Map<number, number>
}

type World = { readonly person: Person; readonly idOf: (product: number) => number }

type Command = fc.AsyncCommand<Model, World>

const priceOf = (product: number): number => PRICE * (product + 1)
const totalOf = (cart: ReadonlyMap<number, number>): number =>
	[...cart].reduce((sum, [product, quantity]) => sum + priceOf(product) * quantity, 0)

const put = (product: number, quantity: number): Command => ({
	check: () => true,
	toString: () => `put ${quantity} of ${product}`,
	async run(model, { person, idOf }) {
		const { status, body } = await person.put(`/cart/items/${idOf(product)}`, { body: { quantity } })
		if (!model.cart.has(product) && model.cart.size >= POSITIONS_MAX) {
			assert.deepEqual([status, body.code], [409, 'too_many_positions'])
			return
		}
		model.cart.set(product, quantity)
		assert.equal(status, 200)
		assertCart(body, model, idOf)
	},
})

const remove = (product: number): Command => ({
	check: () => true,
	toString: () => `remove ${product}`,
	async run(model, { person, idOf }) {
		model.cart.delete(product)
		const { status, body } = await person.delete(`/cart/items/${idOf(product)}`)
		assert.equal(status, 200)
		assertCart(body, model, idOf)
	},
})

const clear = (): Command => ({
	check: () => true,
	toString: () => 'clear',
	async run(model, { person }) {
		model.cart = new Map()
		assert.equal((await person.delete('/cart')).status, 204)
	},
})

const place = (key: string, delivery: object): Command => ({
	check: () => true,
	toString: () => `place under ${key} ${JSON.stringify(delivery)}`,
	async run(model, { person }) {
		const wish = { phone: person.phone, delivery }
		const { status, body, headers } = await person.post('/orders', { headers: { 'idempotency-key': key }, body: wish })
		const before = model.orders.get(key)
		if (before !== undefined) {
			if (before.body !== JSON.stringify(wish)) return assert.deepEqual([status, body.code], [422, 'idempotency_key_reused'])
			assert.deepEqual([status, body.id, body.total, headers.get('idempotency-replayed')], [201, before.id, before.total, 'true'])
			return
		}
		if (model.cart.size === 0) return assert.deepEqual([status, body.code], [409, 'cart_empty'])
		const lacking = [...model.cart].filter(
			([product, quantity]) => (model.stock.get(product) ?? Number.POSITIVE_INFINITY) < quantity,
		)
		if (lacking.length > 0)
			return assert.deepEqual([status, body.code, body.products.length], [409, 'product_unavailable', lacking.length])
		assert.deepEqual([status, body.total, headers.get('idempotency-replayed')], [201, totalOf(model.cart), null])
		for (const [product, quantity] of model.cart) {
			const left = model.stock.get(product)
			if (left !== undefined) model.stock.set(product, left - quantity)
		}
		model.orders.set(key, { id: body.id, total: body.total, status: 'paid', body: JSON.stringify(wish) })
		model.cart = new Map()
	},
})

const cancel = (key: string): Command => ({
	check: (model) => model.orders.has(key),
	toString: () => `cancel the order under ${key}`,
	async run(model, { person }) {
		const order = model.orders.get(key)
		assert.ok(order)
		const { status, body } = await person.post(`/orders/${order.id}/cancel`)
		assert.deepEqual([status, body.status, body.version], [200, 'cancelled', 2])
		order.status = 'cancelled'
	},
})

const look = (): Command => ({
	check: () => true,
	toString: () => 'look',
	async run(model, { person, idOf }) {
		assertCart((await person.get('/cart')).body, model, idOf)
		const { body } = await person.get('/orders?limit=100')
		const seen = body.data.map((order: { id: string; total: number; status: string }) => [order.id, order.total, order.status])
		assert.deepEqual(
			seen.toReversed(),
			[...model.orders.values()].map(({ id, total, status }) => [id, total, status]),
		)
	},
})

// biome-ignore lint/suspicious/noExplicitAny: the body of an answer
function assertCart(body: any, model: Model, idOf: World['idOf']): void {
	const items = body.items.map((item: { product_id: number; quantity: number }) => [item.product_id, item.quantity])
	assert.deepEqual(
		items,
		[...model.cart].map(([product, quantity]) => [idOf(product), quantity]),
	)
	assert.deepEqual([body.positions, body.total], [model.cart.size, totalOf(model.cart)])
}

let shop: TestShop
before(async () => {
	shop = await startTestShop({ ORDER_POSITIONS_MAX: String(POSITIONS_MAX) })
})

test('whatever a customer does, cart, orders and stock are what the rules say', async () => {
	const product = fc.nat(PRODUCTS - 1)
	const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
	const commands = fc.commands(
		[
			fc.tuple(product, fc.integer({ min: 1, max: 4 })).map(([which, quantity]) => put(which, quantity)),
			product.map(remove),
			fc.constant(clear()),
			fc.tuple(key, fc.constantFrom(COURIER, PICKUP)).map(([under, delivery]) => place(under, delivery)),
			key.map(cancel),
			fc.constant(look()),
		],
		{ maxCommands: COMMANDS_MAX },
	)
	let firstId = 1
	await fc.assert(
		fc.asyncProperty(
			commands,
			fc.array(fc.option(fc.nat(6)), { minLength: PRODUCTS, maxLength: PRODUCTS }),
			async (sequence, stock) => {
				const base = firstId
				firstId += PRODUCTS
				const products = stock.map((available, index) => ({ id: base + index, cost: priceOf(index), available }))
				await putProducts(shop, ...products)
				const world = { person: await registerPerson(shop), idOf: (which: number) => base + which }
				const tracked = stock.flatMap((available, index): [number, number][] => (available === null ? [] : [[index, available]]))
				const model: Model = { cart: new Map(), orders: new Map(), stock: new Map(tracked) }
				await fc.asyncModelRun(() => ({ model, real: world }), sequence)
				const left = await shop.sql<{ id: number; available: number | null }[]>`
				select id, available from products where id >= ${base} order by id`
				assert.deepEqual(
					left.map(({ available }) => available),
					stock.map((_, index) => model.stock.get(index) ?? null),
				)
			},
		),
		{ numRuns: RUNS, endOnFailure: true },
	)
	await assertInvariants(shop)
})
