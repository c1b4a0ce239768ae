import type { OrderStatus } from '../../events/orders.ts'
import type { Sql, Tx } from '../../platform/db/database.ts'
import { isUnknownTimeZone } from '../../platform/db/errors.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import { UNDER_WAY } from '../orders/index.ts'
import { type Period, wholeDaysOf } from './period.ts'

type AskedSteps = {
	readonly from: string | undefined
	readonly to: string | undefined
	readonly timeZone: string
}
export type Steps = Pick<Period, 'from' | 'to' | 'step'> & { readonly askedFrom: Date; readonly askedTo: Date }

/** From when to when by the database's clock, as asked and in whole steps: of hours up to eight days, beyond that of days. */
export async function readSteps(sql: Sql, { from, to, timeZone }: AskedSteps): Promise<Steps | 'unknown time zone'> {
	try {
		const [row] = await sql<[Steps]>`
			with asked as (
				select coalesce(${from ?? null}::timestamptz, date_trunc('day', now(), ${timeZone}::text)) as "from",
					coalesce(${to ?? null}::timestamptz, now()) as "to"
			), stepped as (
				select *, case when "to" - "from" <= interval '8 days' then 'hour' else 'day' end as step from asked
			), zoned as (select *, case step when 'hour' then 'UTC' else ${timeZone} end as zone from stepped)
			select "from" as "askedFrom", "to" as "askedTo", step, date_trunc(step, "from", zone) as "from",
				date_add(date_trunc(step, "to" - interval '1 microsecond', zone), ('1 ' || step)::interval, zone) as "to"
			from zoned`
		return row
	} catch (error) {
		if (isUnknownTimeZone(error)) return 'unknown time zone'
		throw error
	}
}

type NowRow = { readonly status: OrderStatus; readonly orders: number; readonly total: number }
type SeriesRow = {
	readonly at: Date
	readonly placed: number
	readonly placed_total: number
	readonly cancelled: number
	readonly cancelled_total: number
}
/** Orders that left a status, by how long they had been in it: at least `bounds[bucket - 1]` seconds, less than `bounds[bucket]`. */
type StayRow = { readonly status: OrderStatus; readonly bucket: number; readonly orders: number; readonly ms: number }

export type Figures = {
	readonly now: readonly NowRow[]
	readonly series: readonly SeriesRow[]
	readonly stays: readonly StayRow[]
	/** Of the buckets, in seconds. */
	readonly bounds: readonly number[]
}

/** A sum of money that is told stands for all above it, too: one order may have as much, and JSON tells no more exactly. */
export const TOTAL_MAX = Number.MAX_SAFE_INTEGER

/**
 * The figures of a period, all of one moment: what is added up, and what is noted and not added up yet. No order is looked at.
 */
export async function readFigures(sql: Sql, period: Period): Promise<Figures> {
	return sql.begin('isolation level repeatable read read only', async (tx) => {
		const [now, series, stays, [{ bounds }]] = await Promise.all([
			readNow(tx),
			readSeries(tx, period),
			readStays(tx, period),
			tx<[{ bounds: number[] }]>`select to_json(order_stay_bounds()) as bounds`,
		])
		return { now, series, stays, bounds }
	})
}

async function readNow(tx: Tx): Promise<NowRow[]> {
	return tx<NowRow[]>`
		select status, sum(orders)::bigint as orders, least(sum(total), ${TOTAL_MAX})::bigint as total
		from (
			select status, orders, total from order_stats_now
			union all select status, orders, total from order_stats_pending
			union all select from_status, -orders, -total from order_stats_pending where from_status <> ''
		) as counted
		group by status`
}

