import type { Sql, Tx } from '../../platform/db/database.ts'
import type { Order, OrderLine } from './order.ts'
import { type OrderRow, orderOf } from './queries.ts'

export type PlacedKey = { readonly customerId: number; readonly key: string }
export type PlacedBefore = { readonly order: Order; readonly key: string; readonly requestHash: Buffer }

/** Orders that were placed before with these keys. */
export async function findPlaced(sql: Sql | Tx, keys: readonly PlacedKey[]): Promise<PlacedBefore[]> {
	const input = keys.map(({ customerId, key }) => ({ customer_id: customerId, key }))
	const rows = await sql<(OrderRow & { idempotency_key: string; request_hash: Buffer })[]>`
		select orders.* from orders
		join json_to_recordset(${sql.typed.json(input)}) as wanted (customer_id bigint, key text)
			on orders.customer_id = wanted.customer_id and orders.idempotency_key = wanted.key`
	return rows.map((row) => ({ order: orderOf(row), key: row.idempotency_key, requestHash: row.request_hash }))
}

export type OrderIdentity = { readonly id: string; readonly number: number; readonly at: Date }

/** Ids and numbers for new orders, and the time of their placing, all by the database's clock. */
export async function nextOrders(tx: Tx, count: number): Promise<OrderIdentity[]> {
	return tx<OrderIdentity[]>`
		select uuidv7() as id, nextval('order_numbers') as number, now() as at from generate_series(1, ${count}::int)`
}

export type NewOrder = {
	readonly order: Order
	readonly lines: readonly OrderLine[]
	readonly idempotencyKey: string
	readonly requestHash: Buffer
}

/** Writes orders with their lines and the first line of their history. */
export async function insertOrders(tx: Tx, orders: readonly NewOrder[]): Promise<void> {
	const rows = orders.map(({ order, idempotencyKey, requestHash }) => ({
		id: order.id,
		number: order.number,
		customer_id: order.customerId,
		idempotency_key: idempotencyKey,
		request_hash: requestHash.toString('hex'),
		total: order.total,
		currency: order.currency,
		phone: order.phone,
		delivery_method: order.deliveryMethod,
	}))
	const lines = orders.flatMap(({ order, lines }) =>
		lines.map(({ productId, name, price, quantity }, index) => ({
			order_id: order.id,
			position: index + 1,
			product_id: productId,
			name,
			price,
			quantity,
		})),
	)
	await Promise.all([
		tx`
			insert into orders (id, number, customer_id, idempotency_key, request_hash, status, version, total, currency, phone,
				delivery_method, created_at, updated_at)
			select id, number, customer_id, idempotency_key, decode(request_hash, 'hex'), 'paid', 1, total, currency, phone,
				delivery_method, now(), now()
			from json_to_recordset(${tx.typed.json(rows)}) as new (id uuid, number bigint, customer_id bigint, idempotency_key text,
				request_hash text, total bigint, currency text, phone text, delivery_method text)`,
		tx`
			insert into order_lines (order_id, position, product_id, name, price, quantity)
			select order_id, position, product_id, name, price, quantity
			from json_to_recordset(${tx.typed.json(lines)}) as line (order_id uuid, position smallint, product_id bigint, name text,
				price bigint, quantity integer)`,
		tx`
			insert into order_history (order_id, version, status, actor_type, actor_id, source, at)
			select id, 1, 'paid', 'customer', customer_id, 'api', now()
			from json_to_recordset(${tx.typed.json(rows)}) as new (id uuid, customer_id bigint)`,
	])
}
