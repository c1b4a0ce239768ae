import type { OrderDeliveryChanged } from '../../events/orders.ts'
import type { Tx } from '../../platform/db/database.ts'
import { appendEvents, type OutboxEvent } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { readTimelines } from './queries.ts'
import { putInPlace, stateOf, type TrackedDelivery, type TrackingEvent, viewDelivery } from './tracking.ts'
import { findKnownEvents, insertEvents, lockDeliveries, type TrackingOfOrder, writeStates } from './tracking-queries.ts'

/**
 * Puts messages into the timelines of their deliveries as a part of the transaction, and returns the orders that do not exist.
 * One that came before, or is of a customer who was erased, changes nothing; each one that changes what the API shows is told as
 * `order.delivery_changed`, with the delivery as it is then.
 *
 * Each event is written under the lock of its delivery, so those of one delivery reach the topic in the order of commit. They
 * have no order among the order's changes of status, which stand under the order's own lock: neither tells anything of the
 * other. `order.placed` comes before both, for there is nothing to lock until it is committed.
 */
export async function applyTracking(
	tx: Tx,
	{ topicNames }: Service,
	messages: readonly TrackingOfOrder[],
): Promise<ReadonlySet<string>> {
	if (messages.length === 0) return new Set()
	const orderIds = [...new Set(messages.map(({ orderId }) => orderId))]
	const [deliveries, known, timelines] = await Promise.all([
		lockDeliveries(tx, orderIds),
		findKnownEvents(tx, messages),
		readTimelines(tx, orderIds),
	])
	const fresh = messages.filter(({ orderId, event }) => {
		const id = `${orderId} ${event.eventId}`
		const isFresh = deliveries.get(orderId)?.erased === false && !known.has(id)
		known.add(id)
		return isFresh
	})
	const changed = new Map<string, TrackedDelivery>()
	const events: OutboxEvent[] = []
	for (const { orderId, event } of fresh) {
		const delivery = deliveries.get(orderId)
		const before: readonly TrackingEvent[] = timelines.get(orderId) ?? []
		const timeline = putInPlace(before, event)
		if (delivery === undefined || timeline === before) continue
		timelines.set(orderId, timeline)
		const after = { ...delivery, state: stateOf(timeline) }
		changed.set(orderId, after)
		events.push({ topic: topicNames.orders, key: orderId, type: 'order.delivery_changed', value: changeOf(after, timeline) })
	}
	if (fresh.length > 0) {
		// Each takes a number among its customer's changes: always in the same order, so that two batches can't block each other.
		const customerOf = ({ orderId }: TrackingOfOrder) => deliveries.get(orderId)?.customerId ?? 0
		fresh.sort((one, other) => customerOf(one) - customerOf(other))
		await Promise.all([insertEvents(tx, fresh), writeStates(tx, [...changed.values()]), appendEvents(tx, events)])
	}
	return new Set(orderIds.filter((orderId) => !deliveries.has(orderId)))
}

const changeOf = (
	{ orderId, orderNumber, customerId, choice, state }: TrackedDelivery,
	timeline: readonly TrackingEvent[],
): OrderDeliveryChanged => ({
	order_id: orderId,
	number: orderNumber,
	user_id: customerId,
	delivery: viewDelivery(choice, state, timeline),
})
