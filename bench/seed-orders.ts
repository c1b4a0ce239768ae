import type { Sql, Tx } from '../src/platform/db/database.ts'
import { type Chance, chanceOf, fill, oneOf } from './seed.ts'

export type SeedOrdersOptions = {
	/** The first one is placed then, the last one a year later. */
	readonly from: Date
	readonly count: number
	readonly linesPerOrder?: number
	readonly seed?: number
}

const YEAR_DAYS = 365
/** Rows that are held apart before they are written: what the session's memory holds. */
const CHUNK = 500_000

const CITIES = ['Москва', 'Санкт-Петербург', 'Казань', 'Екатеринбург', 'Новосибирск', 'Самара', 'Пермь', 'Орёл', 'Тула', 'Омск']
const STREETS = ['Тверская', 'Ленина', 'Садовая', 'Лесная', 'Мира', 'Гагарина', 'Зелёная', 'Школьная', 'Полевая', 'Речная']

/**
 * Orders of the customers that are there, for the products that are there, with lines, history and deliveries, numbered from the
 * sequence on. Placed more by day than by night; those of the last days are still open, of the others nearly all are received,
 * one of fourteen is cancelled, and one of a thousand is stuck. (Measured: see docs/adr/0034.)
 */
export async function seedOrders(sql: Sql, { from, count, linesPerOrder = 3, seed = 1 }: SeedOrdersOptions): Promise<void> {
	await fill(sql, ['orders', 'order_lines', 'order_history', 'deliveries'], async (tx) => {
		const [{ first }] = await tx<[{ first: number }]>`
			select setval('order_numbers', nextval('order_numbers') + ${count}::bigint - 1) - ${count}::bigint + 1 as first`
		await tx.unsafe(PLACED)
		for (let done = 0; done < count; done += CHUNK) {
			await tx`truncate placed`
			const chunk = { from, first, count, begin: first + done, end: first + Math.min(done + CHUNK, count) - 1 }
			await makeOrders(tx, chunk, { linesPerOrder, seed })
			for (const statement of [ORDERS, linesOf(linesPerOrder, chanceOf('number', seed)), HISTORY, DELIVERIES])
				await tx.unsafe(statement)
		}
		// What is filled in goes past the triggers.
		await tx`select recount_order_stats()`
	})
}

const PLACED = `
	create temp table placed on commit drop as
	select orders.*, 0::bigint as age_h, deliveries.full_address, kladr_id, pickup_point_id from orders, deliveries limit 0`

type Chunk = {
	readonly from: Date
	readonly first: number
	readonly count: number
	readonly begin: number
	readonly end: number
}

/** Which product stands on a line, as a place in the list of all, and how many of it. Neighbours differ, so no product comes twice. */
const placeOf = (chance: Chance, line: string): string => `1 + (${chance(20)} + ${line} * 7919) % products`
const quantityOf = (chance: Chance, line: string): string => `(1 + (${chance(21)} >> ${line}) % 8 / 6)`

