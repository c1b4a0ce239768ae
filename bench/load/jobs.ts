import { type Answer, headerOf, requestBytes } from './connection.ts'
import { expectStatus, type Shopper } from './closed-loop.ts'
import { customerPhone } from '../seed.ts'
import type { ProductSort } from '../../src/modules/catalog/schemas.ts'

/** What a load is to do. Sent to a process of its own, so it is plain data. */
export type Job =
	| PagesJob
	| FreshPagesJob
	| (CustomersJob & { readonly kind: 'cart'; readonly minimal: boolean })
	| (CustomersJob & { readonly kind: 'place' })
	| (CustomersJob & { readonly kind: 'purchase' })
	| MovesJob

/** Looks at pages, each as often as any other. */
export type PagesJob = {
	readonly kind: 'pages'
	readonly pages: readonly Page[]
	readonly headers?: Readonly<Record<string, string>>
}
export type Page = {
	readonly path: string
	/** The ids that must stand in `data`, in their order, or the id of the one thing. */
	readonly ids: readonly (number | string)[]
}

/** Looks at pages of the public list that nobody has looked at before. */
export type FreshPagesJob = {
	readonly kind: 'fresh-pages'
	readonly sorts: readonly ProductSort[]
	readonly searches: readonly string[]
	readonly page: number
}

/** Acts as customers, each connection as some of them and no two connections as the same one. */
export type CustomersJob = {
	readonly tokens: readonly string[]
	readonly productIds: readonly number[]
	/** How many different products a cart holds. */
	readonly positions: number
	/** Makes the idempotency keys of this run differ from those of others. */
	readonly run: string
}

/** Moves orders on, as the inventory service does: each through the statuses that are left to it. */
export type MovesJob = {
	readonly kind: 'move'
	readonly key: string
	readonly orders: readonly string[]
	readonly statuses: readonly string[]
}

/** The shoppers of a job, one for each connection. */
export function shoppersOf(job: Job, connections: number): Shopper[] {
	return Array.from({ length: connections }, (_, index) => shopperOf(job, { index, connections }))
}

type Place = { readonly index: number; readonly connections: number }

function shopperOf(job: Job, place: Place): Shopper {
	if (job.kind === 'pages') return pageReader(job, place)
	if (job.kind === 'fresh-pages') return freshPageReader(job, place)
	if (job.kind === 'move') return mover(job, place)
	const own = customersOf(job, place)
	if (job.kind === 'cart') return cartFiller(job, own)
	return job.kind === 'place' ? placer(job, own) : purchaser(job, own)
}

function pageReader({ pages, headers = {} }: PagesJob, { index }: Place): Shopper {
	const requests = pages.map(({ path }) => requestBytes({ method: 'GET', path, headers }))
	const known: (Buffer | undefined)[] = pages.map(() => undefined)
	let at = index % pages.length
	return {
		next() {
			at = (at + 1) % pages.length
			return requests[at]
		},
		check(answer, latencyMs) {
			expectStatus(answer, 200)
			const before = known[at]
			if (before === undefined) {
				expectIds(answer.body, pages[at])
				known[at] = Buffer.from(answer.body)
			} else if (!before.equals(answer.body)) throw new Error(`the page ${pages[at]?.path} has changed`)
			return latencyMs
		},
	}
}

/** Each page from another price on, which makes its address one of its own. */
function freshPageReader({ sorts, searches, page }: FreshPagesJob, { index, connections }: Place): Shopper {
	let turn = 0
	return {
		next() {
			const number = index + connections * turn++
			const sort = at(sorts, number)
			const search = searches.length > 0 ? `&search=${encodeURIComponent(at(searches, Math.floor(number / sorts.length)))}` : ''
			return requestBytes({
				method: 'GET',
				path: `/v1/products?limit=${page}&sort=${sort}&price_min=${number % 100_000}${search}`,
			})
		},
		check(answer, latencyMs) {
			expectStatus(answer, 200)
			if (unread++ % READ_EVERY === 0) {
				const { data }: { data: unknown[] } = JSON.parse(answer.body.toString())
				if (data.length > page) throw new Error(`a page of ${page} holds ${data.length}`)
			}
			return latencyMs
		},
	}
}

function expectIds(body: Buffer, page: Page | undefined): void {
	const { data, id }: { data?: { id: number | string }[]; id?: number | string } = JSON.parse(body.toString())
	const ids = data?.map((one) => one.id) ?? [id]
	if (JSON.stringify(ids) !== JSON.stringify(page?.ids)) {
		throw new Error(`${page?.path} has ${JSON.stringify(ids)} and not ${JSON.stringify(page?.ids)}`)
	}
}

type Customer = {
	readonly headers: Readonly<Record<string, string>>
	readonly phone: string
	readonly products: readonly number[]
}

function customersOf({ tokens, productIds, positions }: CustomersJob, { index, connections }: Place): Customer[] {
	return tokens
		.map((token, number) => ({ token, number }))
		.filter(({ number }) => number % connections === index)
		.map(({ token, number }) => ({
			headers: { authorization: `Bearer ${token}` },
			phone: customerPhone(number + 1),
			products: Array.from({ length: positions }, (_, n) => productIds[(number * positions + n) % productIds.length] ?? 0),
		}))
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

/** Reads one answer in so many whole: to read each would cost the service more than it shows. */
const READ_EVERY = 32
let unread = 0

function expectCart({ body }: Answer): void {
	if (unread++ % READ_EVERY > 0) return
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
function placer({ run }: CustomersJob, customers: readonly Customer[]): Shopper {
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

/** W4, a whole purchase: each product into the cart, then placing. The unit is the purchase. */
function purchaser({ run }: CustomersJob, customers: readonly Customer[]): Shopper {
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

function mover({ key, orders, statuses }: MovesJob, { index, connections }: Place): Shopper {
	const own = orders.filter((_, number) => number % connections === index)
	let turn = 0
	return {
		next() {
			const status = statuses[Math.floor(turn / own.length)]
			const order = own[turn % own.length]
			if (status === undefined || order === undefined) return undefined
			const json = { event_id: `${order} ${status}`, status, reason: null }
			turn++
			return requestBytes({
				method: 'POST',
				path: `/v1/orders/${order}/status`,
				headers: { authorization: `Bearer ${key}` },
				json,
			})
		},
		check(answer, latencyMs) {
			expectStatus(answer, 200)
			return latencyMs
		},
		acknowledged: () => ({ changes: turn }),
	}
}

function at<Item>(items: readonly Item[], index: number): Item {
	const item = items[index % items.length]
	if (item === undefined) throw new RangeError('a shopper has nothing to choose from')
	return item
}
