import assert from 'node:assert/strict'
import { mayChange } from '../../src/modules/orders/order-status.ts'
import type { OrderStatus } from '../../src/events/orders.ts'
import { type Book, openBook } from './book.ts'
import { createClient } from './client.ts'
import { eventually } from './eventually.ts'
import { feed, nextProduct } from './inventory-feed.ts'
import { assertInvariants } from './invariants.ts'
import { type Person, putProducts, registerPeople } from './people.ts'
import { createChance } from './sample.ts'
import type { ReachedShop } from './shop.ts'
import { goShopping, operate, PRODUCTS } from './shoppers.ts'
import { signInStaff } from './staff.ts'

const OPERATORS = 2

export type Load = {
	/** To look into the database and to publish. A worker is at work, here or elsewhere. */
	readonly shop: ReachedShop
	/** Whom people ask. */
	readonly url: string
	readonly seed: number
	readonly shoppers?: number
	/** Whether operators and the inventory work meanwhile; true unless told otherwise. */
	readonly others?: boolean
}

/**
 * Has shoppers, operators and the inventory at work, does `fault` meanwhile, and lets everybody come to an end, which is a definite
 * answer. Returns what they were told. `fault` is given the shoppers as well, whose orders it may follow.
 */
export async function underLoad(load: Load, fault: (book: Book, people: readonly Person[]) => Promise<void>): Promise<Book> {
	const { shop, url, seed, shoppers = 8, others = true } = load
	const book = openBook()
	let chances = 0
	const nextChance = () => createChance(seed + chances++)
	const telling = { book, chance: nextChance() }
	const ids = Array.from({ length: PRODUCTS }, (_, index) => index + 1)
	await putProducts(shop, ...ids.map((id) => nextProduct(id, telling)))
	const people = await registerPeople(shop, shoppers)
	const operators = await Promise.all(Array.from({ length: others ? OPERATORS : 0 }, () => signInStaff(shop, 'operator')))

	const doing = ({ token }: { token: string }) => ({ client: createClient(url, token), book, chance: nextChance() })
	const all = Promise.all([
		...people.map((person) => goShopping(person, doing(person))),
		...operators.map((operator) => operate(doing(operator))),
		...(others ? [feed(shop, telling)] : []),
	])
	try {
		// What they stumble over ends it all.
		await Promise.race([fault(book, people), all])
	} finally {
		book.over = true
	}
	await all
	return book
}

/** Nothing that was acknowledged is lost, nothing is doubled, and nothing is there that nobody asked for. Returns the counts. */
export async function assertNothingIsLost(shop: ReachedShop, book: Book): Promise<string> {
	const { acked, refused, unknown, seen, replayed, moved, commands } = book
	assert.deepEqual([...unknown], [], 'everybody got an answer for good')
	assert.ok(acked.size > 0, 'somebody ordered at all')
	await assertOrders(shop, book)
	await assertCarts(shop, book)
	await assertSteps(shop, book)
	await assertInventoryIsHeard(shop, book)
	await assertInvariants(shop)
	const again = (status: number) => seen.filter((one) => one.status === status).length
	return (
		`${acked.size} orders acknowledged, ${refused.size} refused, ${moved.size} steps of the staff, ${commands.size} commands; ` +
		`${again(0)} connections broke, ${again(503)} times "come again", ${replayed} orders had come about unheard; lost 0, doubled 0`
	)
}

type Row = { readonly id: string; readonly key: string; readonly total: number }

async function assertOrders({ sql }: ReachedShop, { acked }: Book): Promise<void> {
	const rows = await sql<Row[]>`select id, idempotency_key as key, total from orders`
	const byKey = new Map(rows.map((row) => [row.key, row]))
	const lost = [...acked].filter(([key, { id, total }]) => byKey.get(key)?.id !== id || byKey.get(key)?.total !== total)
	const doubled = rows.filter((row) => byKey.get(row.key) !== row)
	const unasked = rows.filter(({ key }) => !acked.has(key))
	assert.deepEqual({ lost, doubled, unasked }, { lost: [], doubled: [], unasked: [] })
	assert.equal(rows.length, acked.size)
}

async function assertCarts({ sql }: ReachedShop, { carts }: Book): Promise<void> {
	const rows = await sql<{ customer: number; products: number[]; quantities: number[] }[]>`
		select customer_id as customer, to_json(product_ids) as products, to_json(quantities) as quantities from carts`
	const there = new Map(rows.map((row) => [row.customer, row.products.map((id, index) => [id, row.quantities[index]])]))
	for (const [customer, cart] of carts)
		assert.deepEqual(there.get(customer) ?? [], [...cart], `the cart of ${customer} is what was put into it`)
}

/** Each step that the staff were told of is in the history, and each history is one that the rules allow. */
async function assertSteps({ sql }: ReachedShop, { moved }: Book): Promise<void> {
	const rows = await sql<{ id: string; version: number; status: OrderStatus; actor: string }[]>`
		select order_id as id, version, status, actor_type as actor from order_history order by order_id, version`
	const staffs = new Map(rows.filter(({ actor }) => actor === 'staff').map((row) => [`${row.id} ${row.version}`, row.status]))
	assert.deepEqual(
		[...moved].filter(([step, status]) => staffs.get(step) !== status),
		[],
		'steps that were acknowledged and are lost',
	)
	const wrong = rows.filter(({ id, status }, index) => {
		const before = rows[index - 1]
		return before?.id === id ? !mayChange('staff', before.status, status) : status !== 'paid'
	})
	assert.deepEqual(wrong, [], 'steps that the rules have not')
}

/** As a version before this one notes it. */
const withoutOrder = (command: string): string => command.slice(command.indexOf(' ') + 1)

/** Each command was dealt with, and products are as they were told of last. */
async function assertInventoryIsHeard({ sql }: ReachedShop, { products, commands }: Book): Promise<void> {
	await eventually(async () => {
		const heard = await sql<{ event: string }[]>`select event_id as event from inbox where consumer = 'order-status'`
		const events = new Set(heard.map(({ event }) => event))
		assert.deepEqual(
			[...commands].filter((command) => !events.has(command) && !events.has(withoutOrder(command))),
			[],
			'commands that were never dealt with',
		)
		const rows = await sql<{ id: number; version: number; cost: number }[]>`select id, version, price as cost from products`
		assert.deepEqual(new Map(rows.map(({ id, ...row }) => [id, row])), products)
	})
}
