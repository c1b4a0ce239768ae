import type { Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, deliveryOf } from './queries.ts'
import type { TrackedDelivery, TrackingEvent } from './tracking.ts'

/** Locks the deliveries of orders until the transaction ends, in the order of their ids, and returns them by order id as they are now. */
export async function lockDeliveries(tx: Tx, orderIds: readonly string[]): Promise<Map<string, TrackedDelivery>> {
	const rows = await tx<DeliveryRow[]>`
		select ${tx([...DELIVERY_COLUMNS])} from deliveries
		where order_id = ${oneOf(tx, orderIds, 'uuid')}
		order by order_id for update`
	return new Map(rows.map((row) => [row.order_id, deliveryOf(row)]))
}

/** What the delivery service told of an order. */
export type TrackingOfOrder = { readonly orderId: string; readonly event: TrackingEvent }

/** Which of the events are known, as `order id event id`. Asked while the deliveries are locked, so that none is in hand elsewhere. */
export async function findKnownEvents(tx: Tx, events: readonly TrackingOfOrder[]): Promise<Set<string>> {
	const wanted = events.map(({ orderId, event }) => ({ order_id: orderId, event_id: event.eventId }))
	const rows = await tx<{ order_id: string; event_id: string }[]>`
		select known.order_id, known.event_id from delivery_events as known
		join json_to_recordset(${tx.typed.json(wanted)}) as wanted (order_id uuid, event_id text)
			on known.order_id = wanted.order_id and known.event_id = wanted.event_id`
	return new Set(rows.map((row) => `${row.order_id} ${row.event_id}`))
}

/** Writes events that are not known yet, of deliveries whose locks the caller holds. */
export async function insertEvents(tx: Tx, events: readonly TrackingOfOrder[]): Promise<void> {
	const rows = events.map(({ orderId, event }) => ({
		order_id: orderId,
		event_id: event.eventId,
		status: event.status,
		carrier: event.carrier,
		tracking_number: event.trackingNumber,
		location: event.location,
		estimated_at: event.estimatedAt,
		occurred_at: event.occurredAt.toISOString(),
	}))
	await tx`
		insert into delivery_events (order_id, event_id, status, carrier, tracking_number, location, estimated_at, occurred_at)
		select order_id, event_id, status, carrier, tracking_number, location, estimated_at, occurred_at
		from json_to_recordset(${tx.typed.json(rows)}) as event (order_id uuid, event_id text, status text, carrier text,
			tracking_number text, location text, estimated_at date, occurred_at timestamptz)`
}

/** Writes where deliveries are now, of rows whose locks the caller holds. */
export async function writeStates(tx: Tx, deliveries: readonly TrackedDelivery[]): Promise<void> {
	const rows = deliveries.map(({ orderId, state }) => ({
		order_id: orderId,
		status: state.status,
		carrier: state.carrier,
		tracking_number: state.trackingNumber,
		estimated_at: state.estimatedAt,
		status_at: state.statusAt?.toISOString() ?? null,
	}))
	const ids = deliveries.map(({ orderId }) => orderId)
	await tx`
		update deliveries set status = now_at.status, carrier = now_at.carrier, tracking_number = now_at.tracking_number,
			estimated_at = now_at.estimated_at, status_at = now_at.status_at
		from json_to_recordset(${tx.typed.json(rows)}) as now_at (order_id uuid, status text, carrier text, tracking_number text,
			estimated_at date, status_at timestamptz)
		where deliveries.order_id = ${oneOf(tx, ids, 'uuid')}
			and deliveries.order_id = now_at.order_id`
}
