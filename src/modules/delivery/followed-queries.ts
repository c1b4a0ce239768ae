import { type DeliveryEvent, DELIVERY_EVENTS_SHOWN_MAX } from '../../events/orders.ts'
import type { Sql } from '../../platform/db/database.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, deliveryOf } from './queries.ts'
import { type TrackingEvent, type TrackingState, type TrackingStatus, viewEvent } from './tracking.ts'

/** Something that happened on an order's way, as whoever follows the order is told of it; and where the delivery is by now. */
export type ToldDelivery = {
	readonly orderId: string
	readonly number: number
	readonly customerId: number
	/** Its number among the customer's changes; 0 for what is older than such numbers. */
	readonly seq: number
	readonly event: DeliveryEvent
	readonly state: TrackingState
}

type Row = DeliveryRow & {
	seq: number
	event_id: string
	event_status: TrackingStatus
	event_carrier: string | null
	event_tracking_number: string | null
	location: string | null
	event_estimated_at: string | null
	occurred_at: Date
}

function toldOf(row: Row): ToldDelivery {
	const { orderId, orderNumber, customerId, state } = deliveryOf(row)
	const event: TrackingEvent = {
		eventId: row.event_id,
		status: row.event_status,
		carrier: row.event_carrier,
		trackingNumber: row.event_tracking_number,
		location: row.location,
		estimatedAt: row.event_estimated_at,
		occurredAt: row.occurred_at,
	}
	return { orderId, number: orderNumber, customerId, seq: row.seq, event: viewEvent(event), state }
}

/** A part of an order's changes: those with a number after `after` (null: from the first on) and up to `up_to`. */
export type ChangesWanted = { readonly order_id: string; readonly after: number | null; readonly up_to: number }

/** What happened on the way of orders, in the order of the numbers; of one order no more than its timeline shows. */
export async function readTrackingAfter(sql: Sql, wanted: readonly ChangesWanted[]): Promise<ToldDelivery[]> {
	if (wanted.length === 0) return []
	const rows = await sql<Row[]>`
		select deliveries.*, coalesce(event.seq, 0) as seq, event.event_id, event.status as event_status,
			event.carrier as event_carrier, event.tracking_number as event_tracking_number, event.location,
			event.estimated_at as event_estimated_at, event.occurred_at
		from json_to_recordset(${sql.typed.json(wanted)}) as wanted (order_id uuid, after bigint, up_to bigint)
		cross join lateral (
			select seq, event_id, status, carrier, tracking_number, location, estimated_at, occurred_at, received_at from delivery_events
			where order_id = wanted.order_id and coalesce(seq, 0) <= wanted.up_to and (wanted.after is null or seq > wanted.after)
			order by coalesce(seq, 0) desc, received_at desc, event_id desc limit ${DELIVERY_EVENTS_SHOWN_MAX}
		) as event
		cross join lateral (select ${sql([...DELIVERY_COLUMNS])} from deliveries where order_id = wanted.order_id limit 1) as deliveries
		order by seq, event.received_at, event.event_id`
	return rows.map(toldOf)
}
