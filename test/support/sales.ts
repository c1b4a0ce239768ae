import type { Sql } from '../../src/platform/db/database.ts'

export type Sale = {
	readonly lines: readonly { readonly name: string; readonly price?: number; readonly quantity?: number }[]
	readonly status?: 'paid' | 'assembling' | 'ready' | 'received' | 'cancelled'
	readonly at?: string
}

/**
 * Writes orders as placing leaves them, in this order, each of a customer of its own: where there are to be many of them, or
 * at another time than now. Returns the customers' ids.
 */
export async function recordSales(sql: Sql, sales: readonly Sale[]): Promise<number[]> {
	const orders = sales.map(({ status = 'paid', at = new Date().toISOString() }, index) => ({ index, status, at }))
	const lines = sales.flatMap((sale, index) =>
		sale.lines.map(({ name, price = 500, quantity = 1 }, at) => ({ index, position: at + 1, name, price, quantity })),
	)
	return sql.begin(async (tx) => {
		const customers = await tx<{ id: number }[]>`
			insert into customers (name, phone, email, locale, consent_version)
			select 'Анна', 'test ' || gen_random_uuid(), 'a@example.com', 'ru', '1' from generate_series(1, ${sales.length}::int)
			returning id`
		const ids = customers.map(({ id }) => id)
		await tx`
			create temp table sale on commit drop as
			select uuidv7() as id, nextval('order_numbers') as number, customer.id as customer_id, "index", status, at
			from json_to_recordset(${tx.json(orders)}::json) as sold ("index" int, status text, at timestamptz)
			join json_array_elements_text(${tx.json(ids)}::json) with ordinality as customer (id, place)
				on place = "index" + 1
			order by "index"`
		await tx`
			insert into orders (id, number, customer_id, idempotency_key, request_hash, status, version, total, currency, phone,
				delivery_method, created_at, updated_at)
			select id, number, customer_id::bigint, 'key', '', status, 1, 0, 'RUB', '+79001234567', 'pickup', at, at from sale`
		await tx`
			insert into order_lines (order_id, position, product_id, name, price, quantity)
			select sale.id, position, 1, name, price, quantity
			from json_to_recordset(${tx.json(lines)}::json) as line ("index" int, position int, name text, price bigint, quantity int)
			join sale using ("index")`
		await tx`
			update orders set total = (select sum(price * quantity) from order_lines where order_id = orders.id)
			from sale where sale.id = orders.id`
		await tx`
			insert into order_history (order_id, version, status, actor_type, actor_id, source, at)
			select id, 1, status, 'customer', customer_id::bigint, 'api', at from sale`
		await tx`
			insert into deliveries (order_id, order_number, customer_id, method, pickup_point_id)
			select id, number, customer_id::bigint, 'pickup', 'msk-1' from sale`
		return ids
	})
}
