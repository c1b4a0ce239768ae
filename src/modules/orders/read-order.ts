import type { Sql } from '../../platform/db/database.ts'
import { readDeliveries } from '../delivery/index.ts'
import type { Order } from './order.ts'
import { readHistory, readLines } from './queries.ts'
import type { WholeOrder } from './view-order.ts'

/** Whatever belongs to an order that the caller may see. */
export async function readWhole(sql: Sql, order: Order): Promise<WholeOrder> {
	const [lines, deliveries, history] = await Promise.all([
		readLines(sql, [order.id]),
		readDeliveries(sql, [order.id], { events: true }),
		readHistory(sql, order),
	])
	const delivery = deliveries.get(order.id)
	if (delivery === undefined) throw new Error(`order ${order.id} has no delivery`)
	return { order, lines: lines.get(order.id) ?? [], delivery, history }
}

/** The same for a list, without history and tracking events. */
export async function readSummaries(sql: Sql, orders: readonly Order[]): Promise<Omit<WholeOrder, 'history'>[]> {
	if (orders.length === 0) return []
	const ids = orders.map((order) => order.id)
	const [lines, deliveries] = await Promise.all([readLines(sql, ids), readDeliveries(sql, ids, { events: false })])
	return orders.map((order) => {
		const delivery = deliveries.get(order.id)
		if (delivery === undefined) throw new Error(`order ${order.id} has no delivery`)
		return { order, lines: lines.get(order.id) ?? [], delivery }
	})
}
