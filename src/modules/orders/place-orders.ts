import { createHash } from 'node:crypto'
import { type Cart, cartProblem, lockCarts, writeCarts } from '../cart/index.ts'
import { lockProducts, type ShopProduct, takeStock } from '../catalog/index.ts'
import { type DeliveryChoice, insertDeliveries } from '../delivery/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { createLanes, type Lanes } from '../../platform/lanes.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { type Contact, placedNotification } from './notifications.ts'
import type { Order, OrderLine } from './order.ts'
import { findPlaced, insertOrders, nextOrders, type OrderIdentity, type PlacedBefore } from './placing-queries.ts'
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

/** Placing, many customers' orders in one transaction. */
export function createPlacingLanes(service: Service): Lanes<PlaceOrder, Placed> {
	return createLanes({
		name: 'orders',
		log: service.log,
		ownerOf: (request) => request.customer.id,
		async run(batch) {
			const outcomes = await service.sql.begin((tx) => placeOrders(tx, service, batch))
			service.signals.announce('outbox')
			return outcomes
		},
	})
}

/**
 * Places orders of different customers and returns an outcome for each: takes the cart, freezes its prices, takes tracked
 * pieces from our copy of the stock, and writes order, lines, history, delivery and events. A refusal leaves nothing behind,
 * its key neither.
 */
async function placeOrders(tx: Tx, service: Service, batch: readonly PlaceOrder[]): Promise<(Placed | Problem)[]> {
	const keys = batch.map(({ customer, idempotencyKey }) => ({ customerId: customer.id, key: idempotencyKey }))
	// The locks first: a request with the same key on another instance has committed before its order is looked for.
	const [carts, before] = await Promise.all([
		lockCarts(
			tx,
			batch.map((request) => request.customer.id),
		),
		findPlaced(tx, keys),
	])
	const placedBefore = new Map(before.map((placed) => [`${placed.order.customerId} ${placed.key}`, placed]))
	const beforeOf = (request: PlaceOrder) => placedBefore.get(`${request.customer.id} ${request.idempotencyKey}`)
	const fresh = batch.filter((request) => beforeOf(request) === undefined)
	const outcomes = new Map<PlaceOrder, Placed | Problem>(
		fresh.length > 0 ? await placeFresh(tx, service, { requests: fresh, carts }) : [],
	)
	for (const [request, placed] of await replay(
		tx,
		batch.flatMap((request) => pairOf(request, beforeOf(request))),
	)) {
		outcomes.set(request, placed)
	}
	return batch.map((request) => outcomes.get(request) ?? orderProblem('cart_empty'))
}

const pairOf = (request: PlaceOrder, before: PlacedBefore | undefined): [PlaceOrder, PlacedBefore][] =>
	before === undefined ? [] : [[request, before]]

/** What makes two requests with one key the same intent. */
function hashOf({ phone, delivery, expectedTotal }: PlaceOrder): Buffer {
	const choice =
		delivery.method === 'courier'
			? [delivery.method, delivery.address.full_address, delivery.address.kladr_id ?? null]
			: [delivery.method, delivery.pickup_point_id]
	return createHash('sha256')
		.update(JSON.stringify([phone, choice, expectedTotal ?? null]))
		.digest()
}

type Fresh = { readonly requests: readonly PlaceOrder[]; readonly carts: ReadonlyMap<number, Cart> }
type NewPlaced = { readonly request: PlaceOrder; readonly whole: WholeOrder; readonly emptied: Cart }

async function placeFresh(tx: Tx, service: Service, { requests, carts }: Fresh): Promise<[PlaceOrder, Placed | Problem][]> {
	const productIds = [...carts.values()].flatMap((cart) => cart.lines.map((line) => line.productId))
	const [products, identities] = await Promise.all([lockProducts(tx, productIds), nextOrders(tx, requests.length)])
	const left = new Map([...products.values()].map((product) => [product.id, product.available]))
	const decided = requests.map((request, index): [PlaceOrder, NewPlaced | Problem] => {
		const cart = carts.get(request.customer.id)
		const identity = identities[index]
		if (cart === undefined || identity === undefined) return [request, orderProblem('cart_empty')]
		return [request, decide(request, { cart, products, left, identity, config: service.config })]
	})
	const placed = decided.flatMap(([, outcome]) => (outcome instanceof Problem ? [] : [outcome]))
	if (placed.length > 0) await writePlaced(tx, service, placed)
	return decided.map(([request, outcome]) => [
		request,
		outcome instanceof Problem ? outcome : { whole: outcome.whole, replayed: false },
	])
}

