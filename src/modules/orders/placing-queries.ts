import { type Cart, cartOf, type CartRow, emptyCarts, joinCarts } from '../cart/index.ts'
import { selectShopProducts, type ShopProduct, shopProductsById, takeStock } from '../catalog/index.ts'
import { type DeliveryChoice, deliveryRowOf, insertDeliveries } from '../delivery/index.ts'
import type { Fragment, Sql } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import { insertEvents, type OutboxEvent } from '../../platform/outbox/outbox.ts'
import type { Order, OrderLine } from './order.ts'
import { ORDER_COLUMNS, type OrderRow, orderOf } from './queries.ts'

export type PlacingKey = { readonly customerId: number; readonly key: string }

/** What an order is placed by, all of one moment. */
export type PlacingGround = {
	readonly cart: Cart
	readonly products: ReadonlyMap<number, ShopProduct>
	/** The order that was placed before with this key. */
	readonly before: string | null
	/** For the new order: its id, its number and the time of its placing, by the database's clock. */
	readonly id: string
	readonly number: number
	readonly at: Date
}

type GroundRow = CartRow & Omit<PlacingGround, 'cart' | 'products'> & { products: ShopProduct[] }

/** Reads what orders are placed by, in the order given: one statement, so that a cart and the key of its order fit together. */
export async function readPlacingGrounds(sql: Sql, keys: readonly PlacingKey[]): Promise<PlacingGround[]> {
	const input = keys.map(({ customerId, key }, n) => ({ n, customer_id: customerId, key }))
	const rows = await sql<GroundRow[]>`
		select to_json(cart.product_ids) as product_ids, to_json(cart.quantities) as quantities, cart.version as cart_version,
			${selectShopProducts(sql, sql`cart.product_ids`)} as products,
			placed.id as before, uuidv7() as id, nextval('order_numbers') as number, now() as at
		from json_to_recordset(${sql.typed.json(input)}) as wanted (n integer, customer_id bigint, key text)
		${joinCarts(sql)}
		left join lateral (
			select id from orders where customer_id = wanted.customer_id and idempotency_key = wanted.key limit 1
		) as placed on true
		order by wanted.n`
	return rows.map(({ products, before, id, number, at, ...cart }) => ({
		cart: cartOf(cart),
		products: shopProductsById(products),
		before,
		id,
		number,
		at,
	}))
}

/** Which of these keys an order was placed with: their places in the list. */
export async function findPlacedKeys(sql: Sql, keys: readonly PlacingKey[]): Promise<ReadonlySet<number>> {
	const input = keys.map(({ customerId, key }, n) => ({ n, customer_id: customerId, key }))
	const rows = await sql<{ n: number }[]>`
		select n from json_to_recordset(${sql.typed.json(input)}) as wanted (n integer, customer_id bigint, key text)
		cross join lateral (
			select from orders where customer_id = wanted.customer_id and idempotency_key = wanted.key limit 1
		) as placed`
	return new Set(rows.map(({ n }) => n))
}

export type PlacedBefore = { readonly order: Order; readonly requestHash: Buffer }

/** Orders by their ids, with what the request that placed each looked like. */
export async function readPlaced(sql: Sql, ids: readonly string[]): Promise<Map<string, PlacedBefore>> {
	const rows = await sql<(OrderRow & { request_hash: Buffer })[]>`
		select ${sql([...ORDER_COLUMNS, 'request_hash'])} from orders where id = ${oneOf(sql, ids, 'uuid')}`
	return new Map(rows.map((row) => [row.id, { order: orderOf(row), requestHash: row.request_hash }]))
}

export type PlacedLine = OrderLine & {
	/** Our copy of the stock has this product's pieces. */
	readonly tracked: boolean
}

export type NewOrder = {
	readonly order: Order
	readonly lines: readonly PlacedLine[]
	readonly choice: DeliveryChoice
	readonly idempotencyKey: string
	readonly requestHash: Buffer
	readonly cartVersion: number
	readonly events: readonly OutboxEvent[]
}

