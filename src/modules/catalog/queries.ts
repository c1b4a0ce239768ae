import type { Selectable } from 'kysely'
import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import { isCheckViolation } from '../../platform/db/errors.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { Products } from '../../platform/db/types.ts'

export const COLUMNS = [
	'id',
	'name',
	'description',
	'price',
	'tax',
	'weight_g',
	'height_mm',
	'width_mm',
	'length_mm',
	'available',
] as const

export type ProductRow = Pick<Selectable<Products>, (typeof COLUMNS)[number]>

/** What the staff sees besides. */
export const STAFF_COLUMNS = [...COLUMNS, 'version', 'changed_at', 'withdrawn_at'] as const
export type StaffProductRow = Pick<Selectable<Products>, (typeof STAFF_COLUMNS)[number]>

/** One product that is on sale. */
export async function findProduct(sql: Sql, id: number): Promise<ProductRow | undefined> {
	const [row] = await sql<ProductRow[]>`
		select ${sql([...COLUMNS])} from products where id = ${id} and withdrawn_at is null`
	return row
}

/** One product, on sale or not; undefined where no message has told of it. */
export async function findStaffProduct(sql: Sql, id: number): Promise<StaffProductRow | undefined> {
	const [row] = await sql<StaffProductRow[]>`
		select ${sql([...STAFF_COLUMNS])} from products where id = ${id} and version >= 0`
	return row
}

/** Locks products until the transaction ends, in the order of their ids, as orders that are placed do (`takeStock`). */
export async function lockProducts(tx: Tx, ids: readonly number[]): Promise<void> {
	await tx`select from products where id = ${oneOf(tx, ids, 'bigint')} order by id for update`
}

export type ProductUpsert = Omit<ProductRow, 'available'> & { available: number | null; version: number; changed_at: string }

/**
 * Writes products whose version is greater than the stored one; each id once. A withdrawal that is younger than the message
 * stays.
 */
export async function upsertProducts(tx: Sql | Tx, products: readonly ProductUpsert[]): Promise<void> {
	await tx`
		insert into products as stored
			(id, name, description, price, tax, weight_g, height_mm, width_mm, length_mm, available, version, changed_at)
		select id, name, description, price, tax, weight_g, height_mm, width_mm, length_mm, available, version, changed_at
		from json_to_recordset(${tx.typed.json(products)}) as message (id bigint, name text, description text, price bigint, tax bigint,
			weight_g bigint, height_mm bigint, width_mm bigint, length_mm bigint, available bigint, version bigint,
			changed_at timestamptz)
		order by id
		on conflict (id) do update set
			name = excluded.name, description = excluded.description, price = excluded.price, tax = excluded.tax,
			weight_g = excluded.weight_g, height_mm = excluded.height_mm, width_mm = excluded.width_mm,
			length_mm = excluded.length_mm, available = excluded.available, version = excluded.version,
			changed_at = excluded.changed_at,
			withdrawn_at = case when stored.withdrawn_at > excluded.changed_at then stored.withdrawn_at end
		where excluded.version > stored.version`
}

export type Withdrawal = {
	id: number
	at: string
	/** A message that stands after it in the batch and was published in the same moment tells of the product again. */
	followed: boolean
}

/** The version of a row that knows of a withdrawal only: less than any message's. */
const UNKNOWN_VERSION = -1

/**
 * Withdraws products; each id once. A withdrawal that is older than the product's last message changes nothing. One of a
 * product that no message has told of yet is kept, so that an older message that comes late does not put it on sale.
 */
export async function withdrawProducts(tx: Tx, withdrawals: readonly Withdrawal[]): Promise<void> {
	await tx`
		with message as (
			select id, at, followed from json_to_recordset(${tx.typed.json(withdrawals)})
				as message (id bigint, at timestamptz, followed boolean)
		), known as (
			update products set withdrawn_at = message.at
			from message
			where products.id = message.id and products.id = any(array(select id from message))
				and (products.changed_at < message.at or (products.changed_at = message.at and not message.followed))
				and (products.withdrawn_at is null or products.withdrawn_at < message.at)
		)
		insert into products (id, name, description, price, tax, version, changed_at, withdrawn_at)
		select id, '', '', 0, 0, ${UNKNOWN_VERSION}, to_timestamp(0), at from message
		order by id
		on conflict (id) do nothing`
}

/** What the cart and an order need to know of a product. */
export type ShopProduct = Pick<ProductRow, 'id' | 'name' | 'price' | 'available'> & { on_sale: boolean }

/**
 * An expression for the statements of carts and orders: the products whose ids are in the array, as they are now, those that
 * were withdrawn too (a cart may still hold them). Reads as `ShopProduct[]`.
 */
export const selectShopProducts = (sql: Sql | Tx, ids: Fragment): Fragment => sql`(
	select coalesce(json_agg(json_build_object('id', id, 'name', name, 'price', price, 'available', available,
		'on_sale', withdrawn_at is null)), '[]')
	from products where id = any(${ids}))`

/**
 * A part of a statement: joins to a relation `wanted`, which has a `product_id`, whether that product is `on_sale`; null where there
 * is no such product.
 */
export const joinProducts = (sql: Sql): Fragment => sql`
	left join lateral (
		select withdrawn_at is null as on_sale from products where id = wanted.product_id limit 1
	) as product on true`

export const shopProductsById = (products: readonly ShopProduct[]): ReadonlyMap<number, ShopProduct> =>
	new Map(products.map((product) => [product.id, product]))

/**
 * A part of a statement that places orders: takes the pieces of a relation `taken_stock` (`product_id`, `quantity`, each
 * product once) from our copy of the stock, locking the products in the order of their ids. Taking more than there is breaks
 * the table's check, and with it the whole statement (`isOutOfStock`). The array keeps the plan on the index (docs/adr/0047).
 */
export const takeStock = (sql: Sql): Fragment => sql`
	update products set available = available - taken.quantity
	from (
		select locked.id, taken_stock.quantity
		from (select * from taken_stock order by product_id) as taken_stock
		cross join lateral (
			select id from products where id = taken_stock.product_id and available is not null for update
		) as locked
	) as taken
	where products.id = taken.id and products.id = any(array(select product_id from taken_stock))`

/** True for the error of a statement that took more pieces of a product than are left. */
export const isOutOfStock = (error: unknown): boolean => isCheckViolation(error, 'products_available_check')
