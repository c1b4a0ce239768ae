import { TRACKING_STATUSES } from '../../events/delivery-tracking.ts'
import { type Delivery, DELIVERY_EVENTS_SHOWN_MAX } from '../../events/orders.ts'
import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { DeliveryChoice } from './schemas.ts'
import { stateOf, type TrackedDelivery, type TrackingEvent, type TrackingStatus, viewDelivery } from './tracking.ts'

export type DeliveryRow = {
	order_id: string
	order_number: number
	customer_id: number
	method: 'courier' | 'pickup'
	full_address: string | null
	kladr_id: string | null
	pickup_point_id: string | null
	status: TrackingStatus | null
	carrier: string | null
	tracking_number: string | null
	estimated_at: string | null
	status_at: Date | null
	erased_at: Date | null
}

/** All of a `DeliveryRow`. Never `*`: see `ORDER_COLUMNS`. */
export const DELIVERY_COLUMNS = [
	'order_id',
	'order_number',
	'customer_id',
	'method',
	'full_address',
	'kladr_id',
	'pickup_point_id',
	'status',
	'carrier',
	'tracking_number',
	'estimated_at',
	'status_at',
	'erased_at',
] as const satisfies readonly (keyof DeliveryRow)[]

export const deliveryOf = (row: DeliveryRow): TrackedDelivery => ({
	orderId: row.order_id,
	orderNumber: row.order_number,
	customerId: row.customer_id,
	choice: choiceOf(row),
	erased: row.erased_at !== null,
	state: {
		status: row.status,
		carrier: row.carrier,
		trackingNumber: row.tracking_number,
		estimatedAt: row.estimated_at,
		statusAt: row.status_at,
	},
})

/** The table's checks keep the address with the courier and the point with the pickup. */
function choiceOf({ method, full_address, kladr_id, pickup_point_id }: DeliveryRow): DeliveryChoice {
	if (method === 'pickup') return { method, pickup_point_id: pickup_point_id ?? '' }
	return { method, address: { full_address: full_address ?? '', ...(kladr_id === null ? {} : { kladr_id }) } }
}

/** A choice as the columns of `insertDeliveries`. */
export const deliveryRowOf = (choice: DeliveryChoice) => ({
	method: choice.method,
	full_address: choice.method === 'courier' ? choice.address.full_address : null,
	kladr_id: choice.method === 'courier' ? (choice.address.kladr_id ?? null) : null,
	pickup_point_id: choice.method === 'pickup' ? choice.pickup_point_id : null,
})

/**
 * A part of a statement that places orders: writes the delivery of each row of a relation `placed` (`id`, `number`,
 * `customer_id` and the columns of `deliveryRowOf`).
 */
export const insertDeliveries = (sql: Sql): Fragment => sql`
	insert into deliveries (order_id, order_number, customer_id, method, full_address, kladr_id, pickup_point_id)
	select id, number, customer_id, method, full_address, kladr_id, pickup_point_id from placed`

type EventRow = {
	order_id: string
	event_id: string
	status: TrackingStatus
	carrier: string | null
	tracking_number: string | null
	location: string | null
	estimated_at: string | null
	occurred_at: Date
}

/** What happened to deliveries, by order id: of each as much as is shown, newest first (`compareNewestFirst`). */
export async function readTimelines(sql: Sql | Tx, orderIds: readonly string[]): Promise<Map<string, readonly TrackingEvent[]>> {
	const rows = await sql<EventRow[]>`
		select event.* from json_array_elements_text(${sql.typed.json(orderIds)}) as wanted (order_id)
		cross join lateral (
			select order_id, event_id, status, carrier, tracking_number, location, estimated_at, occurred_at from delivery_events
			where order_id = wanted.order_id::uuid
			order by occurred_at desc,
				array_position(array(select value from json_array_elements_text(${sql.typed.json([...TRACKING_STATUSES])})), status) desc,
				event_id collate "C" desc
			limit ${DELIVERY_EVENTS_SHOWN_MAX}
		) as event`
	const timelines = new Map<string, TrackingEvent[]>()
	for (const { order_id, ...row } of rows) {
		const timeline = timelines.get(order_id) ?? []
		timelines.set(order_id, timeline)
		timeline.push({
			eventId: row.event_id,
			status: row.status,
			carrier: row.carrier,
			trackingNumber: row.tracking_number,
			location: row.location,
			estimatedAt: row.estimated_at,
			occurredAt: row.occurred_at,
		})
	}
	return timelines
}

export type ReadDeliveriesOptions = {
	/** With what happened on the way, newest first; lists go without. */
	readonly events: boolean
}

/** The deliveries of orders, by order id, as the API shows them. The caller has made sure that the asker may see the orders. */
export async function readDeliveries(
	sql: Sql | Tx,
	orderIds: readonly string[],
	{ events }: ReadDeliveriesOptions,
): Promise<Map<string, Delivery>> {
	const [rows, timelines] = await Promise.all([
		sql<DeliveryRow[]>`
			select ${sql([...DELIVERY_COLUMNS])} from deliveries
			where order_id = ${oneOf(sql, orderIds, 'uuid')}`,
		events ? readTimelines(sql, orderIds) : undefined,
	])
	return new Map(rows.map((row) => [row.order_id, viewOf(deliveryOf(row), timelines)]))
}

/** The state by the timeline itself where there is one: the two were read by two statements, between which a message may have come. */
function viewOf(
	{ orderId, choice, state }: TrackedDelivery,
	timelines: ReadonlyMap<string, readonly TrackingEvent[]> | undefined,
) {
	if (timelines === undefined) return viewDelivery(choice, state)
	const timeline = timelines.get(orderId) ?? []
	return viewDelivery(choice, stateOf(timeline), timeline)
}

/** The delivery of a customer's order with what happened on the way, or undefined: where there is none, or it is somebody else's. */
export async function findCustomerDelivery(sql: Sql, customerId: number, orderId: string): Promise<Delivery | undefined> {
	const [[row], timelines] = await Promise.all([
		sql<
			DeliveryRow[]
		>`select ${sql([...DELIVERY_COLUMNS])} from deliveries where order_id = ${orderId} and customer_id = ${customerId}`,
		readTimelines(sql, [orderId]),
	])
	return row && viewOf(deliveryOf(row), timelines)
}
