import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import type { Client } from '../support/client.ts'
import { type Person, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const PRODUCTS = 30
const POSITIONS_MAX = 20

let shop: TestShop
/** A second instance on the same database. */
let other: TestShop
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	await putProducts(shop, ...Array.from({ length: PRODUCTS }, (_, index) => ({ id: index + 1, cost: index + 1 })))
})

type Item = { readonly product_id: number; readonly quantity: number }
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it finds
type Cart = any

/** The same person, by turns on the one and on the other instance. */
function devicesOf(person: Person): (turn: number) => Client {
	const clients = [person, other.guest.as(person.token)]
	return (turn) => clients[turn % clients.length] ?? person
}

const contentsOf = (cart: Cart): Map<number, number> =>
	new Map(cart.items.map(({ product_id, quantity }: Item) => [product_id, quantity]))

/** What holds of every cart that was ever answered. */
function assertSound(cart: Cart): void {
	const ids = cart.items.map(({ product_id }: Item) => product_id)
	assert.equal(new Set(ids).size, ids.length, 'each product stands once')
	assert.ok(ids.length <= POSITIONS_MAX)
	assert.equal(cart.positions, ids.length)
	const total = cart.items.reduce((sum: number, { product_id, quantity }: Item) => sum + product_id * quantity, 0)
	assert.equal(cart.total, total)
}

type Operation = { readonly kind: 'put' | 'remove'; readonly product: number; readonly quantity: number }

const operations = fc.array(
	fc.record({
		kind: fc.constantFrom('put', 'put', 'put', 'remove'),
		product: fc.integer({ min: 1, max: PRODUCTS }),
		quantity: fc.integer({ min: 1, max: 999 }),
	}) satisfies fc.Arbitrary<Operation>,
	{ minLength: 30, maxLength: 60 },
)

const send = (client: Client, { kind, product, quantity }: Operation) =>
	kind === 'put' ? client.put(`/cart/items/${product}`, { body: { quantity } }) : client.delete(`/cart/items/${product}`)

suite('Many changes of one cart at once, on two instances,', () => {
	test('come one after the other: each answer is the one before it with that change, and the last is the cart', async () => {
		await fc.assert(
			fc.asyncProperty(operations, async (sent) => {
				const person = await registerPerson(shop)
				const device = devicesOf(person)
				const answers = await Promise.all(
					sent.map(async (operation, turn) => ({ operation, ...(await send(device(turn), operation)) })),
				)
				const byVersion = new Map<number, { operation: Operation; body: Cart }[]>()
				for (const { operation, status, body } of answers) {
					if (status === 409) {
						assert.deepEqual([operation.kind, body.code], ['put', 'too_many_positions'])
						continue
					}
					assert.equal(status, 200)
					assertSound(body)
					byVersion.set(body.version, [...(byVersion.get(body.version) ?? []), { operation, body }])
				}
				assertFold(byVersion, (await device(0).get('/cart')).body)
				assert.deepEqual((await device(1).get('/cart')).body, (await device(0).get('/cart')).body)
			}),
			{ numRuns: 4, endOnFailure: true },
		)
	})

	test('that set one product leave one of them, and no version is missing', async () => {
		const person = await registerPerson(shop)
		const device = devicesOf(person)
		const quantities = Array.from({ length: 60 }, (_, index) => index + 1)
		const answers = await Promise.all(
			quantities.map((quantity, turn) => send(device(turn), { kind: 'put', product: 1, quantity })),
		)
		for (const [index, { status, body }] of answers.entries()) {
			assert.equal(status, 200)
			assert.equal(body.items[0].quantity, quantities[index])
		}
		const versions = answers.map(({ body }) => body.version).sort((one, another) => one - another)
		assert.deepEqual(versions, quantities)
		const last = answers.find(({ body }) => body.version === quantities.length)
		assert.deepEqual((await person.get('/cart')).body, last?.body)
	})

	test('never hold more than 20 products: of 30 that come at once 20 get in', async () => {
		const person = await registerPerson(shop)
		const device = devicesOf(person)
		const answers = await Promise.all(
			Array.from({ length: PRODUCTS }, (_, index) => send(device(index), { kind: 'put', product: index + 1, quantity: 1 })),
		)
		const accepted = answers.flatMap(({ status }, index) => (status === 200 ? [index + 1] : []))
		assert.equal(accepted.length, POSITIONS_MAX)
		assert.ok(answers.every(({ status, body }) => status === 200 || body.code === 'too_many_positions'))
		assert.deepEqual(
			[...contentsOf((await person.get('/cart')).body).keys()].sort((a, b) => a - b),
			accepted,
		)
	})
})

/** Each answer must be the one of the version before it with its own change; one that changed nothing has a version that is there. */
function assertFold(byVersion: ReadonlyMap<number, { operation: Operation; body: Cart }[]>, last: Cart): void {
	let before = new Map<number, number>()
	const highest = Math.max(0, ...byVersion.keys())
	for (let version = 0; version <= highest; version++) {
		const answers = byVersion.get(version) ?? []
		const [body] = answers.map((answer) => answer.body)
		if (version > 0) assert.ok(body, `version ${version} was answered`)
		const after = body === undefined ? before : contentsOf(body)
		const made = answers.filter(({ operation }) => isStep(before, operation, after))
		if (version > 0) assert.ok(made.length > 0, `version ${version} is the one before it with one change`)
		for (const { operation, body: same } of answers) {
			assert.deepEqual(same, body, `version ${version} is one cart`)
			assert.equal(after.get(operation.product), operation.kind === 'put' ? operation.quantity : undefined)
		}
		before = after
	}
	assert.equal(last.version, highest)
	assert.deepEqual(contentsOf(last), before)
}

function isStep(before: ReadonlyMap<number, number>, operation: Operation, after: ReadonlyMap<number, number>): boolean {
	const expected = new Map(before)
	if (operation.kind === 'put') expected.set(operation.product, operation.quantity)
	else expected.delete(operation.product)
	return JSON.stringify([...expected]) === JSON.stringify([...after])
}

suite('A cart is its customer’s:', () => {
	test('nobody else sees or changes it, and many customers at once do not disturb each other', async () => {
		const people = await Promise.all(Array.from({ length: 8 }, () => registerPerson(shop)))
		await Promise.all(
			people.flatMap((person, index) =>
				Array.from({ length: 10 }, (_, turn) =>
					send(devicesOf(person)(turn), { kind: 'put', product: turn + 1, quantity: index + 1 }),
				),
			),
		)
		for (const [index, person] of people.entries()) {
			const cart = (await person.get('/cart')).body
			assertSound(cart)
			assert.deepEqual(
				[...contentsOf(cart).values()],
				Array.from({ length: 10 }, () => index + 1),
			)
			assert.equal(cart.version, 10)
		}
		assert.equal((await people[0]?.delete('/cart'))?.status, 204)
		assert.equal((await people[1]?.get('/cart'))?.body.positions, 10)
	})

	test('guests have none', async () => {
		for (const [method, path] of [
			['GET', '/cart'],
			['DELETE', '/cart'],
			['PUT', '/cart/items/1'],
			['DELETE', '/cart/items/1'],
		] as const) {
			const { status, body } = await shop.guest.request(method, path, method === 'PUT' ? { body: { quantity: 1 } } : {})
			assert.deepEqual([status, body.code], [401, 'unauthenticated'], `${method} ${path}`)
		}
	})
})
