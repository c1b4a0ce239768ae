import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'
import { timeZone } from '../i18n/formats.ts'
import { boundsOf, type Period } from './period.ts'

export type Stats = paths['/v1/admin/stats']['get']['responses']['200']['content']['application/json']
export type Step = Stats['series'][number]

/** Under the stream, which tells nothing of what waits. */
const REFRESH_MS = 60_000
const WEEK_DAYS = 7
/** What is a week old hardly changes. */
const WEEK_AGO_STALE_MS = 10 * 60_000

function ask(period: Period, daysAgo: number): Promise<Stats> {
	const { from, to } = boundsOf(period, new Date(), daysAgo)
	const query = { from: from.toISOString(), to: to.toISOString(), time_zone: timeZone() }
	return answerOf(api.GET('/v1/admin/stats', { params: { query } }))
}

export const statsQuery = (period: Period) =>
	queryOptions({ queryKey: ['stats', period], queryFn: () => ask(period, 0), refetchInterval: REFRESH_MS })

/** The same day a week ago. */
export const weekAgoQuery = (enabled: boolean) =>
	queryOptions({
		queryKey: ['stats', 'week ago', new Date().toDateString()],
		queryFn: () => ask('today', WEEK_DAYS),
		staleTime: WEEK_AGO_STALE_MS,
		enabled,
	})
