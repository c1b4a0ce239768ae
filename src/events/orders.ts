import { type Static, Type } from 'typebox'
import { TRACKING_STATUSES } from './delivery-tracking.ts'

const moment = Type.String({ format: 'date-time' })
const nullable = (description?: string) =>
	Type.Union([Type.String(), Type.Null()], description === undefined ? {} : { description })

export const ORDER_STATUSES = ['paid', 'assembling', 'ready', 'received', 'cancelled'] as const
const ACTOR_TYPES = ['customer', 'staff', 'service', 'inventory', 'delivery'] as const
export const SOURCES = ['api', 'topic', 'admin'] as const

export const OrderStatus = Type.Enum([...ORDER_STATUSES])
export type OrderStatus = Static<typeof OrderStatus>
export type Source = (typeof SOURCES)[number]

/** Who did it; the id is null where there is none. */
export const Actor = Type.Object({ type: Type.Enum([...ACTOR_TYPES]), id: Type.Union([Type.Integer(), Type.Null()]) })
export type Actor = Static<typeof Actor>

const DeliveryAddress = Type.Object({ full_address: Type.String(), kladr_id: Type.Optional(Type.String()) })

/** What happened to a delivery on its way; null is what the delivery service did not say. */
export const DeliveryEvent = Type.Object({
	status: Type.Enum([...TRACKING_STATUSES]),
	location: nullable(),
	carrier: nullable(),
	tracking_number: nullable(),
	estimated_at: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
	occurred_at: moment,
})
export type DeliveryEvent = Static<typeof DeliveryEvent>

/** Of more events than this the newest are shown: so many of the longest fit into a message of 1 MB. */
export const DELIVERY_EVENTS_SHOWN_MAX = 100

const tracked = {
	status: Type.Union([Type.Enum([...TRACKING_STATUSES]), Type.Null()], {
		description: 'What happened last, by when it happened; null before the first message of the delivery service',
	}),
	carrier: nullable('Who carries it now'),
	tracking_number: nullable('The carrier’s number for it'),
	estimated_at: Type.Union([Type.String({ format: 'date' }), Type.Null()], { description: 'The day it should arrive' }),
	events: Type.Optional(
		Type.Array(DeliveryEvent, {
			description: `What happened, newest first, at most ${DELIVERY_EVENTS_SHOWN_MAX}; left out in lists`,
		}),
	),
}

/** How an order comes to its customer and where it is: the same in the API and in the events. */
export const Delivery = Type.Union(
	[
		Type.Object({ method: Type.Literal('courier'), address: DeliveryAddress, ...tracked }, { title: 'CourierDelivery' }),
		Type.Object({ method: Type.Literal('pickup'), pickup_point_id: Type.String(), ...tracked }, { title: 'PickupDelivery' }),
	],
	{ title: 'Delivery' },
)
export type Delivery = Static<typeof Delivery>

/** `shop.orders.v1`, out, by order id, `order.placed`: all that a warehouse and a courier need, so also phone and address. */
export const OrderPlaced = Type.Object(
	{
		order: Type.Object({
			id: Type.String({ format: 'uuid' }),
			number: Type.Integer(),
			status: OrderStatus,
			version: Type.Integer(),
			items: Type.Array(
				Type.Object({
					product_id: Type.Integer(),
					name: Type.String(),
					price: Type.Integer(),
					quantity: Type.Integer(),
					sum: Type.Integer(),
				}),
			),
			total: Type.Integer(),
			currency: Type.String(),
			phone: Type.String(),
			user_id: Type.Integer(),
			delivery: Delivery,
			created_at: moment,
			updated_at: moment,
		}),
	},
	{ $id: 'OrderPlaced' },
)
export type OrderPlaced = Static<typeof OrderPlaced>

/** `shop.orders.v1`, out, by order id, `order.status_changed`. */
export const OrderStatusChanged = Type.Object(
	{
		order_id: Type.String({ format: 'uuid' }),
		number: Type.Integer(),
		user_id: Type.Integer(),
		version: Type.Integer(),
		from: OrderStatus,
		status: OrderStatus,
		actor: Actor,
		source: Type.Enum([...SOURCES]),
		reason: nullable(),
		occurred_at: moment,
	},
	{ $id: 'OrderStatusChanged' },
)
export type OrderStatusChanged = Static<typeof OrderStatusChanged>

/** `shop.orders.v1`, out, by order id, `order.delivery_changed`: the delivery as it is after a message of the delivery service. */
export const OrderDeliveryChanged = Type.Object(
	{ order_id: Type.String({ format: 'uuid' }), number: Type.Integer(), user_id: Type.Integer(), delivery: Delivery },
	{ $id: 'OrderDeliveryChanged' },
)
export type OrderDeliveryChanged = Static<typeof OrderDeliveryChanged>
