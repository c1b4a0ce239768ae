import assert from 'node:assert/strict'
import type { Sql } from '../../src/platform/db/database.ts'

// biome-ignore lint/suspicious/noExplicitAny: the body of an answer
type Stats = any

/** Asserts that an answer of GET /v1/admin/stats is what the orders and their histories say when they are counted one by one. */
export async function assertStats(sql: Sql, stats: Stats): Promise<void> {
	const { from, to } = stats
	const now = await sql`
		select status, count(orders.id) as orders, coalesce(sum(total), 0)::bigint as total
		from unnest(array['paid', 'assembling', 'ready', 'received', 'cancelled']) with ordinality as known (status, place)
		left join orders using (status) group by status, place order by place`
	assert.deepEqual(stats.now, [...now], 'orders by status')

	const series = await sql`
		with step as (
			select told::timestamptz as at, coalesce(lead(told::timestamptz) over (order by told::timestamptz), ${to}::timestamptz) as until
			from json_array_elements_text(${sql.typed.json(stats.series.map(({ at }: { at: string }) => at))}) as told
		)
		select to_char(step.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"') as at,
			count(orders.id) filter (where history.version = 1) as placed,
			coalesce(sum(total) filter (where history.version = 1), 0)::bigint as placed_total,
			count(orders.id) filter (where history.status = 'cancelled') as cancelled,
			coalesce(sum(total) filter (where history.status = 'cancelled'), 0)::bigint as cancelled_total
		from step
		left join order_history as history on history.at >= step.at and history.at < step.until
		left join orders on orders.id = history.order_id
		group by step.at order by step.at`
	assert.deepEqual(stats.series, [...series], 'the steps of the period')
	assert.equal(stats.series[0].at, from)
	const sumOf = (key: string) => stats.series.reduce((sum: number, row: Record<string, number>) => sum + (row[key] ?? 0), 0)
	assert.deepEqual(stats.placed, { orders: sumOf('placed'), total: sumOf('placed_total') })
	assert.deepEqual(stats.cancelled, { orders: sumOf('cancelled'), total: sumOf('cancelled_total') })

	const stays = await sql<StayRow[]>`
		with stay as (
			select lag(status) over steps as status, at, extract(epoch from at - lag(at) over steps)::float8 as s
			from order_history window steps as (partition by order_id order by version)
		)
		select known.status, count(s) as orders, avg(s) as mean, percentile_disc(0.5) within group (order by s) as median,
			percentile_disc(0.9) within group (order by s) as p90
		from unnest(array['paid', 'assembling', 'ready']) with ordinality as known (status, place)
		left join stay on stay.status = known.status and stay.at >= ${from} and stay.at < ${to}
		group by known.status, place order by place`
	for (const [index, stay] of stays.entries()) assertStay(stats.stays[index], stay)
}

type StayRow = { status: string; orders: number; mean: number | null; median: number | null; p90: number | null }
type Bucket = { from_s: number; to_s: number | null; orders: number }

function assertStay(told: Stats, { status, orders, mean, median, p90 }: StayRow): void {
	assert.deepEqual([told.status, told.orders], [status, orders])
	assert.equal(
		told.histogram.reduce((sum: number, bucket: Bucket) => sum + bucket.orders, 0),
		orders,
	)
	if (mean === null) return assert.deepEqual([told.mean_s, told.median_s, told.p90_s], [null, null, null])
	// Kept to the millisecond.
	assert.ok(Math.abs(told.mean_s - mean) < 0.002, `${told.mean_s} s, not ${mean} s`)
	for (const [estimate, exact] of [
		[told.median_s, median],
		[told.p90_s, p90],
	] as const) {
		const bucket = told.histogram.find(({ from_s, to_s }: Bucket) => from_s <= estimate && estimate < (to_s ?? Infinity))
		assert.ok(
			exact !== null && exact >= bucket.from_s - 0.001 && exact < (bucket.to_s ?? Infinity),
			`${exact} s is not in the bucket of ${estimate} s: ${JSON.stringify(bucket)}`,
		)
	}
}
