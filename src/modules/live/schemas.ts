import { type Static, Type } from 'typebox'
import { DeliveryEvent, OrderStatus } from '../../events/orders.ts'
import { TRACKING_STATUSES } from '../../events/delivery-tracking.ts'
import { StatusChange } from '../orders/index.ts'

const nullable = Type.Union([Type.String(), Type.Null()])
const OrderId = Type.String({ format: 'uuid' })

/** `status_changed`: the order has another status. */
export const StatusChanged = StatusChange
export type StatusChanged = Static<typeof StatusChanged>

/** `delivery_changed`: something happened on the order's way (`event`), and where it is by now. */
const DeliveryChanged = Type.Object(
	{
		order_id: OrderId,
		number: Type.Integer(),
		delivery: Type.Object({
			status: Type.Union([Type.Enum([...TRACKING_STATUSES]), Type.Null()]),
			carrier: nullable,
			tracking_number: nullable,
			estimated_at: nullable,
		}),
		event: DeliveryEvent,
	},
	{ title: 'DeliveryChange' },
)
export type DeliveryChanged = Static<typeof DeliveryChanged>

/** What the staff are told of an order: enough to show the row anew, or to know that it is to be read. */
const StaffOrderChanged = Type.Object(
	{
		order_id: OrderId,
		number: Type.Integer(),
		status: OrderStatus,
		version: Type.Integer(),
		total: Type.Integer(),
		delivery_method: Type.Enum(['courier', 'pickup']),
	},
	{ title: 'StaffOrderChange' },
)
export type StaffOrderChanged = Static<typeof StaffOrderChanged>
