import { hash } from 'node:crypto'
import { cartProblem, findBusyCarts, isClosed } from '../cart/index.ts'
import { isOutOfStock } from '../catalog/index.ts'
import type { DeliveryChoice } from '../delivery/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import { httpProblem, Problem } from '../../platform/http/problem.ts'
import { AGAIN, createLanes, type Lanes } from '../../platform/lanes.ts'
import type { OutboxEvent } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { type Contact, placedNotification } from './notifications.ts'
import type { Order, OrderLine } from './order.ts'
import {
	findPlacedKeys,
	insertOrders,
	type NewOrder,
	type PlacedLine,
	type PlacingGround,
	readPlaced,
	readPlacingGrounds,
} from './placing-queries.ts'
import { orderProblem } from './problems.ts'
import { readLines } from './queries.ts'
import { itemsOf, type WholeOrder } from './view-order.ts'

export type PlaceOrder = {
	readonly customer: Contact & { readonly id: number }
	readonly idempotencyKey: string
	/** Whom to call about the order, E.164. */
	readonly phone: string
	readonly delivery: DeliveryChoice
	readonly expectedTotal: number | undefined
}

/** The order as it was when it was placed; `replayed` when it was placed by an earlier request with the same key. */
export type Placed = { readonly whole: WholeOrder; readonly replayed: boolean }

/**
 * With 64 customers at once, a second transaction places 12% to 15% more; from fewer on, both are so small that they cost more than
 * they bring (ADR 7).
 */
const SECOND_FROM = 24

/** Placing, many customers' orders at once. */
export function createPlacingLanes(service: Service): Lanes<PlaceOrder, Placed> {
	return createLanes({
		name: 'orders',
		log: service.log,
		ownerOf: (request) => request.customer.id,
		secondFrom: SECOND_FROM,
		async run(batch) {
			const outcomes = await placeOrders(service, batch)
			service.signals.announce('outbox')
			return outcomes
		},
	})
}

type Outcome = Placed | Problem | typeof AGAIN

/**
 * Places orders of different customers and returns an outcome for each: takes the cart, freezes its prices, takes tracked
 * pieces from our copy of the stock, and writes order, lines, history, delivery and events. Read, decide, write: an order
 * whose cart or stock has changed between is not written, and decided again. A refusal leaves nothing behind, its key neither.
 */
async function placeOrders(service: Service, batch: readonly PlaceOrder[]): Promise<Outcome[]> {
	const { sql } = service
	const grounds = await readPlacingGrounds(
		sql,
		batch.map(({ customer, idempotencyKey }) => ({ customerId: customer.id, key: idempotencyKey })),
	)
	const asked = batch.map((request, index): Asked => ({ request, ground: grounds[index] ?? missing(index) }))
	const [fresh, replayed] = await Promise.all([
		placeFresh(
			service,
			asked.filter(({ ground }) => ground.before === null),
		),
		replay(
			sql,
			asked.filter(({ ground }) => ground.before !== null),
		),
	])
	return batch.map((request) => fresh.get(request) ?? replayed.get(request) ?? AGAIN)
}

/** A request with what it is decided by. */
type Asked = { readonly request: PlaceOrder; readonly ground: PlacingGround }

function missing(index: number): never {
	throw new Error(`nothing was read for request ${index}`)
}

/** What makes two requests with one key the same intent. */
function hashOf({ phone, delivery, expectedTotal }: PlaceOrder): Buffer {
	const choice =
		delivery.method === 'courier'
			? [delivery.method, delivery.address.full_address, delivery.address.kladr_id ?? null]
			: [delivery.method, delivery.pickup_point_id]
	return hash('sha256', JSON.stringify([phone, choice, expectedTotal ?? null]), 'buffer')
}

type NewPlaced = { readonly request: PlaceOrder; readonly whole: WholeOrder; readonly order: NewOrder }

/** Pieces that the orders decided before in the batch have left, by product; null: not tracked. */
type Left = Map<number, number | null>

async function placeFresh(service: Service, asked: readonly Asked[]): Promise<Map<PlaceOrder, Outcome>> {
	const left: Left = new Map()
	const decided = asked.map((one) => ({ request: one.request, decision: decide(service, one, left) }))
	const placed = decided.flatMap(({ decision }) => (decision instanceof Problem ? [] : [decision]))
	const refused = decided.flatMap(({ request, decision }) => (decision instanceof Problem ? [request] : []))
	const [written, open] = await Promise.all([writePlaced(service, placed), findOpen(service, refused)])
	// Who was refused for pieces that an order before was to take, and then did not, may have them.
	const stands = ({ code }: Problem) => written.size === placed.length || code !== 'product_unavailable'
	return new Map<PlaceOrder, Outcome>(
		decided.map(({ request, decision }) => {
			if (decision instanceof Problem) return [request, stands(decision) && !open.has(request) ? decision : AGAIN]
			return [request, written.has(request.customer.id) ? { whole: decision.whole, replayed: false } : AGAIN]
		}),
	)
}

/**
 * Which requests can't be refused yet: an earlier one with the same key has lost its connection, but its statement goes on, and
 * may place the order after all. Until it ends it holds the cart; afterwards the order is there or not.
 */
async function findOpen({ sql }: Service, requests: readonly PlaceOrder[]): Promise<ReadonlySet<PlaceOrder>> {
	if (requests.length === 0) return new Set()
	const busy = await findBusyCarts(
		sql,
		requests.map(({ customer }) => customer.id),
	)
	const placed = await findPlacedKeys(
		sql,
		requests.map(({ customer, idempotencyKey }) => ({ customerId: customer.id, key: idempotencyKey })),
	)
	return new Set(requests.filter(({ customer }, index) => busy.has(customer.id) || placed.has(index)))
}

