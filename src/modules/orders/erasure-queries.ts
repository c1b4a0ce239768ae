import type { Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import { ORDER_COLUMNS, type OrderRow, orderOf } from './queries.ts'
import type { Order } from './order.ts'

/** Locks all orders of a customer until the transaction ends, in the order of their ids, and returns them, newest first. */
export async function lockOrdersOf(tx: Tx, customerId: number): Promise<Order[]> {
	const rows = await tx<OrderRow[]>`
		select ${tx([...ORDER_COLUMNS])} from orders where id = any(array(select id from orders where customer_id = ${customerId}))
		order by id for update`
	return rows.map(orderOf).toSorted((one, other) => other.number - one.number)
}

/**
 * Removes whatever tells of the person from orders whose locks the caller holds: the phone, the client's own key and the hash of
 * what was asked for (from which a phone could be guessed), and what anybody wrote. Lines, sums and statuses stay.
 */
export async function eraseOrders(tx: Tx, customerId: number, orderIds: readonly string[]): Promise<void> {
	const oneOfOrders = oneOf(tx, orderIds, 'uuid')
	await Promise.all([
		tx`update orders set phone = '', idempotency_key = id::text, request_hash = '' where customer_id = ${customerId}`,
		tx`
			update order_history set reason = null
			where order_id = ${oneOfOrders} and reason is not null`,
		tx`
			update order_refusals set reason = null
			where order_id = ${oneOfOrders} and reason is not null`,
	])
}
