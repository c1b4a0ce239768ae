import { customerPhone } from '../seed.ts'
import { type Answer, headerOf, requestBytes } from './connection.ts'
import { at, expectStatus, isRead, type Place, type Shopper } from './shopper.ts'

/** Customers, each connection as some of them and no two connections as the same one. */
type Customers = {
	readonly tokens: readonly string[]
	readonly productIds: readonly number[]
	/** How many different products a cart holds. */
	readonly positions: number
	/** Makes the idempotency keys of this run differ from those of others. */
	readonly run: string
}

/** Acts as customers: `crowd` places orders as `place` does, and takes "come again" for an answer. */
export type CustomersJob = Customers &
	({ readonly kind: 'cart'; readonly minimal: boolean } | { readonly kind: 'place' | 'crowd' | 'purchase' })

/** One connection's part of a job. */
export function customerShopper(job: CustomersJob, place: Place): Shopper {
	const own = ownOf(job, place)
	switch (job.kind) {
		case 'cart':
			return cartFiller(job, own)
		case 'place':
			return placer(job, own)
		case 'crowd':
			return crowdPlacer(job, own)
		case 'purchase':
			return purchaser(job, own)
	}
}

type Customer = {
	readonly headers: Readonly<Record<string, string>>
	readonly phone: string
	readonly products: readonly number[]
}

function ownOf({ tokens, productIds, positions }: Customers, { index, connections }: Place): Customer[] {
	const own: Customer[] = []
	for (let number = index; number < tokens.length; number += connections) {
		own.push({
			headers: { authorization: `Bearer ${tokens[number]}` },
			phone: customerPhone(number + 1),
			products: Array.from({ length: positions }, (_, n) => at(productIds, number * positions + n)),
		})
	}
	return own
}

const QUANTITIES = 9

/** W3: puts a product into one of its carts, by turns, with a quantity that differs from the last one. */
function cartFiller({ minimal }: { readonly minimal: boolean }, customers: readonly Customer[]): Shopper {
	const quantities = new Map<string, number>()
	let turn = 0
	let last = { key: '', quantity: 0 }
	return {
		next() {
			const customer = at(customers, turn)
			const round = Math.floor(turn / customers.length)
			const product = at(customer.products, round)
			const quantity = 1 + ((turn + Math.floor(round / customer.products.length)) % QUANTITIES)
			last = { key: `${turn % customers.length} ${product}`, quantity }
			turn++
			return putItem(customer, { product, quantity, minimal })
		},
		check(answer, latencyMs) {
			expectStatus(answer, minimal ? 204 : 200)
			if (!minimal) expectCart(answer)
			quantities.set(last.key, last.quantity)
			return latencyMs
		},
		acknowledged: () => ({ pieces: [...quantities.values()].reduce((sum, quantity) => sum + quantity, 0) }),
	}
}

type Item = { readonly product: number; readonly quantity: number; readonly minimal: boolean }

const putItem = ({ headers }: Customer, { product, quantity, minimal }: Item): Buffer =>
	requestBytes({
		method: 'PUT',
		path: `/v1/cart/items/${product}`,
		headers: minimal ? { ...headers, prefer: 'return=minimal' } : headers,
		json: { quantity },
	})

function expectCart({ body }: Answer): void {
	if (!isRead()) return
	const cart: { items: { sum: number; price: number; quantity: number }[]; total: number } = JSON.parse(body.toString())
	const total = cart.items.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
	if (cart.items.length === 0 || total !== cart.total) throw new Error(`a cart does not add up: ${body.toString()}`)
}

const ADDRESS = { full_address: 'Москва, Тверская ул., 1, кв. 2', kladr_id: '7700000000000' }
const DELIVERY = { method: 'courier', address: ADDRESS }

const placeOrder = ({ headers, phone }: Customer, key: string): Buffer =>
	requestBytes({
		method: 'POST',
		path: '/v1/orders',
		headers: { ...headers, 'idempotency-key': key },
		json: { phone, delivery: DELIVERY },
	})

/** What an order's answer says of it, with as little reading as that takes. */
function orderOf(answer: Answer): { total: number; lines: number } {
	expectStatus(answer, 201)
	if (!/^\/v1\/orders\/[0-9a-f-]{36}$/.test(headerOf(answer.head, 'location') ?? '')) throw new Error('an order has no Location')
	const order: { total: number; items: { sum: number }[] } = JSON.parse(answer.body.toString())
	const total = order.items.reduce((sum, item) => sum + item.sum, 0)
	if (order.items.length === 0 || total !== order.total) throw new Error(`an order does not add up: ${answer.body.toString()}`)
	return { total, lines: order.items.length }
}

/** W4, the placing call alone: takes each of its carts, which are full, once. */
function placer({ run }: Customers, customers: readonly Customer[]): Shopper {
	const acknowledged = { orders: 0, total: 0, lines: 0 }
	let turn = 0
	return {
		next() {
			const customer = customers[turn]
			return customer && placeOrder(customer, `${run}-${turn++}`)
		},
		check(answer, latencyMs) {
			count(acknowledged, answer)
			return latencyMs
		},
		acknowledged: () => acknowledged,
	}
}

function count(acknowledged: { orders: number; total: number; lines: number }, answer: Answer): void {
	const { total, lines } = orderOf(answer)
	acknowledged.orders++
	acknowledged.total += total
	acknowledged.lines += lines
}

/** Who is refused may take this long to be told. */
const REFUSED_WITHIN_MS = 50

/** One of many who come at once: whoever is told to come again does so, but after all others of this connection. */
function crowdPlacer({ run }: Customers, customers: readonly Customer[]): Shopper {
	const acknowledged = { orders: 0, total: 0, lines: 0, refused: 0, refusedLate: 0 }
	const waiting = [...customers]
	let turn = 0
	return {
		next() {
			const customer = waiting[turn]
			return customer && placeOrder(customer, `${run}-${customer.phone}`)
		},
		check(answer, latencyMs) {
			if (answer.status === 503) {
				if (headerOf(answer.head, 'retry-after') === undefined) throw new Error('a refusal does not say when to come again')
				acknowledged.refused++
				if (latencyMs > REFUSED_WITHIN_MS) acknowledged.refusedLate++
				waiting.push(at(waiting, turn))
			} else count(acknowledged, answer)
			turn++
			return latencyMs
		},
		acknowledged: () => acknowledged,
	}
}

/** W4, a whole purchase: each product into the cart, then placing. The unit is the purchase. */
function purchaser({ run }: Customers, customers: readonly Customer[]): Shopper {
	const acknowledged = { orders: 0, total: 0, lines: 0 }
	let turn = 0
	let step = 0
	let spentMs = 0
	return {
		next() {
			const customer = at(customers, turn)
			const product = customer.products[step++]
			if (product !== undefined) return putItem(customer, { product, quantity: 1 + (turn % QUANTITIES), minimal: false })
			return placeOrder(customer, `${run}-${turn++}`)
		},
		check(answer, latencyMs) {
			const customer = at(customers, turn)
			spentMs += latencyMs
			if (answer.status === 200 && step <= customer.products.length) {
				expectCart(answer)
				return undefined
			}
			count(acknowledged, answer)
			const purchaseMs = spentMs
			step = 0
			spentMs = 0
			return purchaseMs
		},
		acknowledged: () => acknowledged,
	}
}
