import type { Sql } from '../../platform/db/database.ts'
import type { Numbers, SalesPeriod } from './sold-lines.ts'

/** Orders that are looked at, evenly over the numbers. */
const SAMPLES = 100
/** Fewer of them in the period say nothing. */
const SAMPLES_MIN = 5

/**
 * How many lines a period may have, of orders that are not cancelled. It costs the same at any number of orders, which counting
 * does not. Of all orders the planner knows it well. Of a period it may not have heard how much was sold lately: its numbers
 * tell, of which some orders are looked at; but where they reach far beyond it, because some orders were placed out of turn, the
 * planner is asked as well.
 */
export async function estimateLines(sql: Sql, period: SalesPeriod, { first, last }: Numbers): Promise<number> {
	if (period.from === null && period.to === null) return plannedLines(sql, period)
	const ordersMax = Number(last) - Number(first) + 1
	if (ordersMax <= 0) return 0
	const from = period.from?.toISOString() ?? '-infinity'
	const to = period.to?.toISOString() ?? 'infinity'
	const [sample] = await sql<[{ orders: number; lines: number }]>`
		select count(*)::int as orders, coalesce(sum(lines), 0)::int as lines
		from generate_series(0, ${SAMPLES - 1}::bigint) as step
		cross join lateral (
			select id, status, created_at from orders
			where number >= ${first}::bigint + (${last}::bigint - ${first}::bigint) * step / ${SAMPLES - 1}::bigint
			order by number limit 1
		) as sampled
		cross join lateral (select count(*) as lines from order_lines where order_id = sampled.id) as counted
		where status <> 'cancelled' and created_at >= ${from}::text::timestamptz and created_at < ${to}::text::timestamptz`
	if (sample.orders >= SAMPLES_MIN) return Math.round((ordersMax * sample.lines) / SAMPLES)
	return plannedLines(sql, period)
}

/** How many lines the planner expects; it never says less than one. */
async function plannedLines(sql: Sql, { from, to }: SalesPeriod): Promise<number> {
	const [row] = await sql<[{ 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }] }]>`
		explain (format json) select from orders join order_lines as line on line.order_id = orders.id
		where orders.status <> 'cancelled'
			${from === null ? sql`` : sql`and orders.created_at >= ${from}`}
			${to === null ? sql`` : sql`and orders.created_at < ${to}`}`
	return row['QUERY PLAN'][0].Plan['Plan Rows']
}