type Ground = {
	readonly cart: Cart
	readonly products: ReadonlyMap<number, ShopProduct>
	/** Pieces that the orders before this one in the batch have left; null: not tracked. Taken from when the order is placed. */
	readonly left: Map<number, number | null>
	readonly identity: OrderIdentity
	readonly config: Service['config']
}

/** The rules of placing: ≥1 product, the limit of positions, what is there, and a total that can be told and is the one shown. */
function decide(request: PlaceOrder, { cart, products, left, identity, config }: Ground): NewPlaced | Problem {
	if (cart.lines.length === 0) return orderProblem('cart_empty')
	if (cart.lines.length > config.ORDER_POSITIONS_MAX) {
		return cartProblem('too_many_positions', { positions: cart.lines.length, positions_max: config.ORDER_POSITIONS_MAX })
	}
	const lacking = cart.lines.filter(({ productId, quantity }) => {
		const available = left.get(productId)
		return products.get(productId)?.on_sale !== true || (available !== null && available !== undefined && available < quantity)
	})
	if (lacking.length > 0) {
		const there = lacking.map(({ productId }) => ({
			product_id: productId,
			available: products.get(productId)?.on_sale === true ? (left.get(productId) ?? 0) : 0,
		}))
		return orderProblem('product_unavailable', { products: there })
	}
	const lines = cart.lines.map(({ productId, quantity }): OrderLine => {
		const product = products.get(productId)
		return { productId, quantity, name: product?.name ?? '', price: product?.price ?? 0 }
	})
	const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0)
	// A greater one could be written, but no longer be read or told.
	if (!Number.isSafeInteger(total)) return orderProblem('total_too_large')
	if (request.expectedTotal !== undefined && request.expectedTotal !== total) return orderProblem('total_changed', { total })
	for (const { productId, quantity } of lines) {
		const available = left.get(productId)
		if (available !== null && available !== undefined) left.set(productId, available - quantity)
	}
	const whole = placedOrder(newOrder(request, { identity, total, currency: config.CURRENCY }), lines, request.delivery)
	return { request, whole, emptied: { ...cart, lines: [], version: cart.version + 1 } }
}

type NewOrderFacts = { identity: OrderIdentity; total: number; currency: string }

const newOrder = ({ customer, phone, delivery }: PlaceOrder, { identity, total, currency }: NewOrderFacts): Order => ({
	id: identity.id,
	number: identity.number,
	customerId: customer.id,
	status: 'paid',
	version: 1,
	total,
	currency,
	phone,
	deliveryMethod: delivery.method,
	createdAt: identity.at,
	updatedAt: identity.at,
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

async function writePlaced(tx: Tx, { topicNames }: Service, placed: readonly NewPlaced[]): Promise<void> {
	const taken = new Map<number, number>()
	for (const { productId, quantity } of placed.flatMap(({ whole }) => whole.lines)) {
		taken.set(productId, (taken.get(productId) ?? 0) + quantity)
	}
	const events = placed.flatMap(({ request, whole }) => {
		const { order, lines } = whole
		const placedEvent = { topic: topicNames.orders, key: order.id, type: 'order.placed', value: { order: placedValue(whole) } }
		const { delivery: choice, customer } = request
		return [placedEvent, placedNotification(topicNames.notifications, { order, lines, choice }, customer)]
	})
	await Promise.all([
		insertOrders(
			tx,
			placed.map(({ request, whole: { order, lines } }) => ({
				order,
				lines,
				idempotencyKey: request.idempotencyKey,
				requestHash: hashOf(request),
			})),
		),
		insertDeliveries(
			tx,
			placed.map(({ request, whole: { order } }) => ({
				orderId: order.id,
				orderNumber: order.number,
				customerId: order.customerId,
				choice: request.delivery,
			})),
		),
		takeStock(
			tx,
			[...taken].map(([id, quantity]) => ({ id, quantity })),
		),
		writeCarts(
			tx,
			placed.map(({ emptied }) => emptied),
		),
		appendEvents(tx, events),
	])
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
async function replay(tx: Tx, pairs: readonly [PlaceOrder, PlacedBefore][]): Promise<[PlaceOrder, Placed | Problem][]> {
	if (pairs.length === 0) return []
	const ids = pairs.map(([, before]) => before.order.id)
	const lines = await readLines(tx, ids)
	return pairs.map(([request, { order, requestHash }]) => {
		if (!hashOf(request).equals(requestHash)) return [request, orderProblem('idempotency_key_reused')]
		// Equal hashes: the choice of this request is the choice of that one.
		return [request, { whole: placedOrder(order, lines.get(order.id) ?? [], request.delivery), replayed: true }]
	})
}
