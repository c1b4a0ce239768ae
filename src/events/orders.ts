import { type Static, Type } from 'typebox'

const moment = Type.String({ format: 'date-time' })
const nullable = (description?: string) =>
	Type.Union([Type.String(), Type.Null()], description === undefined ? {} : { description })

export const ORDER_STATUSES = ['paid', 'assembling', 'ready', 'received', 'cancelled'] as const
export const ACTOR_TYPES = ['customer', 'staff', 'service', 'inventory', 'delivery'] as const
export const SOURCES = ['api', 'topic', 'admin'] as const

export const OrderStatus = Type.Enum([...ORDER_STATUSES])
export type OrderStatus = Static<typeof OrderStatus>
export type Source = (typeof SOURCES)[number]

/** Who did it; the id is null where there is none. */
export const Actor = Type.Object({ type: Type.Enum([...ACTOR_TYPES]), id: Type.Union([Type.Integer(), Type.Null()]) })
export type Actor = Static<typeof Actor>

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
			delivery: Type.Object({ method: Type.Enum(['courier', 'pickup']) }, { additionalProperties: true }),
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