async function makeOrders(tx: Tx, chunk: Chunk, { linesPerOrder, seed }: { linesPerOrder: number; seed: number }): Promise<void> {
	const chance = chanceOf('number', seed)
	const sums = Array.from({ length: linesPerOrder }, (_, index) => {
		const line = String(index + 1)
		return `prices[${placeOf(chance, line)}] * ${quantityOf(chance, line)}`
	})
	await tx.unsafe(`
		insert into placed
		with product as materialized (
			select array_agg(price order by id) as prices, count(*) as products from products where withdrawn_at is null
		), customer as materialized (select array_agg(id order by id) as customer_ids, count(*) as customers from customers),
		numbered as materialized (
			select number, (number - ${chunk.first}) * ${YEAR_DAYS * 86_400}.0::float8 / ${chunk.count} as s
			from generate_series(${chunk.begin}::bigint, ${chunk.end}::bigint) as number
		), timed as materialized (
			-- By the hour as people buy; and as instances number their orders, now and then one before another that is a little older.
			select number, date_trunc('milliseconds', '${chunk.from.toISOString()}'::timestamptz
				+ make_interval(secs => s + 86400 / (2 * pi()) * 0.8 * sin(2 * pi() * s / 86400) + ${chance(1)} % 20 / 1000.0)) as at,
				(${YEAR_DAYS * 24} - s / 3600)::bigint as age_h, ${chance(2)} % 1000 as luck,
				case when ${chance(3)} % 5 < 3 then 'courier' else 'pickup' end as method
			from numbered
		), decided as (
			select *, case
				when luck < 70 then 'cancelled'
				when age_h < 8 + luck % 17 then 'paid'
				when age_h < 24 + luck % 25 then 'assembling'
				when age_h < 48 + luck % 49 or luck = 999 then 'ready'
				else 'received' end as status
			from timed
		)
		select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5, 1, 3)
				|| to_hex(8 + ${chance(4)} % 4) || substr(md5, 4, 15))::uuid,
			number, customer_ids[1 + ${chance(5)} % customers], md5::uuid::text, sha256(md5::bytea), status,
			case status when 'paid' then 1 when 'received' then 3 + luck % 2 else 2 end,
			${sums.join(' + ')}, 'RUB', '', method, at,
			at + make_interval(hours => case status when 'paid' then 0 when 'received' then 60 when 'ready' then 20 else 5 end),
			age_h,
			case method when 'courier' then ${oneOf(CITIES, chance(6))} || ', ул. ' || ${oneOf(STREETS, chance(7))} || ', '
				|| 1 + ${chance(8)} % 150 || ', кв. ' || 1 + ${chance(9)} % 400 end,
			case method when 'courier' then '77' || lpad((${chance(10)} % 1000)::text, 11, '0') end,
			case method when 'pickup' then 'point-' || ${chance(11)} % 500 end
		from decided cross join product cross join customer cross join lateral (select md5(number || '-${seed}') as md5 offset 0) as random`)
}

/** Nearly everybody is to be called on their own phone. */
const ORDERS = `
	insert into orders
	select placed.id, number, customer_id, idempotency_key, request_hash, status, placed.version, total, currency,
		case when total % 16 = 0 then '+7495' || lpad((total % 10000000)::text, 7, '0') else customer.phone end, delivery_method,
		placed.created_at, placed.updated_at
	from placed join customers as customer on customer.id = customer_id`

const linesOf = (lines: number, chance: Chance): string => `
	insert into order_lines
	with product as materialized (
		select id, name, price, row_number() over (order by id) as place from products where withdrawn_at is null
	), chosen as materialized (
		select placed.id as order_id, line, ${placeOf(chance, 'line')} as place, ${quantityOf(chance, 'line')} as quantity
		from placed cross join generate_series(1, ${lines}) as line cross join (select count(*) as products from product) as counted
	)
	select order_id, line, product.id, name, price, quantity from chosen join product using (place)`

const HISTORY = `
	insert into order_history (order_id, version, status, actor_type, actor_id, source, at)
	select placed.id, step, case when step = version then status when step = 1 then 'paid' when step = 2 and version = 4 then 'assembling' else 'ready' end,
		case step when 1 then 'customer' else 'inventory' end, case step when 1 then customer_id end,
		case step when 1 then 'api' else 'topic' end,
		case step when version then updated_at else created_at + make_interval(hours => (step - 1) * (step + 2)) end
	from placed cross join lateral generate_series(1, version) as step`

const DELIVERIES = `
	insert into deliveries
	select id, number, customer_id, delivery_method, full_address, kladr_id, pickup_point_id,
		case status when 'received' then 'delivered' end, case status when 'received' then 'СДЭК' end,
		case status when 'received' then 'SD' || number end, case status when 'received' then updated_at::date end,
		case status when 'received' then updated_at end
	from placed`
