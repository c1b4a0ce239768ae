import type { Tx } from '../../platform/db/database.ts'

/**
 * Removes where orders went and what leads to the person who got them: address, tracking numbers, places on the way. Method,
 * pickup point, carrier and statuses stay; what the delivery service tells from now on is not kept. Locks the deliveries in the
 * order of their ids.
 */
export async function eraseDeliveries(tx: Tx, orderIds: readonly string[]): Promise<void> {
	const ids = tx.typed.json(orderIds)
	await tx`
		select from deliveries where order_id = any(array(select value::uuid from json_array_elements_text(${ids})))
		order by order_id for update`
	await Promise.all([
		tx`
			update deliveries set full_address = case method when 'courier' then '' end, kladr_id = null, tracking_number = null,
				erased_at = now()
			where order_id = any(array(select value::uuid from json_array_elements_text(${ids})))`,
		tx`
			update delivery_events set tracking_number = null, location = null
			where order_id = any(array(select value::uuid from json_array_elements_text(${ids})))`,
	])
}
