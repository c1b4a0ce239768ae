export const PERIODS = ['today', '7d', '30d'] as const
export type Period = (typeof PERIODS)[number]

const DAYS: Readonly<Record<Period, number>> = { today: 1, '7d': 7, '30d': 30 }

/** What the address says of the screen; today where it says nothing. */
export type TodaySearch = { readonly period?: Exclude<Period, 'today'> }

export function readSearch({ period }: Readonly<Record<string, unknown>>): TodaySearch {
	return period === '7d' || period === '30d' ? { period } : {}
}

/** Midnight so many days after today's; before it for fewer than none. */
function midnight(now: Date, days: number): Date {
	return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
}

/** From midnight to midnight: the last day is today, to its end. `daysAgo`: the same, so much earlier. */
export function boundsOf(period: Period, now: Date, daysAgo = 0): { from: Date; to: Date } {
	return { from: midnight(now, 1 - DAYS[period] - daysAgo), to: midnight(now, 1 - daysAgo) }
}
