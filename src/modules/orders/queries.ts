import type { Actor, OrderStatus, Source } from '../../events/orders.ts'
import type { Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { HistoryLine, Order, OrderLine } from './order.ts'

export type OrderRow = {
	id: string
	number: number
	customer_id: number
	status: OrderStatus
	version: number
	total: number
	currency: string
	phone: string
	delivery_method: 'courier' | 'pickup'
	created_at: Date
	updated_at: Date
}
/**
 * All of an `OrderRow`. Never `*`: a column that a migration adds would change the result of what running instances have prepared, and
 * PostgreSQL refuses that statement then.
 */
export const ORDER_COLUMNS = [
	'id',
	'number',
	'customer_id',
	'status',
	'version',
	'total',
	'currency',
	'phone',
	'delivery_method',
	'created_at',
	'updated_at',
] as const satisfies readonly (keyof OrderRow)[]

export const orderOf = (row: OrderRow): Order => ({
	id: row.id,
	number: row.number,
	customerId: row.customer_id,
	status: row.status,
	version: row.version,
	total: row.total,
	currency: row.currency,
	phone: row.phone,
	deliveryMethod: row.delivery_method,
	createdAt: row.created_at,
	updatedAt: row.updated_at,
})

/** A customer's order, or undefined: where there is none, or it is somebody else's. */
export async function findCustomerOrder(sql: Sql, customerId: number, id: string): Promise<Order | undefined> {
	const [row] = await sql<OrderRow[]>`
		select ${sql([...ORDER_COLUMNS])} from orders where id = ${id} and customer_id = ${customerId}`
	return row && orderOf(row)
}

/** Anybody's order: for staff and services. */
export async function findOrder(sql: Sql | Tx, id: string): Promise<Order | undefined> {
	const [row] = await sql<OrderRow[]>`select ${sql([...ORDER_COLUMNS])} from orders where id = ${id}`
	return row && orderOf(row)
}

/** Orders by their ids, in the order of their numbers. */
export async function readOrders(sql: Sql, ids: readonly string[]): Promise<Order[]> {
	const rows = await sql<OrderRow[]>`
		select ${sql([...ORDER_COLUMNS])} from orders
		where id = ${oneOf(sql, ids, 'uuid')}
		order by number`
	return rows.map(orderOf)
}

/** `limit`: null for all. */
export type OrderPage = { readonly limit: number | null; readonly beforeNumber: number }

/** A customer's orders with numbers below `beforeNumber`, newest first. */
export async function listCustomerOrders(
	sql: Sql | Tx,
	customerId: number,
	{ limit, beforeNumber }: OrderPage,
): Promise<Order[]> {
	const rows = await sql<OrderRow[]>`
		select ${sql([...ORDER_COLUMNS])} from orders
		where customer_id = ${customerId} and number < ${beforeNumber} order by number desc limit ${limit}`
	return rows.map(orderOf)
}

/** The lines of orders, by order, in their order. */
export async function readLines(sql: Sql | Tx, orderIds: readonly string[]): Promise<Map<string, OrderLine[]>> {
	const rows = await sql<{ order_id: string; product_id: number; name: string; price: number; quantity: number }[]>`
		select order_id, product_id, name, price, quantity from order_lines
		where order_id = ${oneOf(sql, orderIds, 'uuid')}
		order by order_id, position`
	const lines = new Map<string, OrderLine[]>(orderIds.map((id) => [id, []]))
	for (const { order_id, product_id, name, price, quantity } of rows) {
		lines.get(order_id)?.push({ productId: product_id, name, price, quantity })
	}
	return lines
}

type HistoryRow = {
	version: number
	status: OrderStatus
	actor_type: Actor['type']
	actor_id: number | null
	source: Source
	reason: string | null
	at: Date
}

const lineOf = ({ actor_type, actor_id, ...line }: HistoryRow): HistoryLine => ({
	...line,
	actor: { type: actor_type, id: actor_id },
})

/** The history of an order up to the version that was read, oldest first. */
export async function readHistory(sql: Sql | Tx, { id, version }: Pick<Order, 'id' | 'version'>): Promise<HistoryLine[]> {
	const rows = await sql<HistoryRow[]>`
		select version, status, actor_type, actor_id, source, reason, at from order_history
		where order_id = ${id} and version <= ${version} order by version`
	return rows.map(lineOf)
}

/** The histories of orders, by order, oldest line first. */
export async function readHistories(sql: Sql | Tx, orderIds: readonly string[]): Promise<Map<string, HistoryLine[]>> {
	const rows = await sql<(HistoryRow & { order_id: string })[]>`
		select order_id, version, status, actor_type, actor_id, source, reason, at from order_history
		where order_id = ${oneOf(sql, orderIds, 'uuid')}
		order by order_id, version`
	const histories = new Map<string, HistoryLine[]>(orderIds.map((id) => [id, []]))
	for (const { order_id, ...row } of rows) histories.get(order_id)?.push(lineOf(row))
	return histories
}

/** How many orders each of the customers has. */
export async function countOrders(sql: Sql, customerIds: readonly number[]): Promise<Map<number, number>> {
	const rows = await sql<{ customer_id: number; orders: number }[]>`
		select customer_id, count(*) as orders from orders
		where customer_id = ${oneOf(sql, customerIds, 'bigint')} group by customer_id`
	return new Map(rows.map((row) => [row.customer_id, row.orders]))
}

/** How many orders of a customer are in one of these statuses. */
export async function countOrdersIn(sql: Sql, customerId: number, statuses: readonly OrderStatus[]): Promise<number> {
	const [row] = await sql<[{ orders: number }]>`
		select count(*) as orders from orders where customer_id = ${customerId}
			and status = ${oneOf(sql, statuses, 'text')}`
	return row.orders
}
