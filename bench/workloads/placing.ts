import type { Sql } from '../../src/platform/db/database.ts'
import { type Server, startService } from '../children.ts'
import type { Job } from '../load/jobs.ts'
import { runPgbench } from '../pgbench.ts'
import { seedCustomers, seedProducts } from '../seed.ts'
import { type Measured, measureService, rowOf, settingsOf } from '../service-load.ts'
import { type Bench, connectionsOf, measurePaired, type Row, type Workload } from '../workload.ts'
import { UPSERT } from './cart.ts'

const PRODUCTS = 1_000
const POSITIONS = 3
/** Each places one order a round: more than a round can take. */
const CUSTOMERS = 200_000
const CUSTOMERS_QUICK = 5_000
const PURCHASERS = 2_000

/** W4: a purchase, and the placing call alone. */
export const placing: Workload = {
	id: 'w4',
	title: 'place an order, and a whole purchase (W4)',
	run: (bench) =>
		withCustomers(bench, async (service, tokens) => [
			...(await placingAlone(bench, service, tokens)),
			...(await purchases(bench, service, tokens.slice(0, PURCHASERS))),
		]),
}

/** Lays the ground for orders without end, and has `measure` measure a service on it; `tokens` are those of the customers' sessions. */
export async function withCustomers(
	bench: Bench,
	measure: (service: Server, tokens: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
	const { ground, quick } = bench
	await seedUntracked(ground.sql)
	const tokens = await seedCustomers(ground.sql, quick ? CUSTOMERS_QUICK : CUSTOMERS)
	const service = await startService({ ...ground, settings: settingsOf(bench) })
	try {
		return await measure(service, tokens)
	} finally {
		await service.close()
	}
}

/** Products, nobody's stock: what is tracked costs pgbench the same, but hot rows would be what is measured. */
export async function seedUntracked(sql: Sql): Promise<void> {
	await seedProducts(sql, PRODUCTS)
	await sql`update products set available = null`
}

type Round = { readonly tokens: readonly string[]; readonly connections: number; readonly run: string }

/** Fills the carts and has them ordered. */
export async function placeRound(bench: Bench, service: Server, { tokens, connections, run }: Round): Promise<Measured> {
	const job = await placingJob(bench.ground.sql, { tokens, run })
	return checked(bench, () => measureService(bench, service, { job, connections }))
}

/** Fills the carts of all customers; the job places an order of each. */
export async function placingJob(sql: Sql, { tokens, run }: Pick<Round, 'tokens' | 'run'>): Promise<Job> {
	await fillCarts(sql)
	return { kind: 'place', ...customersOf(tokens), run }
}

const GOALS = { 16: '≥0.8 of pgbench', 64: '≥1.0 of pgbench, p99 <20 ms' } as const

async function placingAlone(bench: Bench, service: Server, tokens: readonly string[]): Promise<Row[]> {
	const rows: Row[] = []
	for (const connections of connectionsOf(bench)) {
		const paired = await measurePaired(bench, {
			ours: (round) => placeRound(bench, service, { tokens, connections, run: `place-${connections}-${round}` }),
			limit: () =>
				runPgbench({
					...bench.ground,
					script: PLACE,
					connections,
					seconds: bench.seconds,
					variables: { customers: tokens.length },
				}),
		})
		const head = { workload: 'W4 placing', connections, limitName: 'pgbench', goal: GOALS[connections] }
		rows.push(rowOf(head, paired))
		bench.say(`  placing, ${connections}: ${paired.ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of pgbench`)
	}
	return rows
}

async function purchases(bench: Bench, service: Server, tokens: readonly string[]): Promise<Row[]> {
	const { ground } = bench
	const rows: Row[] = []
	for (const connections of connectionsOf(bench)) {
		const paired = await measurePaired(bench, {
			async ours(round) {
				await ground.sql`update carts set product_ids = '{}', quantities = '{}', version = version + 1`
				const job = { kind: 'purchase', ...customersOf(tokens), run: `purchase-${connections}-${round}` } as const
				return checked(bench, () => measureService(bench, service, { job, connections }))
			},
			limit: () =>
				runPgbench({
					...ground,
					script: UPSERT.repeat(POSITIONS) + PLACE,
					connections,
					seconds: bench.seconds,
					variables: { customers: tokens.length },
				}),
		})
		const goal = connections === 64 ? '≥3,000/s, p99 <50 ms' : ''
		rows.push(rowOf({ workload: 'W4 whole purchase', connections, limitName: 'pgbench, 4 transactions', goal }, paired))
		bench.say(`  whole purchase, ${connections}: ${paired.ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of pgbench`)
	}
	return rows
}

/** What the load needs to know of the customers, whose carts `fillCarts` fills for as many products. */
export const customersOf = (tokens: readonly string[]) => ({
	tokens,
	productIds: Array.from({ length: PRODUCTS }, (_, index) => index + 1),
	positions: POSITIONS,
})

/** Puts three products into each customer's cart. */
export async function fillCarts(sql: Sql): Promise<void> {
	await sql`
		update carts set version = version + 1, quantities = array[1, 2, 3],
			product_ids = array(select 1 + (customer_id * ${POSITIONS} + n) % ${PRODUCTS} from generate_series(0, ${POSITIONS - 1}) as n)`
	await sql`vacuum analyze carts`
}

/** Runs a round and compares what was acknowledged with what is there: no order lost, none twice, each with all that belongs to it. */
export async function checked({ ground: { sql } }: Bench, run: () => Promise<Measured>): Promise<Measured> {
	const [{ last }] = await sql<[{ last: number }]>`select coalesce(max(number), 0) as last from orders`
	const [{ events: before }] = await sql<[{ events: number }]>`select count(*) as events from outbox`
	const measured = await run()
	const [found] = await sql<[Record<string, number>]>`
		with new_orders as (select id, total from orders where number > ${last})
		select
			(select count(*) from new_orders) as orders,
			(select coalesce(sum(total), 0)::bigint from new_orders) as total,
			(select count(*) from order_lines where order_id in (select id from new_orders)) as lines,
			(select count(*) from order_history where order_id in (select id from new_orders)) as history,
			(select count(*) from deliveries where order_id in (select id from new_orders)) as deliveries,
			(select count(*) from outbox) - ${before}::bigint as events`
	const { orders = 0, total = 0, lines = 0 } = measured.acknowledged
	const expected = { orders, total, lines, history: orders, deliveries: orders, events: 2 * orders }
	for (const [name, value] of Object.entries(expected)) {
		if (found[name] !== value) throw new Error(`the database holds ${found[name]} ${name}, but ${value} were acknowledged`)
	}
	return measured
}

/** An event as long as the service's are. A space after each colon: pgbench takes `:1` for a variable. */
export const EVENT = JSON.stringify(
	{
		id: '01940000-0000-7000-8000-000000000000',
		number: 100_042,
		status: 'paid',
		version: 1,
		items: Array.from({ length: POSITIONS }, () => ({
			product_id: 10,
			name: 'Велосипед горный 10',
			price: 500,
			quantity: 2,
			sum: 1_000,
		})),
		total: 3_000,
		currency: 'RUB',
		phone: '+79001234567',
		user_id: 1,
		delivery: {
			method: 'courier',
			address: { full_address: 'Москва, Тверская ул., 1, кв. 2', kladr_id: '7700000000000' },
			status: null,
			carrier: null,
			tracking_number: null,
			estimated_at: null,
			events: [],
		},
		created_at: '2026-01-01',
		updated_at: '2026-01-01',
	},
	null,
	1,
).replaceAll(/\n */g, '')

/** The rows of an order as the service writes them, by one statement and in one transaction for each order. */
const PLACE = `
\\set customer random(1, :customers)
\\set a random(1, ${PRODUCTS})
\\set b random(1, ${PRODUCTS})
\\set c random(1, ${PRODUCTS})
with new_order as (
	insert into orders (id, number, customer_id, idempotency_key, request_hash, status, version, total, currency, phone,
		delivery_method, created_at, updated_at)
	select id, nextval('order_numbers'), :customer, id::text, sha256(id::text::bytea), 'paid', 1, 3000, 'RUB', '+79001234567',
		'courier', now(), now()
	from (select uuidv7() as id) as made
	returning id, number
), taken_cart as (
	update carts set product_ids = '{}', quantities = '{}', version = version + 1, updated_at = now() where customer_id = :customer
), new_lines as (
	insert into order_lines (order_id, position, product_id, name, price, quantity)
	select new_order.id, position, product.id, product.name, product.price, 1
	from new_order, unnest(array[:a, :b, :c]::bigint[]) with ordinality as line (product_id, position)
	join products as product on product.id = line.product_id
), new_history as (
	insert into order_history (order_id, version, status, actor_type, actor_id, source, at)
	select id, 1, 'paid', 'customer', :customer, 'api', now() from new_order
), new_delivery as (
	insert into deliveries (order_id, order_number, customer_id, method, full_address, kladr_id)
	select id, number, :customer, 'courier', 'Москва, Тверская ул., 1, кв. 2', '7700000000000' from new_order
)
insert into outbox (topic, key, type, value)
select topic, convert_to(id::text, 'UTF8'), type, convert_to('${EVENT}', 'UTF8')
from new_order, (values ('shop.orders.v1', 'order.placed'), ('shop.notifications.v1', 'notification.requested')) as event (topic, type);
`
