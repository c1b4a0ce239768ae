import { type Static, Type } from 'typebox'

export const TRACKING_STATUSES = [
	'created',
	'handed_over',
	'in_transit',
	'at_pickup_point',
	'out_for_delivery',
	'delivered',
	'failed',
	'returned',
] as const

const optionalText = (maxLength: number) => Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()]))

/** `delivery.tracking.v1`, in, by order id: where a delivery is. Unknown fields are ignored. */
export const TrackingMessage = Type.Object(
	{
		event_id: Type.String({ minLength: 1, maxLength: 200, description: 'The same when the message comes again' }),
		order_id: Type.String({ format: 'uuid' }),
		status: Type.Enum([...TRACKING_STATUSES]),
		carrier: optionalText(200),
		tracking_number: optionalText(200),
		location: optionalText(1_000),
		estimated_at: Type.Optional(
			Type.Union([Type.String({ format: 'date' }), Type.Null()], { description: 'The day it should arrive' }),
		),
		occurred_at: Type.String({ format: 'date-time', description: 'When it happened: messages may come late and out of order' }),
	},
	{ $id: 'TrackingMessage' },
)
export type TrackingMessage = Static<typeof TrackingMessage>
