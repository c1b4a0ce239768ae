import type { Sql, Tx } from '../../platform/db/database.ts'
import type { Cart, CartLine } from './cart.ts'

type Row = { customer_id: number; product_ids: number[]; quantities: number[]; version: number }

const cartOf = ({ customer_id, product_ids, quantities, version }: Row): Cart => ({
	customerId: customer_id,
	lines: product_ids.map((productId, index): CartLine => ({ productId, quantity: quantities[index] ?? 0 })),
	version,
})

export const emptyCart = (customerId: number): Cart => ({ customerId, lines: [], version: 0 })

/** A customer's cart as it is now; an empty one where there never was one. */
export async function readCart(sql: Sql, customerId: number): Promise<Cart> {
	const [row] = await sql<Row[]>`
		select customer_id, product_ids, quantities, version from carts where customer_id = ${customerId}`
	return row ? cartOf(row) : emptyCart(customerId)
}

/**
 * Locks the customers' carts until the transaction ends, in the order of their ids, and returns them as they are now.
 * Customers who never had a cart are missing.
 */
export async function lockCarts(tx: Tx, customerIds: readonly number[]): Promise<Map<number, Cart>> {
	const rows = await tx<Row[]>`
		select customer_id, product_ids, quantities, version from carts
		where customer_id in (select value::bigint from json_array_elements_text(${tx.typed.json(customerIds)}))
		order by customer_id for update`
	return new Map(rows.map((row) => [row.customer_id, cartOf(row)]))
}

/** Makes carts for customers who have none. */
export async function insertCarts(tx: Tx, customerIds: readonly number[]): Promise<void> {
	await tx`
		insert into carts (customer_id)
		select value::bigint from json_array_elements_text(${tx.typed.json(customerIds)}) order by 1
		on conflict (customer_id) do nothing`
}

/** Writes carts whose locks the caller holds. */
export async function writeCarts(tx: Tx, carts: readonly Cart[]): Promise<void> {
	if (carts.length === 0) return
	const rows = carts.map(({ customerId, lines, version }) => ({
		customer_id: customerId,
		product_ids: lines.map((line) => line.productId),
		quantities: lines.map((line) => line.quantity),
		version,
	}))
	await tx`
		update carts set product_ids = next.product_ids, quantities = next.quantities, version = next.version, updated_at = now()
		from json_to_recordset(${tx.typed.json(rows)})
			as next (customer_id bigint, product_ids bigint[], quantities integer[], version bigint)
		where carts.customer_id = next.customer_id`
}
