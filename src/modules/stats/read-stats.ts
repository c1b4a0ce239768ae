import { ORDER_STATUSES, type OrderStatus } from '../../events/orders.ts'
import { countLetters } from '../../platform/dead-letters/queries.ts'
import { readOutboxState } from '../../platform/outbox/outbox-state.ts'
import { UNDER_WAY } from '../orders/index.ts'
import type { Service } from '../service.ts'
import type { InboundLag } from './inbound-lag.ts'
import { type AskedPeriod, periodOf } from './read-period.ts'
import { type Figures, readFigures, TOTAL_MAX } from './queries.ts'
import type { Stats, StayView } from './schemas.ts'
import { type Bucket, quantileOf } from './stays.ts'

export type StatsDeps = {
	readonly lag: InboundLag
}

/** As the schema says. */
const OUTBOX_COUNT_MAX = 10_000
const MEDIAN = 0.5
const NINE_TENTHS = 0.9

/** How the shop stands now, and what happened in a period. */
export async function readStats({ sql, config }: Service, deps: StatsDeps, asked: AskedPeriod): Promise<Stats> {
	const period = await periodOf(sql, asked)
	const [figures, inbound, outbox, letters] = await Promise.all([
		readFigures(sql, period),
		deps.lag.read(),
		readOutboxState(sql, OUTBOX_COUNT_MAX),
		countLetters(sql),
	])
	const { series } = figures
	const sum = (key: 'placed' | 'placed_total' | 'cancelled' | 'cancelled_total') =>
		series.reduce((total, row) => Math.min(TOTAL_MAX, total + row[key]), 0)
	return {
		from: period.from.toISOString(),
		to: period.to.toISOString(),
		step: period.step,
		time_zone: period.timeZone,
		currency: config.CURRENCY,
		now: ORDER_STATUSES.map((status) => {
			const { orders = 0, total = 0 } = figures.now.find((row) => row.status === status) ?? {}
			return { status, orders, total }
		}),
		placed: { orders: sum('placed'), total: sum('placed_total') },
		cancelled: { orders: sum('cancelled'), total: sum('cancelled_total') },
		series: series.map(({ at, ...row }) => ({ at: at.toISOString(), ...row })),
		stays: UNDER_WAY.map((status) => viewStay(status, figures)),
		inbound: inbound.map(({ topic, waiting, oldestAt }) => ({ topic, waiting, oldest_at: oldestAt?.toISOString() ?? null })),
		outbox: { waiting: outbox.waiting, oldest_at: outbox.oldestAt?.toISOString() ?? null },
		dead_letters: letters.reduce((sum, kind) => sum + kind.letters, 0),
	}
}

function viewStay(status: OrderStatus, { stays, bounds }: Figures): StayView {
	const rows = stays.filter((row) => row.status === status)
	const buckets = rows.map(({ bucket, orders }): Bucket => {
		return { fromS: bounds[bucket - 1] ?? 0, toS: bounds[bucket] ?? null, orders }
	})
	const orders = rows.reduce((sum, row) => sum + row.orders, 0)
	const ms = rows.reduce((sum, row) => sum + row.ms, 0)
	const meanS = ms / Math.max(1, orders) / 1_000
	return {
		status,
		orders,
		mean_s: orders === 0 ? null : meanS,
		median_s: quantileOf(buckets, MEDIAN, meanS),
		p90_s: quantileOf(buckets, NINE_TENTHS, meanS),
		histogram: buckets.map(({ fromS, toS, orders: here }) => ({ from_s: fromS, to_s: toS, orders: here })),
	}
}