/** Every step of the period, also those in which nothing happened. */
async function readSeries(tx: Tx, { from, to, step, timeZone }: Period): Promise<SeriesRow[]> {
	const zone = step === 'hour' ? 'UTC' : timeZone
	return tx<SeriesRow[]>`
		with counted as (
			select hour, from_status, orders, total from order_stats_steps
			where from_status = '' and hour >= ${from} and hour < ${to}
			union all
			select hour, from_status, orders, total from order_stats_steps
			where from_status = ${oneOf(tx, UNDER_WAY, 'text')} and status = 'cancelled' and hour >= ${from} and hour < ${to}
			union all
			select hour, from_status, orders, total from order_stats_pending
			where (from_status = '' or status = 'cancelled') and hour >= ${from} and hour < ${to}
		), stepped as (
			select date_trunc(${step}, hour, ${zone}::text) as at,
				sum(orders) filter (where from_status = '') as placed, sum(total) filter (where from_status = '') as placed_total,
				sum(orders) filter (where from_status <> '') as cancelled,
				sum(total) filter (where from_status <> '') as cancelled_total
			from counted group by 1
		)
		select at, coalesce(placed, 0)::bigint as placed, least(coalesce(placed_total, 0), ${TOTAL_MAX})::bigint as placed_total,
			coalesce(cancelled, 0)::bigint as cancelled,
			least(coalesce(cancelled_total, 0), ${TOTAL_MAX})::bigint as cancelled_total
		from generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 microsecond', ('1 ' || ${step})::interval,
			${zone}::text) as at
		left join stepped using (at)
		order by at`
}

/** Whole days of UTC by their sums, what lies before and after them by the hour. */
async function readStays(tx: Tx, period: Period): Promise<StayRow[]> {
	const { from, to } = period
	const { first, end } = wholeDaysOf(period)
	return tx<StayRow[]>`
		select status, bucket, sum(orders)::bigint as orders, sum(ms)::float8 as ms
		from (
			select status, bucket, orders, ms from order_stats_stays
			where span = 'hour' and since >= ${from} and since < ${first}
			union all
			select status, bucket, orders, ms from order_stats_stays
			where span = 'day' and since >= ${first} and since < ${end}
			union all
			select status, bucket, orders, ms from order_stats_stays
			where span = 'hour' and since >= ${end} and since < ${to}
			union all
			select from_status, bucket, orders, ms from order_stats_pending
			where from_status <> '' and hour >= ${from} and hour < ${to}
		) as left_status
		group by status, bucket order by status, bucket`
}

/** Notes that are added up by one statement. */
const NOTES_MAX = 5_000

/**
 * Adds up what was noted and returns how many notes that were. One statement, so that whoever reads finds each note or what came
 * of it; two at once take different notes.
 */
export async function addUpStats(sql: Sql): Promise<number> {
	let noted = 0
	for (;;) {
		const count = await addUpSome(sql)
		noted += count
		if (count < NOTES_MAX) return noted
	}
}

async function addUpSome(sql: Sql): Promise<number> {
	const [{ noted }] = await sql<[{ noted: number }]>`
		with taken as (
			delete from order_stats_pending
			where ctid = any(array(select ctid from order_stats_pending limit ${NOTES_MAX} for update skip locked))
			returning hour, from_status, status, bucket, orders, total, ms
		), steps as (
			insert into order_stats_steps as stats (from_status, status, hour, orders, total)
			select from_status, status, hour, sum(orders), sum(total) from taken group by 1, 2, 3 order by 1, 2, 3
			on conflict (from_status, status, hour)
				do update set orders = stats.orders + excluded.orders, total = stats.total + excluded.total
		), stays as (
			insert into order_stats_stays as stats (span, since, status, bucket, orders, ms)
			select span, date_trunc(span, hour, 'UTC'), from_status, bucket, sum(orders), sum(ms)
			from taken cross join (values ('hour'), ('day')) as spans (span)
			where bucket is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
			on conflict (span, since, status, bucket)
				do update set orders = stats.orders + excluded.orders, ms = stats.ms + excluded.ms
		), standing as (
			insert into order_stats_now as stats (status, orders, total)
			select status, sum(orders), sum(total)
			from (
				select status, orders, total from taken
				union all select from_status, -orders, -total from taken where from_status <> ''
			) as moved
			group by 1 order by 1
			on conflict (status) do update set orders = stats.orders + excluded.orders, total = stats.total + excluded.total
		)
		select count(*) as noted from taken`
	return noted
}
