import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import { selectShopProducts, type ShopProduct, shopProductsById } from '../catalog/index.ts'
import { type Cart, CLOSED_VERSION } from './cart.ts'

/** A cart's columns as `joinCarts` gives them; null where the customer never had one. */
export type CartRow = { product_ids: number[] | null; quantities: number[] | null; cart_version: number | null }

/** The cart of such a row. */
export const cartOf = ({ product_ids, quantities, cart_version }: CartRow): Cart => ({
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

/** A cart, with the products in it. */
export type CartGround = { readonly cart: Cart; readonly products: ReadonlyMap<number, ShopProduct> }

/** A customer's cart as it is now. */
export async function readCart(sql: Sql | Tx, customerId: number): Promise<CartGround> {
	const [{ products, ...cart }] = await sql<[CartRow & { products: ShopProduct[] }]>`
		select to_json(cart.product_ids) as product_ids, to_json(cart.quantities) as quantities, cart.version as cart_version,
			${selectShopProducts(sql, sql`cart.product_ids`)} as products
		from (select ${customerId}::bigint as customer_id) as wanted ${joinCarts(sql)}`
	return { cart: cartOf(cart), products: shopProductsById(products) }
}

/** When a customer's cart was written last; undefined where there never was one. */
export async function readCartChange(tx: Tx, customerId: number): Promise<Date | undefined> {
	const [row] = await tx<{ updated_at: Date }[]>`select updated_at from carts where customer_id = ${customerId}`
	return row?.updated_at
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
export const upsertCarts = (sql: Sql, source: Fragment): Fragment => sql`
	insert into carts as stored (customer_id, product_ids, quantities, version)
	select customer_id, product_ids, quantities, version from ${source} order by customer_id
	on conflict (customer_id) do update set
		product_ids = excluded.product_ids, quantities = excluded.quantities, version = excluded.version, updated_at = now()
	where stored.version = excluded.version - 1
	returning customer_id`

/** Whose carts somebody is writing just now. */
export async function findBusyCarts(sql: Sql, customerIds: readonly number[]): Promise<ReadonlySet<number>> {
	const rows = await sql<{ customer_id: number }[]>`
		with free as (
			select customer_id from carts where customer_id = ${oneOf(sql, customerIds, 'bigint')} for update skip locked
		)
		select customer_id from carts
		where customer_id = ${oneOf(sql, customerIds, 'bigint')} and customer_id not in (select customer_id from free)`
	return new Set(rows.map((row) => row.customer_id))
}

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
