import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { OrderStatus } from '../../events/orders.ts'
import type { OutgoingMessage } from '../../platform/topics/port.ts'
import type { Customer } from './customers.ts'
import type { PlannedOrder } from './plan.ts'
import { messageOf, type Stage, tell, until } from './play.ts'
import { type Fate, lastStatusOf, lastTrackingOf, type Step } from './ways.ts'

export type PlacedOrder = { readonly id: string; readonly customer: Customer; readonly fate: Fate }

const CartAnswer = Type.Object({ total: Type.Integer() })
const OrderAnswer = Type.Object({
	id: Type.String(),
	status: OrderStatus,
	delivery: Type.Object({ status: Type.Union([Type.String(), Type.Null()]) }),
})

const DELIVERIES = {
	courier: { method: 'courier', address: { full_address: 'Москва, Тверская ул., 1, кв. 2', kladr_id: '7700000000000' } },
	pickup: { method: 'pickup', pickup_point_id: 'msk-1' },
} as const

/** Plays the customers: they fill their carts and place the orders in turn, and give some up at once. */
export async function placeOrders(customers: readonly Customer[], plan: readonly PlannedOrder[]): Promise<PlacedOrder[]> {
	const placed = customers.map(async (customer, turn) => {
		const orders: PlacedOrder[] = []
		// A customer has one cart: one order after the other.
		for (const order of plan.filter((_, index) => index % customers.length === turn)) orders.push(await place(customer, order))
		return orders
	})
	return (await Promise.all(placed)).flat()
}

async function place(customer: Customer, { items, fate }: PlannedOrder): Promise<PlacedOrder> {
	const { shop, phone } = customer
	let total = 0
	for (const [id, quantity] of items) {
		const cart = await shop.call(`PUT /v1/cart/items/${id}`, { answer: CartAnswer, body: { quantity } })
		total = cart.total
	}
	const { id } = await shop.call('POST /v1/orders', {
		answer: OrderAnswer,
		headers: { 'idempotency-key': randomUUID() },
		body: { phone, delivery: DELIVERIES[fate.delivery], expected_total: total },
	})
	if (fate.cancelled !== undefined) {
		await shop.call(`POST /v1/orders/${id}/cancel`, { answer: OrderAnswer, body: { reason: fate.cancelled } })
	}
	return { id, customer, fate }
}

const DELIVERY_MS = 2 * 24 * 60 * 60_000
const DAY_LENGTH = 'YYYY-MM-DD'.length
const TRACKING_DIGITS = 10
/** So that each step has its own moment in the timelines. */
const STEP_MS = 150

/** Plays the inventory and the delivery: they tell of each order step by step, and the shop follows. */
export async function moveOrders(stage: Stage, orders: readonly PlacedOrder[]): Promise<void> {
	const stepsMax = Math.max(0, ...orders.map(({ fate }) => fate.steps.length))
	for (let index = 0; index < stepsMax; index++) {
		const messages = orders.flatMap(({ id, fate }) => {
			const step = fate.steps[index]
			return step === undefined ? [] : [stepMessage(stage, id, step)]
		})
		await tell(stage, messages)
		await sleep(STEP_MS, undefined, { signal: stage.terminal.interrupted })
	}
	const otherwise =
		'The orders do not move as the inventory and the delivery say: does a worker run, and does somebody else move them?'
	for (const order of orders) await until(stage, () => hasArrived(order), otherwise)
}

function stepMessage({ topicNames }: Stage, orderId: string, step: Step): OutgoingMessage {
	const common = { event_id: randomUUID(), order_id: orderId, occurred_at: new Date().toISOString() }
	if ('status' in step) {
		const value = { ...common, status: step.status, reason: step.reason ?? null }
		return messageOf({ topic: topicNames.orderStatus, key: orderId, type: 'order.status', source: '/demo/inventory', value })
	}
	const value = {
		...common,
		status: step.tracking,
		location: step.location,
		carrier: 'cdek',
		tracking_number: trackingNumberOf(orderId),
		estimated_at: new Date(Date.now() + DELIVERY_MS).toISOString().slice(0, DAY_LENGTH),
	}
	return messageOf({ topic: topicNames.tracking, key: orderId, type: 'delivery.tracking', source: '/demo/delivery', value })
}

/** Ten digits, the same for each message about an order. */
const trackingNumberOf = (orderId: string): string =>
	String(Number.parseInt(orderId.slice(-8), 16)).padStart(TRACKING_DIGITS, '0')

async function hasArrived({ id, customer, fate }: PlacedOrder): Promise<boolean> {
	const { status, delivery } = await customer.shop.call(`GET /v1/orders/${id}`, { answer: OrderAnswer })
	return status === lastStatusOf(fate) && delivery.status === lastTrackingOf(fate)
}
