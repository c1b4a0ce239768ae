import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { seedOrders } from '../../bench/seed-orders.ts'
import { seedCustomers, seedProducts, seedStaff } from '../../bench/seed.ts'
import { createTestDatabase } from '../support/database.ts'
import { COURIER } from '../support/people.ts'
import { faultsOf, listenForPlans, type Plan, tellPlans } from '../support/plans.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'

const PRODUCTS = 20_000
const CUSTOMERS = 20_000
const ORDERS = 50_000
const WAITING = 30_000
const DAY_MS = 86_400_000
/** The last order was placed now. */
const FROM = new Date(Date.now() - 365 * DAY_MS)

const told = listenForPlans()
let shop: TestShop
let customer: TestShop['guest']
let viewer: TestShop['guest']
let operator: TestShop['guest']
let inventory: TestShop['guest']
let known: { id: string; number: number; phone: string; user_id: number }
before(async () => {
	const { url, sql } = await createTestDatabase()
	await seedProducts(sql, PRODUCTS)
	// Not the first, whom a search from end to end would find at once.
	const token = (await seedCustomers(sql, CUSTOMERS)).at(-1)
	const staffToken = await seedStaff(sql)
	await seedOrders(sql, { from: FROM, count: ORDERS })
	// As when the broker has been away for long.
	await sql`insert into outbox (topic, value) select 't', '' from generate_series(1, ${WAITING}::int)`
	await sql`analyze outbox`
	const [order] = await sql<(typeof known)[]>`
		select orders.id, number, orders.phone, customer_id as user_id from orders join customers on customers.id = customer_id
		where customers.phone = ${`+79${String(CUSTOMERS).padStart(9, '0')}`} order by number limit 1`
	known = order ?? assert.fail('the customer has no order')
	await tellPlans(sql)
	// Without workers: what they do goes on beside the calls.
	shop = await startTestShop({ DATABASE_URL: url, LOG_LEVEL: 'debug', ROLE: 'api' }, told.logTo)
	customer = shop.guest.as(token ?? '')
	viewer = shop.guest.as(staffToken)
	operator = await signInStaff(shop, 'operator')
	inventory = await serviceWithKey(shop, 'orders:status')
})

type Call = () => Promise<{ status: number; text: string }>

/** The plans of all statements that a call has had carried out. */
async function plansOf(call: Call): Promise<Plan[]> {
	told.take()
	const { status, text } = await call()
	assert.ok(status < 300, `${status} ${text}`)
	return told.take()
}

const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

