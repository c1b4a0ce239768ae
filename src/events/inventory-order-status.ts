import { type Static, Type } from 'typebox'

/** `inventory.order-status.v1`, in, by order id: a command to change an order's status. Unknown fields are ignored. */
export const OrderStatusCommand = Type.Object(
	{
		event_id: Type.String({ minLength: 1, maxLength: 200, description: 'The same when the command comes again' }),
		order_id: Type.String({ format: 'uuid' }),
		status: Type.String({ minLength: 1, maxLength: 50, description: 'The status to change to' }),
		reason: Type.Optional(Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()])),
		occurred_at: Type.Optional(Type.String({ format: 'date-time' })),
	},
	{ $id: 'OrderStatusCommand' },
)
export type OrderStatusCommand = Static<typeof OrderStatusCommand>
