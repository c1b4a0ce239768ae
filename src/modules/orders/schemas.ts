import { type Static, Type } from 'typebox'
import { Actor, OrderStatus, SOURCES } from '../../events/orders.ts'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'
import { optionalBody } from '../../platform/http/validation.ts'
import { Money, ProductId } from '../catalog/index.ts'
import { Delivery, DeliveryChoice } from '../delivery/index.ts'

export const moment = Type.String({ format: 'date-time' })
const REASON_MAX_CHARACTERS = 1_000

export const Reason = Type.Optional(
	Type.Union([Type.String({ maxLength: REASON_MAX_CHARACTERS }), Type.Null()], { description: 'Why, in words for people' }),
)

const OrderItem = Type.Object({
	product_id: ProductId,
	name: Type.String(),
	price: Money,
	quantity: Type.Integer(),
	sum: Money,
})

export const HistoryItem = Type.Object({
	version: Type.Integer(),
	status: OrderStatus,
	actor: Actor,
	source: Type.Enum([...SOURCES]),
	reason: Type.Union([Type.String(), Type.Null()]),
	at: moment,
})

/** A command that the status table refused. */
export const Refusal = Type.Object({
	from: OrderStatus,
	status: Type.String({ description: 'What was asked for' }),
	actor: Actor,
	source: Type.Enum([...SOURCES]),
	reason: Type.Union([Type.String(), Type.Null()]),
	at: moment,
})

export const head = {
	id: Type.String({ format: 'uuid' }),
	number: Type.Integer({ description: 'For people' }),
	status: OrderStatus,
	status_label: Type.String({ description: 'In the language of Accept-Language; `ready` by delivery method' }),
	version: Type.Integer({ description: 'Grows with each change of status; the ETag' }),
}
export const tail = { created_at: moment, updated_at: moment }
export const owned = { phone: Type.String({ description: 'E.164' }), user_id: Type.Integer() }
export const body = {
	items: Type.Array(OrderItem),
	total: Money,
	currency: Type.String({ description: 'ISO 4217' }),
}
const can = Type.Object({ cancel: Type.Boolean() }, { description: 'What the customer may do with it now' })

/** A line of an order's history, with the order that it belongs to. */
export const StatusChange = Type.Object(
	{
		order_id: head.id,
		number: head.number,
		version: head.version,
		status: head.status,
		status_label: head.status_label,
		actor: Actor,
		source: Type.Enum([...SOURCES]),
		reason: Type.Union([Type.String(), Type.Null()]),
		at: moment,
		can,
	},
	{ title: 'StatusChange' },
)
export type StatusChange = Static<typeof StatusChange>

/** An order as its customer sees it in a list: without history and tracking events. */
export const OrderSummary = Type.Object(
	{ ...head, ...body, ...owned, delivery: Delivery, can, ...tail },
	{ title: 'OrderSummary' },
)
export type OrderSummary = Static<typeof OrderSummary>

/** An order as its customer sees it. */
export const OrderView = Type.Object(
	{ ...head, ...body, ...owned, delivery: Delivery, history: Type.Array(HistoryItem), can, ...tail },
	{ title: 'Order' },
)
export type OrderView = Static<typeof OrderView>

/** An order as another service sees it: nothing of the person. */
export const ServiceOrder = Type.Object(
	{
		...head,
		...body,
		delivery: Type.Object({ method: Type.Enum(['courier', 'pickup']) }),
		history: Type.Array(HistoryItem),
		...tail,
	},
	{ title: 'ServiceOrder' },
)
export type ServiceOrder = Static<typeof ServiceOrder>

/** Placing: takes the cart as it is. */
export const PlaceOrderBody = Type.Object(
	{
		phone: Type.String({ maxLength: 40, description: 'Whom the courier or the pickup point calls, as people write it' }),
		delivery: DeliveryChoice,
		expected_total: Type.Optional(
			Type.Integer({
				minimum: 0,
				maximum: Number.MAX_SAFE_INTEGER,
				description: 'The total the customer was shown; another one is refused',
			}),
		),
	},
	{ additionalProperties: false },
)
export type PlaceOrderBody = Static<typeof PlaceOrderBody>

export const OrderParams = Type.Object({ id: Type.String({ format: 'uuid' }) }, { additionalProperties: false })
export const OrderListQuery = Type.Object(pageQuery, { additionalProperties: false })
export const OrderPage = pageOf(OrderSummary)
export const CancelBody = optionalBody(Type.Object({ reason: Reason }, { additionalProperties: false }))

/** The same command as on the topic. */
export const ServiceStatusBody = Type.Object(
	{
		event_id: Type.String({ minLength: 1, maxLength: 200, description: 'The same when the command is sent again' }),
		status: OrderStatus,
		reason: Reason,
	},
	{ additionalProperties: false },
)
