import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { ORDER_STATUSES, type OrderStatus } from '../../src/events/orders.ts'
import { addUpStats } from '../../src/modules/stats/index.ts'
import { recordSales } from '../support/sales.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { assertStats } from '../support/stats-oracle.ts'

const RUNS = 60
const ORDERS = 6
const MINUTE_MS = 60_000
/** Times lie within so many days. */
const DAYS = 40

/** The next thing that happens to one of the orders: it is placed, or takes a step, so long after the one before. */
type Step = { readonly order: number; readonly minutes: number; readonly skip: number }
/** Steps that are written by one statement; then perhaps all that is noted is added up. */
type Batch = { readonly steps: readonly Step[]; readonly addUp: boolean }

type Order = { readonly id: string; readonly place: number; status: OrderStatus; version: number; at: number }
type Line = { readonly order_id: string; readonly version: number; readonly status: OrderStatus; readonly at: string }

let shop: TestShop
let viewer: StaffMember
let customerId: number
before(async () => {
	// Without workers: what is added up when is a part of what is tried.
	shop = await startTestShop({ ROLE: 'api' })
	viewer = await signInStaff(shop, 'viewer')
	;[customerId = 0] = await recordSales(shop.sql, [{ lines: [{ name: 'чай' }] }])
})

async function newOrder(place: number, at: number): Promise<Order> {
	const [row] = await shop.sql<[{ id: string }]>`select uuidv7() as id`
	return { id: row.id, place, status: 'paid', version: 1, at }
}

/** Carries a batch out on what the orders are, and writes it as the product does: orders, then lines of history. */
async function write(orders: Map<number, Order>, steps: readonly Step[], begin: number): Promise<void> {
	const placed: Order[] = []
	const lines: Line[] = []
	for (const { order: place, minutes, skip } of steps) {
		let order = orders.get(place)
		if (order === undefined) {
			order = await newOrder(place, begin + minutes * MINUTE_MS)
			orders.set(place, order)
			placed.push(order)
		} else {
			const next = ORDER_STATUSES.slice(ORDER_STATUSES.indexOf(order.status) + 1)
			if (order.status === 'received' || order.status === 'cancelled') continue
			order.status = next[skip % next.length] ?? 'received'
			order.version += 1
			order.at += minutes * MINUTE_MS
		}
		lines.push({
			order_id: order.id,
			version: order.version,
			status: order.status,
			at: new Date(order.at).toISOString(),
		})
	}
	const { sql } = shop
	const rows = placed.map(({ id, place }) => {
		const [first] = lines.filter((line) => line.order_id === id)
		return { id, total: (place + 1) * 100, at: first?.at }
	})
	await sql.begin(async (tx) => {
		await tx`
			insert into orders (id, number, customer_id, idempotency_key, request_hash, status, version, total, currency, phone,
				delivery_method, created_at, updated_at)
			select id, nextval('order_numbers'), ${customerId}, id::text, '', 'paid', 1, total, 'RUB', '', 'pickup', at, at
			from json_to_recordset(${tx.typed.json(rows)}) as placed (id uuid, total bigint, at timestamptz)`
		await tx`
			insert into order_history (order_id, version, status, actor_type, source, at)
			select order_id, version, status, 'inventory', 'topic', at
			from json_to_recordset(${tx.typed.json(lines)}) as line (order_id uuid, version integer, status text, at timestamptz)`
		await tx`
			update orders set status = changed.status, version = changed.version
			from json_to_recordset(${tx.typed.json([...orders.values()])}) as changed (id uuid, status text, version integer)
			where orders.id = changed.id`
	})
}

const minutes = fc.oneof(fc.nat(90), fc.nat(5 * 24 * 60))
const step: fc.Arbitrary<Step> = fc.record({ order: fc.nat(ORDERS - 1), minutes, skip: fc.nat(3) })
const batch: fc.Arbitrary<Batch> = fc.record({
	steps: fc.array(step, { minLength: 1, maxLength: 8 }),
	addUp: fc.boolean(),
})
type Asked = { readonly fromMinutes: number; readonly lengthMinutes: number; readonly zone: string }
const period: fc.Arbitrary<Asked> = fc.record({
	fromMinutes: fc.nat(DAYS * 24 * 60),
	lengthMinutes: fc.oneof(fc.integer({ min: 1, max: 3 * 24 * 60 }), fc.integer({ min: 1, max: DAYS * 24 * 60 })),
	zone: fc.constantFrom('UTC', 'Europe/Moscow', 'Asia/Vladivostok', 'America/New_York'),
})

async function look(begin: number, { fromMinutes, lengthMinutes, zone }: Asked): Promise<void> {
	const from = new Date(begin + fromMinutes * MINUTE_MS)
	const to = new Date(from.getTime() + lengthMinutes * MINUTE_MS)
	const { status, body, text } = await viewer.get(
		`/admin/stats?from=${from.toISOString()}&to=${to.toISOString()}&time_zone=${zone}`,
	)
	assert.equal(status, 200, text)
	await assertStats(shop.sql, body)
}

test('whatever happens to orders, whatever is added up when, the figures of any period are what counting them would give', async () => {
	const begin = Date.UTC(2026, 2, 1, 20, 30)
	await fc.assert(
		fc.asyncProperty(
			fc.array(batch, { minLength: 1, maxLength: 6 }),
			fc.array(period, { minLength: 1, maxLength: 3 }),
			async (batches, periods) => {
				const orders = new Map<number, Order>()
				for (const { steps, addUp } of batches) {
					await write(orders, steps, begin)
					if (addUp) await addUpStats(shop.sql)
				}
				for (const asked of periods) await look(begin, asked)
			},
		),
		{ numRuns: RUNS, endOnFailure: true },
	)
	// And what is counted anew from the tables is the same again.
	const year = `/admin/stats?from=2025-12-01T00:00:00Z&to=2026-12-31T00:00:00Z`
	const noted = await viewer.get(year)
	await shop.sql`select recount_order_stats()`
	assert.deepEqual((await viewer.get(year)).body, noted.body)
})
