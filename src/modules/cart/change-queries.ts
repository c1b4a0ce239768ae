import type { Sql } from '../../platform/db/database.ts'
import { joinProducts, selectShopProducts, type ShopProduct, shopProductsById } from '../catalog/index.ts'
import { joinSessions } from '../customers/index.ts'
import { type CartChange, CLOSED_VERSION } from './cart.ts'
import { type CartGround, cartOf, type CartRow, joinCarts, upsertCarts } from './queries.ts'

/** A change that the customer of a session wants of the cart. */
export type CartWish = {
	/** The hash of the session's token, in hexadecimal. */
	readonly token: string
	readonly change: CartChange
	/** Answer without the cart. */
	readonly minimal: boolean
}

/** What came of a wish: why it was refused, or the cart as it is now, unless the answer is to be minimal. */
export type ChangedCart =
	| { readonly outcome: 'changed' | 'unchanged'; readonly ground: CartGround | null }
	| { readonly outcome: 'too_many_positions'; readonly positions: number }
	/** `again`: nothing was written, because somebody else has changed the cart meanwhile. */
	| { readonly outcome: 'unauthenticated' | 'product_not_found' | 'again' }

/** A wish as a row. `quantity` null: remove the product; `product_id` null: empty the cart. */
const rowOf = ({ token, change, minimal }: CartWish, n: number) => ({
	n,
	token,
	product_id: change.kind === 'clear' ? null : change.productId,
	quantity: change.kind === 'put' ? change.quantity : null,
	minimal,
})

type ChangedRow = CartRow & {
	readonly outcome: ChangedCart['outcome']
	readonly positions: number
	/** Null for a minimal answer. */
	readonly products: ShopProduct[] | null
}

/**
 * Finds whose the sessions are, changes their carts and returns what came of each wish, in the order given: one statement, for a
 * round trip costs more than all that is done in it. The rules of a cart stand in its first `case`. Of two wishes of one customer,
 * by two sessions, the second is `again`.
 */
export async function changeCarts(sql: Sql, wishes: readonly CartWish[], positionsMax: number): Promise<ChangedCart[]> {
	const rows = await sql<ChangedRow[]>`
		with wanted as (
			select asked.*, customer.id as customer_id
			from json_to_recordset(${sql.typed.json(wishes.map(rowOf))})
				as asked (n integer, token text, product_id bigint, quantity integer, minimal boolean)
			${joinSessions(sql)}
		), held as (
			select wanted.*, on_sale, product_ids, quantities, coalesce(version, 0) as version,
				coalesce(cardinality(product_ids), 0) as positions,
				-- One behind the last where the product is not in the cart.
				coalesce(array_position(product_ids, product_id), cardinality(product_ids) + 1, 1) as place,
				row_number() over (partition by customer_id order by n) as turn
			from wanted ${joinCarts(sql)} ${joinProducts(sql)}
		), decided as materialized (
			select n, minimal, customer_id, version, positions,
				case
					when customer_id is null or version = ${CLOSED_VERSION} then 'unauthenticated'
					when turn > 1 then 'again'
					when product_id is null then case positions when 0 then 'unchanged' else 'changed' end
					when quantity is not null and on_sale is not true then 'product_not_found'
					when quantities[place] is not distinct from quantity then 'unchanged'
					when place > greatest(positions, ${positionsMax}) then 'too_many_positions'
					else 'changed'
				end as outcome,
				case when product_id is null then '{}' else
					product_ids[:place - 1] || case when quantity is null then '{}' else array[product_id] end || product_ids[place + 1:]
				end as product_ids,
				case when product_id is null then '{}' else
					quantities[:place - 1] || case when quantity is null then '{}' else array[quantity] end || quantities[place + 1:]
				end as quantities
			from held
		), written as (${upsertCarts(
			sql,
			sql`(
				select customer_id, product_ids, quantities, version + 1 as version from decided where outcome = 'changed'
			) as next`,
		)})
		select case when outcome = 'changed' and written.customer_id is null then 'again' else outcome end as outcome, positions,
			version + (outcome = 'changed')::integer as cart_version,
			case when not minimal then to_json(product_ids) end as product_ids,
			case when not minimal then to_json(quantities) end as quantities,
			case when not minimal then ${selectShopProducts(sql, sql`decided.product_ids`)} end as products
		from decided left join written using (customer_id)
		order by n`
	return rows.map(changedOf)
}

function changedOf({ outcome, positions, products, ...cart }: ChangedRow): ChangedCart {
	if (outcome === 'too_many_positions') return { outcome, positions }
	if (outcome !== 'changed' && outcome !== 'unchanged') return { outcome }
	return { outcome, ground: products && { cart: cartOf(cart), products: shopProductsById(products) } }
}
