import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { seedCustomers, seedProducts } from '../../bench/seed.ts'
import type { CartChange } from '../../src/modules/cart/cart.ts'
import { type ChangedCart, changeCarts } from '../../src/modules/cart/change-queries.ts'
import { closeCart, readCart } from '../../src/modules/cart/queries.ts'
import { hashToken } from '../../src/platform/http/credentials.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const RUNS = 200
const PRODUCTS = 6
const WITHDRAWN = 5
const UNKNOWN = 99
const CUSTOMERS = 5
/** What is special about some of them. */
const NEVER_HAD_A_CART = 2
const BLOCKED = 4
const ERASED = 5

/** Each customer is signed in on two devices. One session has ended, one never was. */
const devices = Array.from({ length: CUSTOMERS }, (_, index) => index + 1).flatMap((customer) =>
	['phone', 'laptop'].map((device) => ({ customer, device: `${device} of ${customer}`, days: 1 })),
)
const ENDED = { customer: 1, device: 'an old phone', days: -1 }
const NOBODYS = { customer: 0, device: 'of nobody', days: 0 }
const tokenOf = ({ device }: { device: string }) => hashToken(device).toString('hex')

let database: TestDatabase
/** Ids of the customers, in their order. */
let ids: readonly number[]
const idOf = (customer: number) => ids[customer - 1] ?? 0
before(async () => {
	database = await createTestDatabase()
	const { sql } = database
	await seedProducts(sql, PRODUCTS)
	await sql`update products set withdrawn_at = now() where id = ${WITHDRAWN}`
	await seedCustomers(sql, CUSTOMERS)
	ids = (await sql<{ id: number }[]>`select id from customers order by id`).map(({ id }) => id)
	const sessions = [...devices, ENDED].map((one) => ({ token: tokenOf(one), customer_id: idOf(one.customer), days: one.days }))
	await sql`
		insert into sessions (token_hash, customer_id, expires_at)
		select decode(token, 'hex'), customer_id, now() + make_interval(days => days)
		from json_to_recordset(${sql.typed.json(sessions)}) as session (token text, customer_id bigint, days integer)`
	await sql`update customers set blocked_at = now() where id = ${idOf(BLOCKED)}`
})

/** A cart that nobody has put anything into yet, as far as a test is concerned. */
async function startAnew(): Promise<void> {
	const { sql } = database
	await sql`delete from carts`
	await sql`insert into carts (customer_id) select id from customers where id <> ${idOf(NEVER_HAD_A_CART)}`
	await sql.begin((tx) => closeCart(tx, idOf(ERASED)))
}

type Model = { lines: Map<number, number>; version: number }
type Wish = { readonly by: (typeof devices)[number]; readonly change: CartChange; readonly minimal: boolean }

const mayBuy = ({ by }: Wish) => by.customer > 0 && by.days > 0 && by.customer !== BLOCKED && by.customer !== ERASED
const isSold = (product: number) => product <= PRODUCTS && product !== WITHDRAWN

/** What is to come of a wish by the mission's rules, and the cart as it is then. */
function carryOut(cart: Model, change: CartChange, positionsMax: number): string {
	if (change.kind === 'put') {
		const { productId, quantity } = change
		if (!isSold(productId)) return 'product_not_found'
		if (cart.lines.get(productId) === quantity) return 'unchanged'
		if (!cart.lines.has(productId) && cart.lines.size >= positionsMax) return 'too_many_positions'
		cart.lines.set(productId, quantity)
	} else if (change.kind === 'remove') {
		if (!cart.lines.delete(change.productId)) return 'unchanged'
	} else {
		if (cart.lines.size === 0) return 'unchanged'
		cart.lines.clear()
	}
	cart.version++
	return 'changed'
}

const linesOf = ({ lines }: Model) => [...lines].map(([productId, quantity]) => ({ productId, quantity }))

const productId = fc.constantFrom(...Array.from({ length: PRODUCTS }, (_, index) => index + 1), UNKNOWN)
const change = fc.oneof(
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('put'), productId, quantity: fc.integer({ min: 1, max: 3 }) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('remove'), productId }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('clear') }) },
) satisfies fc.Arbitrary<CartChange>
const wish = fc.record({ by: fc.constantFrom(...devices, ENDED, NOBODYS), change, minimal: fc.boolean() })
/** The limit of positions is a setting: it may be less than what a cart holds already. */
const batch = fc.record({ wishes: fc.array(wish, { minLength: 1, maxLength: 12 }), positionsMax: fc.integer({ min: 1, max: 4 }) })

test('Many wishes at once change carts as the rules say, one of each customer, and none without a session', async () => {
	const { sql } = database
	await fc.assert(
		fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 8 }), async (batches) => {
			await startAnew()
			const carts = new Map(ids.map((id) => [id, { lines: new Map<number, number>(), version: 0 } satisfies Model]))
			for (const { wishes, positionsMax } of batches) {
				const found = await changeCarts(
					sql,
					wishes.map((one) => ({ token: tokenOf(one.by), change: one.change, minimal: one.minimal })),
					positionsMax,
				)
				const served = new Set<number>()
				for (const [n, one] of wishes.entries()) {
					const cart = carts.get(idOf(one.by.customer))
					if (!mayBuy(one) || cart === undefined) assert.deepEqual(found[n], { outcome: 'unauthenticated' })
					else if (served.has(one.by.customer)) assert.deepEqual(found[n], { outcome: 'again' })
					else {
						served.add(one.by.customer)
						const positions = cart.lines.size
						const outcome = carryOut(cart, one.change, positionsMax)
						assertOutcome(found[n], { outcome, positions, cart, minimal: one.minimal })
					}
				}
			}
			for (const [customer, { lines, version }] of [...carts.values()].entries()) {
				if (customer + 1 === ERASED) continue
				const { cart } = await readCart(sql, idOf(customer + 1))
				assert.deepEqual(cart, { lines: linesOf({ lines, version }), version })
			}
		}),
		{ numRuns: RUNS },
	)
})

type Expected = { outcome: string; positions: number; cart: Model; minimal: boolean }

function assertOutcome(found: ChangedCart | undefined, { outcome, positions, cart, minimal }: Expected): void {
	if (outcome === 'product_not_found') return assert.deepEqual(found, { outcome })
	if (outcome === 'too_many_positions') return assert.deepEqual(found, { outcome, positions })
	if (minimal) return assert.deepEqual(found, { outcome, ground: null })
	assert.ok(found !== undefined && 'ground' in found && found.ground !== null)
	assert.deepEqual([found.outcome, found.ground.cart], [outcome, { lines: linesOf(cart), version: cart.version }])
	assert.deepEqual(new Set(found.ground.products.keys()), new Set(cart.lines.keys()))
}
