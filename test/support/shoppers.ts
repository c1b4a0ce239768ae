import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { NEXT_STATUSES } from '../../src/modules/orders/order-status.ts'
import { type Ask, type Book, untilAnswered } from './book.ts'
import type { Client } from './client.ts'
import { COURIER, type Person, PICKUP } from './people.ts'
import type { Chance } from './sample.ts'

/** By whom somebody asks, where they write down what they were told, and by what chance they decide. */
export type Doing = { readonly client: Client; readonly book: Book; readonly chance: Chance }

/** Their ids go from 1 to this: fewer than a cart may hold. */
export const PRODUCTS = 12
const CHANGES_MAX = 4
const QUANTITY_MAX = 9
/** Of the changes of what is in the cart. */
const REMOVES = 0.5
/** People think between two clicks. */
const PAUSE_MAX_MS = 30
/** Operators look at what was ordered lately. */
const LATEST = 100

/** Fills a cart with this and that and orders it, each order under a key of its own, until the book is closed. */
export async function goShopping(person: Person, { client, book, chance }: Doing): Promise<void> {
	const ask = untilAnswered(client, book)
	const cart = new Map<number, number>()
	book.carts.set(person.id, cart)
	while (!book.over) {
		for (let changes = 1 + chance.below(CHANGES_MAX); changes > 0; changes--) await changeCart(cart, ask, chance)
		// Some come back for more first.
		if (cart.size > 0 && chance.happens(0.7)) await orderCart(person, cart, { ask, book, chance })
		await sleep(chance.below(PAUSE_MAX_MS))
	}
}

/** Puts, changes or removes a product. Each change changes something: the answer to another one would not show that it can be written. */
export async function changeCart(cart: Map<number, number>, ask: Ask, chance: Chance): Promise<void> {
	const product = 1 + chance.below(PRODUCTS)
	const held = cart.get(product)
	if (held !== undefined && chance.happens(REMOVES)) {
		const { status, text } = await ask('DELETE', `/cart/items/${product}`)
		assert.equal(status, 200, text)
		cart.delete(product)
		return
	}
	const quantity = held === undefined ? 1 + chance.below(QUANTITY_MAX) : otherThan(held, chance)
	const { status, text } = await ask('PUT', `/cart/items/${product}`, { body: { quantity } })
	assert.equal(status, 200, text)
	cart.set(product, quantity)
}

const otherThan = (quantity: number, chance: Chance): number => 1 + ((quantity + chance.below(QUANTITY_MAX - 1)) % QUANTITY_MAX)

/** The same, for one step. */
export type Acting = { readonly ask: Ask; readonly book: Book; readonly chance: Chance }

/** Orders what is in the cart; where that is refused, the cart is emptied. */
export async function orderCart({ phone }: Person, cart: Map<number, number>, { ask, book, chance }: Acting): Promise<void> {
	const key = randomUUID()
	const wish = { headers: { 'idempotency-key': key }, body: { phone, delivery: chance.pick([COURIER, PICKUP]) } }
	book.unknown.add(key)
	const { status, headers, body, text } = await ask('POST', '/orders', wish)
	book.unknown.delete(key)
	if (status === 201) {
		const items: { product_id: number; quantity: number }[] = body.items
		const ordered = items.map(({ product_id: id, quantity }) => [id, quantity])
		assert.deepEqual(ordered, [...cart], 'what is ordered is what was put into the cart')
		book.acked.set(key, { id: body.id, total: body.total })
		if (headers.has('idempotency-replayed')) book.replayed++
	} else {
		assert.deepEqual([status, body.code], [409, 'product_unavailable'], text)
		book.refused.add(key)
		assert.equal((await ask('DELETE', '/cart')).status, 204)
	}
	cart.clear()
}

/** One of the latest orders, by chance; undefined: there is none yet. */
export function latestOrder({ acked }: Book, chance: Chance): string | undefined {
	if (acked.size === 0) return undefined
	return chance.pick([...acked.values()].slice(-LATEST)).id
}

/** Moves orders on, one step or several, from the version that is shown, until the book is closed. */
export async function operate({ client, book, chance }: Doing): Promise<void> {
	const ask = untilAnswered(client, book)
	for (; !book.over; await sleep(chance.below(PAUSE_MAX_MS))) await moveOn({ ask, book, chance })
}

/** Moves one of the latest orders on, if it can be. */
export async function moveOn({ ask, book, chance }: Acting): Promise<void> {
	const id = latestOrder(book, chance)
	if (id === undefined) return
	const shown = await ask('GET', `/admin/orders/${id}`)
	assert.equal(shown.status, 200, shown.text)
	const current: keyof typeof NEXT_STATUSES.staff = shown.body.status
	const next = NEXT_STATUSES.staff[current]
	if (next.length === 0) return
	const wish = { headers: { 'if-match': shown.headers.get('etag') ?? '' }, body: { status: chance.pick(next) } }
	const { status, body, text } = await ask('PATCH', `/admin/orders/${id}/status`, wish)
	// Others were faster, or it was this one, whose answer was lost.
	if (status === 409 || status === 412) return
	assert.equal(status, 200, text)
	book.moved.set(`${id} ${body.version}`, body.status)
}