const NOBODY: ReadonlySet<number> = new Set()

/** Returns whose orders were written: nobody's, where another instance has taken pieces that these were to take. */
async function writePlaced({ sql }: Service, placed: readonly NewPlaced[]): Promise<ReadonlySet<number>> {
	try {
		return await insertOrders(
			sql,
			placed.map(({ order }) => order),
		)
	} catch (error) {
		if (isOutOfStock(error)) return NOBODY
		throw error
	}
}

/** The rules of placing: ≥1 product, the limit of positions, what is there, and a total that can be told and is the one shown. */
function decide(service: Service, { request, ground }: Asked, left: Left): NewPlaced | Problem {
	const { cart, products } = ground
	const { config, topicNames } = service
	if (isClosed(cart)) return httpProblem('unauthenticated')
	if (cart.lines.length === 0) return orderProblem('cart_empty')
	if (cart.lines.length > config.ORDER_POSITIONS_MAX) {
		return cartProblem('too_many_positions', { positions: cart.lines.length, positions_max: config.ORDER_POSITIONS_MAX })
	}
	/** Null: as many as one likes. */
	const leftOf = (productId: number): number | null => {
		const product = products.get(productId)
		if (product?.on_sale !== true) return 0
		return left.get(productId) ?? product.available
	}
	const lacking = cart.lines.filter(({ productId, quantity }) => quantity > (leftOf(productId) ?? Infinity))
	if (lacking.length > 0) {
		const there = lacking.map(({ productId }) => ({ product_id: productId, available: leftOf(productId) ?? 0 }))
		return orderProblem('product_unavailable', { products: there })
	}
	const lines = cart.lines.map(({ productId, quantity }): PlacedLine => {
		const product = products.get(productId)
		const tracked = product !== undefined && product.available !== null
		return { productId, quantity, name: product?.name ?? '', price: product?.price ?? 0, tracked }
	})
	const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0)
	// A greater one could be written, but no longer be read or told.
	if (!Number.isSafeInteger(total)) return orderProblem('total_too_large')
	if (request.expectedTotal !== undefined && request.expectedTotal !== total) return orderProblem('total_changed', { total })
	for (const { productId, quantity, tracked } of lines) {
		if (tracked) left.set(productId, (leftOf(productId) ?? 0) - quantity)
	}
	const whole = placedOrder(newOrder(request, { ground, total, currency: config.CURRENCY }), lines, request.delivery)
	const order: NewOrder = {
		order: whole.order,
		lines,
		choice: request.delivery,
		idempotencyKey: request.idempotencyKey,
		requestHash: hashOf(request),
		cartVersion: cart.version,
		events: eventsOf(topicNames, request, whole),
	}
	return { request, whole, order }
}

type NewOrderFacts = { ground: PlacingGround; total: number; currency: string }

const newOrder = ({ customer, phone, delivery }: PlaceOrder, { ground, total, currency }: NewOrderFacts): Order => ({
	id: ground.id,
	number: ground.number,
	customerId: customer.id,
	status: 'paid',
	version: 1,
	total,
	currency,
	phone,
	deliveryMethod: delivery.method,
	createdAt: ground.at,
	updatedAt: ground.at,
})

/** An order as it is at its placing, whatever happened to it since: what the same request is answered with again. */
function placedOrder(order: Order, lines: readonly OrderLine[], choice: DeliveryChoice): WholeOrder {
	const actor = { type: 'customer', id: order.customerId } as const
	return {
		order: { ...order, status: 'paid', version: 1, updatedAt: order.createdAt },
		lines,
		delivery: { ...choice, status: null, carrier: null, tracking_number: null, estimated_at: null, events: [] },
		history: [{ version: 1, status: 'paid', actor, source: 'api', reason: null, at: order.createdAt }],
	}
}

function eventsOf(
	topicNames: Service['topicNames'],
	{ customer, delivery: choice }: PlaceOrder,
	whole: WholeOrder,
): OutboxEvent[] {
	const { order, lines } = whole
	return [
		{ topic: topicNames.orders, key: order.id, type: 'order.placed', value: { order: placedValue(whole) } },
		placedNotification(topicNames.notifications, { order, lines, choice }, customer),
	]
}

/** `order.placed` holds what a warehouse and a courier need, so also phone and address. */
function placedValue({ order, lines, delivery }: WholeOrder) {
	return {
		id: order.id,
		number: order.number,
		status: order.status,
		version: order.version,
		items: itemsOf(lines),
		total: order.total,
		currency: order.currency,
		phone: order.phone,
		user_id: order.customerId,
		delivery,
		created_at: order.createdAt.toISOString(),
		updated_at: order.updatedAt.toISOString(),
	}
}

/** Answers requests whose key was used before: the same body gets the same answer, another one is refused. */
async function replay(sql: Sql, asked: readonly Asked[]): Promise<Map<PlaceOrder, Outcome>> {
	if (asked.length === 0) return new Map()
	const ids = asked.flatMap(({ ground }) => (ground.before === null ? [] : [ground.before]))
	const [orders, lines] = await Promise.all([readPlaced(sql, ids), readLines(sql, ids)])
	return new Map<PlaceOrder, Outcome>(
		asked.map(({ request, ground: { before } }) => {
			const placed = orders.get(before ?? '')
			// Gone since: orders are never deleted, so this is for the types alone.
			if (placed === undefined) return [request, AGAIN]
			if (!hashOf(request).equals(placed.requestHash)) return [request, orderProblem('idempotency_key_reused')]
			// Equal hashes: the choice of this request is the choice of that one.
			const whole = placedOrder(placed.order, lines.get(placed.order.id) ?? [], request.delivery)
			return [request, { whole, replayed: true }]
		}),
	)
}
