import type { Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'

/**
 * Removes where orders went and what leads to the person who got them: address, tracking numbers, places on the way. Method,
 * pickup point, carrier and statuses stay; what the delivery service tells from now on is not kept. Locks the deliveries in the
 * order of their ids.
 */
export async function eraseDeliveries(tx: Tx, orderIds: readonly string[]): Promise<void> {
	const oneOfOrders = oneOf(tx, orderIds, 'uuid')
	await tx`
		select from deliveries where order_id = ${oneOfOrders}
		order by order_id for update`
	await Promise.all([
		tx`
			update deliveries set full_address = case method when 'courier' then '' end, kladr_id = null, tracking_number = null,
				erased_at = now()
			where order_id = ${oneOfOrders}`,
		tx`
			update delivery_events set tracking_number = null, location = null
			where order_id = ${oneOfOrders}`,
	])
}
