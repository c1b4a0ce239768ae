import type { Actor, OrderStatus, Source } from '../../events/orders.ts'
import type { Sql } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { ChangesWanted } from '../delivery/index.ts'
import type { HistoryLine, Order } from './order.ts'

/** A line of an order's history, as whoever follows the order is told of it. */
export type ToldStatus = HistoryLine &
	Pick<Order, 'number' | 'customerId' | 'deliveryMethod'> & {
		readonly orderId: string
		/** Its number among the customer's changes; 0 for the placing, and for what is older than such numbers. */
		readonly seq: number
	}

type Row = {
	order_id: string
	number: number
	customer_id: number
	delivery_method: Order['deliveryMethod']
	version: number
	status: OrderStatus
	actor_type: Actor['type']
	actor_id: number | null
	source: Source
	reason: string | null
	at: Date
	seq: number
}

const toldOf = ({ order_id, customer_id, delivery_method, actor_type, actor_id, ...row }: Row): ToldStatus => ({
	...row,
	orderId: order_id,
	customerId: customer_id,
	deliveryMethod: delivery_method,
	actor: { type: actor_type, id: actor_id },
})

/** Of one order; with more of them the oldest are left out. */
const TOLD_MAX = 100

/** Lines of history in the order of their numbers. */
export async function readStatusesAfter(sql: Sql, wanted: readonly ChangesWanted[]): Promise<ToldStatus[]> {
	if (wanted.length === 0) return []
	const rows = await sql<Row[]>`
		select history.order_id, orders.number, orders.customer_id, orders.delivery_method, history.version, history.status,
			history.actor_type, history.actor_id, history.source, history.reason, history.at, coalesce(history.seq, 0) as seq
		from json_to_recordset(${sql.typed.json(wanted)}) as wanted (order_id uuid, after bigint, up_to bigint)
		cross join lateral (
			select order_id, version, status, actor_type, actor_id, source, reason, at, seq from order_history
			where order_id = wanted.order_id and coalesce(seq, 0) <= wanted.up_to and (wanted.after is null or seq > wanted.after)
			order by version desc limit ${TOLD_MAX}
		) as history
		cross join lateral (select number, customer_id, delivery_method from orders where id = wanted.order_id limit 1) as orders
		order by seq, version`
	return rows.map(toldOf)
}

/** The number of each customer's newest change; customers without one are left out. */
export async function readChangeNumbers(sql: Sql, customerIds: readonly number[]): Promise<Map<number, number>> {
	const rows = await sql<{ customer_id: number; last: number }[]>`
		select customer_id, last from customer_changes
		where customer_id = ${oneOf(sql, customerIds, 'bigint')}`
	return new Map(rows.map((row) => [row.customer_id, row.last]))
}

/** How many of a customer's orders are looked at for changes: older ones hardly have any. */
const ORDERS_MAX = 1_000

/** The orders of customers, the newest of each. */
export async function readOrderIds(sql: Sql, customerIds: readonly number[]): Promise<{ id: string; customerId: number }[]> {
	if (customerIds.length === 0) return []
	const rows = await sql<{ id: string; customer_id: number }[]>`
		select orders.id, orders.customer_id
		from json_array_elements_text(${sql.typed.json(customerIds)}) as wanted
		cross join lateral (
			select id, customer_id from orders where customer_id = wanted.value::bigint order by number desc limit ${ORDERS_MAX}
		) as orders`
	return rows.map(({ id, customer_id }) => ({ id, customerId: customer_id }))
}

/** Which of these orders are these customers' own, as `customer order`. */
export async function findOwnOrders(
	sql: Sql,
	wanted: readonly { customer_id: number; order_id: string }[],
): Promise<ReadonlySet<string>> {
	const rows = await sql<{ customer_id: number; id: string }[]>`
		select orders.customer_id, orders.id
		from json_to_recordset(${sql.typed.json(wanted)}) as wanted (customer_id bigint, order_id uuid)
		cross join lateral (
			select id, customer_id from orders where id = wanted.order_id and customer_id = wanted.customer_id limit 1
		) as orders`
	return new Set(rows.map(({ customer_id, id }) => `${customer_id} ${id}`))
}