const CALLS: Readonly<Record<string, { of: string; call: Call }>> = {
	'signing in by a token': { of: 'sessions', call: () => customer.get('/me') },
	'putting into the cart': { of: 'carts', call: () => customer.put('/cart/items/7', { body: { quantity: 2 } }) },
	'placing an order': {
		of: 'order_lines',
		call: () =>
			customer.post('/orders', {
				headers: { 'idempotency-key': 'plans' },
				body: { phone: '+79001234567', delivery: COURIER },
			}),
	},
	'a product': { of: 'products', call: () => shop.guest.get('/products/7') },
	'a customer’s orders': { of: 'orders', call: () => customer.get('/orders') },
	'an order of a customer': { of: 'order_history', call: () => customer.get(`/orders/${known.id}`) },
	'a change of an order’s status': {
		of: 'update orders',
		async call() {
			const [order] = await shop.sql<{ id: string }[]>`select id from orders where status = 'paid' order by number desc limit 1`
			return inventory.post(`/orders/${order?.id}/status`, { body: { event_id: 'plans', status: 'assembling' } })
		},
	},
	'a change of many orders by the staff': {
		of: 'update orders',
		async call() {
			const orders = await shop.sql<{ id: string }[]>`select id from orders where status = 'paid' order by number limit 100`
			return operator.post('/admin/orders/bulk-status', { body: { ids: orders.map(({ id }) => id), status: 'assembling' } })
		},
	},
	'a note on an order': {
		of: 'order_notes',
		call: () => operator.post(`/admin/orders/${known.id}/notes`, { body: { text: 'заметка' } }),
	},
	'an order that is followed': { of: 'order_history', call: () => customer.get(`/orders/${known.id}/events`) },
	'the figures of today': { of: 'order_stats_now', call: () => viewer.get('/admin/stats') },
	'the figures of a week': { of: 'order_stats_steps', call: () => viewer.get(`/admin/stats?from=${ago(7)}`) },
	'the figures of thirty days': { of: 'order_stats_stays', call: () => viewer.get(`/admin/stats?from=${ago(30)}`) },
	'an order for the staff': { of: 'order_history', call: () => viewer.get(`/admin/orders/${known.id}`) },
	'an export of orders': { of: 'orders', call: () => viewer.get(`/admin/orders/export?from=${ago(5)}&sort=total`) },
	...Object.fromEntries(
		['', 'search=Соколов', 'search=Снегоморовский', 'search=Кузницов', 'search=customer7@', 'search=8 900 000-00-01'].flatMap(
			(search) =>
				['', 'blocked=true', 'blocked=false'].map((blocked) => [
					`the staff’s list of users: ${search} ${blocked}`,
					{ of: 'customers', call: () => viewer.get(`/admin/users?${encodeURI([search, blocked].join('&'))}`) },
				]),
		),
	),
	...Object.fromEntries(
		['name', '-name', 'price', '-price', 'newest'].flatMap((sort) =>
			['', '&search=телефон', '&search=42', '&price_min=1000&price_max=2000'].map((filter) => [
				`products by ${sort}${filter}`,
				{ of: 'products', call: () => shop.guest.get(`/products?sort=${sort}${encodeURI(filter)}`) },
			]),
		),
	),
}

/** A filter of the staff's list, as the query and as a name for it. */
const FILTERS: readonly (readonly [name: string, query: () => string])[] = [
	...[
		'',
		'status=paid',
		'status=received',
		'status=ready,cancelled',
		'method=pickup',
		'name=Александр',
		'name=Снегоморовский',
		'total_min=200000',
		'total_max=300',
		'total_min=20000&total_max=20500',
		'total_min=900000000',
		'status=received&method=courier',
		'status=paid,assembling&total_min=200000',
		'method=pickup&total_min=200000',
		'name=Соколов&status=received',
		'name=Кузницов',
	].map((filter) => [filter, () => encodeURI(filter)] as const),
	...[1, 30, 300].flatMap((days) => {
		const at = ago(days)
		return [
			`from=${at}`,
			`to=${at}`,
			`status=received&from=${at}`,
			`status=paid&to=${at}`,
			`status=paid&from=${at}`,
			`from=${at}&total_min=200000`,
			`status=cancelled&from=${at}&method=pickup`,
		].map((filter) => [filter, () => filter] as const)
	}),
	...[
		`from=${ago(200)}&to=${ago(199)}&method=courier`,
		`status=received,cancelled&method=pickup&from=${ago(100)}&to=${ago(10)}&total_min=2000&total_max=90000`,
	].map((filter) => [filter, () => filter] as const),
	['a number', () => `number=${known.number}`],
	['a customer', () => `user_id=${known.user_id}`],
	['a customer, a status and a time', () => `user_id=${known.user_id}&status=received&from=${ago(300)}`],
	['the orders that are shown', () => `ids=${known.id},${randomUUID()}&status=received&method=courier`],
	['the orders that are shown, and a name', () => `ids=${known.id},${randomUUID()}&${encodeURI('name=Соколов')}`],
	['a phone', () => `phone=${encodeURIComponent(known.phone)}`],
	['a phone, a status and a time', () => `phone=${encodeURIComponent(known.phone)}&status=received&from=${ago(300)}`],
]
const ORDER_BY = { newest: 'number desc', oldest: 'number', total: 'total, number', '-total': 'total desc, number desc' }