const rowOf = ({ order, choice, idempotencyKey, requestHash, cartVersion }: NewOrder) => ({
	id: order.id,
	number: order.number,
	customer_id: order.customerId,
	idempotency_key: idempotencyKey,
	request_hash: requestHash.toString('hex'),
	total: order.total,
	currency: order.currency,
	phone: order.phone,
	at: order.createdAt,
	cart_version: cartVersion,
	...deliveryRowOf(choice),
})

const lineRowsOf = ({ order, lines }: NewOrder) =>
	lines.map(({ productId, name, price, quantity, tracked }, index) => ({
		order_id: order.id,
		position: index + 1,
		product_id: productId,
		name,
		price,
		quantity,
		tracked,
	}))

const eventsOf = ({ order, events }: NewOrder) => events.map((event) => ({ ...event, owner: order.customerId }))

const takesStock = ({ lines }: NewOrder): boolean => lines.some((line) => line.tracked)

/**
 * By what was read longer ago nothing is placed: a process that has stood still meanwhile would write an order into the past, of which
 * a report may have been made (`COMES_TO_LIGHT_S` in reports/queries.ts is this and what a statement may take), or one that its
 * customer was refused elsewhere.
 */
const GROUND_GOOD_FOR_S = 5

/** Left out where it would find nothing to do: few shops track everything. */
const stockTaking = (sql: Sql): Fragment => sql`, taken_stock as (
			select product_id, sum(quantity) as quantity from lines where tracked group by product_id
		), new_stock as (${takeStock(sql)}
		)`

/**
 * Writes orders of different customers in one statement, each module its own tables: empties the carts, and for those whose
 * cart was still the one that was read, just now, takes the stock and writes order, lines, first line of history, delivery and events.
 * Returns the customers whose order was placed. Throws where the stock is less by now (`isOutOfStock`).
 */
export async function insertOrders(sql: Sql, orders: readonly NewOrder[]): Promise<ReadonlySet<number>> {
	if (orders.length === 0) return new Set()
	const rows = await sql<{ customer_id: number }[]>`
		with input as materialized (
			select * from json_to_recordset(${sql.typed.json(orders.map(rowOf))}) as input (id uuid, number bigint,
				customer_id bigint, idempotency_key text, request_hash text, total bigint, currency text, phone text, at timestamptz,
				cart_version bigint, method text, full_address text, kladr_id text, pickup_point_id text)
			where at > clock_timestamp() - make_interval(secs => ${GROUND_GOOD_FOR_S})
		), taken_carts as (${emptyCarts(sql)}
		), placed as materialized (
			select * from input where customer_id in (select customer_id from taken_carts)
		), lines as materialized (
			select * from json_to_recordset(${sql.typed.json(orders.flatMap(lineRowsOf))}) as line (order_id uuid, position smallint,
				product_id bigint, name text, price bigint, quantity integer, tracked boolean)
			where order_id in (select id from placed)
		) ${orders.some(takesStock) ? stockTaking(sql) : sql``}, new_orders as (
			insert into orders (id, number, customer_id, idempotency_key, request_hash, status, version, total, currency, phone,
				delivery_method, created_at, updated_at)
			select id, number, customer_id, idempotency_key, decode(request_hash, 'hex'), 'paid', 1, total, currency, phone,
				method, at, at
			from placed
		), new_lines as (
			insert into order_lines (order_id, position, product_id, name, price, quantity)
			select order_id, position, product_id, name, price, quantity from lines
		), new_history as (
			insert into order_history (order_id, version, status, actor_type, actor_id, source, at)
			select id, 1, 'paid', 'customer', customer_id, 'api', at from placed
		), new_deliveries as (${insertDeliveries(sql)}
		), new_events as (${insertEvents(sql, orders.flatMap(eventsOf), sql`where owner in (select customer_id from placed)`)}
		)
		select customer_id from placed`
	return new Set(rows.map((row) => row.customer_id))
}
