import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import { selectShopProducts, type ShopProduct, shopProductsById } from '../catalog/index.ts'
import { type Cart, CLOSED_VERSION } from './cart.ts'

/** A cart's columns as `joinCarts` gives them; null where the customer never had one. */
export type CartRow = { product_ids: number[] | null; quantities: number[] | null; cart_version: number | null }

/** The cart of such a row. */
export const cartOf = (customerId: number, { product_ids, quantities, cart_version }: CartRow): Cart => ({
	customerId,
	lines: (product_ids ?? []).map((productId, index) => ({ productId, quantity: quantities?.[index] ?? 0 })),
	version: cart_version ?? 0,
})

/**
 * A part of a statement that reads for many customers: joins their carts, as `cart`, to a relation `wanted` that has a
 * `customer_id`. Each by the index, whatever the planner thinks of the size of a batch.
 */
export const joinCarts = (sql: Sql | Tx): Fragment => sql`
	left join lateral (
		select product_ids, quantities, version from carts where customer_id = wanted.customer_id limit 1
	) as cart on true`

export type CartWish = { readonly customerId: number; readonly productId: number | null }
export type CartGround = { readonly cart: Cart; readonly products: ReadonlyMap<number, ShopProduct> }

/** The carts of customers as they are now, with the products in them and the one that each asks for, in the order given. */
export async function readCarts(sql: Sql | Tx, wishes: readonly CartWish[]): Promise<CartGround[]> {
	const input = wishes.map(({ customerId, productId }, n) => ({ n, customer_id: customerId, product_id: productId }))
	const rows = await sql<(CartRow & { products: ShopProduct[] })[]>`
		select to_json(cart.product_ids) as product_ids, to_json(cart.quantities) as quantities, cart.version as cart_version,
			${selectShopProducts(sql, sql`cart.product_ids || wanted.product_id`)} as products
		from json_to_recordset(${sql.typed.json(input)}) as wanted (n integer, customer_id bigint, product_id bigint)
		${joinCarts(sql)}
		order by wanted.n`
	return rows.map(({ products, ...row }, n) => ({
		cart: cartOf(wishes[n]?.customerId ?? 0, row),
		products: shopProductsById(products),
	}))
}

/**
 * Writes carts that follow on the version stored, and returns the customers whose cart was written. The others' has changed
 * since it was read.
 */
export async function writeCarts(sql: Sql, carts: readonly Cart[]): Promise<ReadonlySet<number>> {
	if (carts.length === 0) return new Set()
	const input = carts.map(({ customerId, lines, version }) => ({
		customer_id: customerId,
		product_ids: lines.map((line) => line.productId),
		quantities: lines.map((line) => line.quantity),
		version,
	}))
	const source = sql`
		json_to_recordset(${sql.typed.json(input)})
			as next (customer_id bigint, product_ids bigint[], quantities integer[], version bigint)`
	const rows = await sql<{ customer_id: number }[]>`${upsertCarts(sql, source)}`
	return new Set(rows.map((row) => row.customer_id))
}

/**
 * A part of a statement that places orders: empties the carts of a relation `input` (`customer_id`, `cart_version`) whose
 * version is still that one, locking them in the order of their ids, and returns the `customer_id` of each.
 */
export const emptyCarts = (sql: Sql): Fragment =>
	upsertCarts(
		sql,
		sql`(
		select customer_id, '{}'::bigint[] as product_ids, '{}'::integer[] as quantities, cart_version + 1 as version from input
	) as next`,
	)

/**
 * Writes the carts of a source that follow on the version stored, and returns the `customer_id` of each. An upsert goes by the
 * index and locks the rows in the order given, where an update would do as the planner likes.
 */
const upsertCarts = (sql: Sql, source: Fragment): Fragment => sql`
	insert into carts as stored (customer_id, product_ids, quantities, version)
	select customer_id, product_ids, quantities, version from ${source} order by customer_id
	on conflict (customer_id) do update set
		product_ids = excluded.product_ids, quantities = excluded.quantities, version = excluded.version, updated_at = now()
	where stored.version = excluded.version - 1
	returning customer_id`

/** Makes the empty cart of a customer who never had one, so that there is a row to lock. */
export async function ensureCart(sql: Sql, customerId: number): Promise<void> {
	await sql`insert into carts (customer_id) select id from customers where id = ${customerId} on conflict do nothing`
}

/** Empties a customer's cart for good: nothing is put into it any more, and no order placed by it. Waits for who does so now. */
export async function closeCart(tx: Tx, customerId: number): Promise<void> {
	await tx`
		update carts set product_ids = '{}', quantities = '{}', version = ${CLOSED_VERSION}, updated_at = now()
		where customer_id = ${customerId}`
}