/** The first page of the staff's list and the one after it. */
async function pagesOf(query: string): Promise<{ status: number; text: string }> {
	const first = await viewer.get(`/admin/orders?${query}`)
	const { next_cursor } = first.body
	return typeof next_cursor === 'string' ? viewer.get(`/admin/orders?${query}&cursor=${next_cursor}`) : first
}

suite('However much the shop holds, no table is read from end to end and no more sorted than a page can need', () => {
	for (const [what, { of, call }] of Object.entries(CALLS)) {
		test(`for ${what}`, async () => {
			const plans = await plansOf(call)
			assert.ok(
				plans.some(({ 'Query Text': text }) => text.includes(of)),
				`no statement about ${of} among ${plans.length}`,
			)
			assert.deepEqual(plans.flatMap(faultsOf), [])
		})
	}

	for (const [name, filter] of FILTERS) {
		test(`for the staff’s list of orders: ${name || 'all'}`, async () => {
			for (const sort of Object.keys(ORDER_BY)) {
				const plans = await plansOf(() => pagesOf(`sort=${sort}&${filter()}`))
				assert.ok(plans.some(({ 'Query Text': text }) => text.includes('from orders')))
				assert.deepEqual(plans.flatMap(faultsOf), [], sort)
			}
		})
	}
})

suite('Of many orders the staff’s list shows what is asked for', () => {
	const days30 = ago(30)
	const days300 = ago(300)
	for (const [filter, where] of [
		['', 'true'],
		[`from=${days300}`, `created_at >= '${days300}'`],
		[`to=${days30}&method=pickup`, `created_at < '${days30}' and delivery_method = 'pickup'`],
		['total_min=20000', 'total >= 20000'],
		['total_min=20000&total_max=20500', 'total between 20000 and 20500'],
		[`status=received&from=${days300}&total_max=90000`, `status = 'received' and created_at >= '${days300}' and total <= 90000`],
		[`status=ready,cancelled&from=${days30}`, `status in ('ready', 'cancelled') and created_at >= '${days30}'`],
	] as const) {
		test(filter || 'all', async () => {
			for (const [sort, order] of Object.entries(ORDER_BY)) {
				const rows = await shop.sql.unsafe(`select number from orders where ${where} order by ${order} limit 40`)
				const first = await viewer.get(`/admin/orders?sort=${sort}&${filter}`)
				const second = await viewer.get(`/admin/orders?sort=${sort}&${filter}&cursor=${first.body.next_cursor}`)
				const shown = [...first.body.data, ...second.body.data].map(({ number }) => number)
				assert.equal(shown.length, 40)
				assert.deepEqual(
					shown,
					rows.map(({ number }) => number),
					sort,
				)
			}
		})
	}
})

suite('This is noticed when an index is missing:', () => {
	// One after the other: where two would do, the second is missed.
	for (const [table, index, call] of [
		['orders', 'orders_by_status_total', () => pagesOf('status=received&sort=-total')],
		['orders', 'orders_by_status', () => pagesOf('status=ready&sort=oldest')],
		['orders', 'orders_by_phone', () => pagesOf(`phone=${encodeURIComponent(known.phone)}`)],
		['orders', 'orders_by_time', () => pagesOf(`from=${ago(1)}`)],
		['order_lines', 'order_lines_pkey', () => customer.get('/orders')],
		['customers', 'customers_search', () => pagesOf(encodeURI('name=Снегоморовский'))],
		['products', 'products_by_price', () => shop.guest.get('/products?sort=-price&limit=17')],
		['sessions', 'sessions_pkey', () => customer.get('/me')],
	] as const) {
		test(index, async () => {
			const { sql } = shop
			if (index.endsWith('_pkey')) await sql`alter table ${sql(table)} drop constraint ${sql(index)}`
			else await sql`drop index ${sql(index)}`
			const faults = (await plansOf(call)).flatMap(faultsOf)
			assert.match(faults.join('\n'), new RegExp(`(reads all of ${table}|goes through \\d+ rows): select .+ from "?${table}`))
		})
	}
})
