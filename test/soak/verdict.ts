import { markdownOf } from '../../bench/table.ts'
import { minimaOf, type Point, slopeOf } from '../support/slope.ts'
import { EMPTY, type Look, PASSING, rowsOf } from './looks.ts'

const WARM_UP_SHARE = 1 / 3
const WARM_UP_MIN = 10
/** A shorter run says nothing of how something grows. */
export const JUDGED_FROM_MIN = 20
const PER_10_MIN = 10
const RSS_SLOPE_MAX_MB = 1
const FILES_SLOPE_MAX = 1
/** Of a table whose length comes and goes with the load: a row, and a part of what it holds. */
const ROWS_SLOPE_MAX = 1
const ROWS_SLOPE_SHARE_MAX = 0.05

type Row = {
	readonly figure: string
	readonly first: number
	readonly last: number
	readonly max: number
	/** Of the smallest of each minute, in 10 minutes. */
	readonly slope: number
	/** What the slope must stay below; undefined: it may be what it is. */
	readonly limit: number | undefined
	readonly isBroken: boolean
}

/** What the looks come to, figure by figure, after the warm-up; `judged`: the run was long enough to say what grows. */
export function judge(looks: readonly Look[], minutes: number): { readonly rows: readonly Row[]; readonly judged: boolean } {
	const judged = minutes >= JUDGED_FROM_MIN
	const from = Math.max(judged ? WARM_UP_MIN : 0, minutes * WARM_UP_SHARE)
	const points = new Map<string, Point[]>()
	for (const { atMin, figures } of looks) {
		if (atMin < from) continue
		for (const [figure, value] of Object.entries(figures)) points.set(figure, [...(points.get(figure) ?? []), { atMin, value }])
	}
	return { judged, rows: [...points].map(([figure, series]) => rowOf(figure, series, judged)) }
}

function rowOf(figure: string, series: readonly Point[], judged: boolean): Row {
	const minima = minimaOf(series)
	const values = series.map(({ value }) => value)
	const slope = slopeOf(minima) * PER_10_MIN
	const max = Math.max(...values)
	const limit = limitOf(figure, minima)
	const isFull = EMPTY.some((table) => figure === rowsOf(table)) && max > 0
	return {
		figure,
		first: minima[0]?.value ?? 0,
		last: minima.at(-1)?.value ?? 0,
		max,
		slope,
		limit,
		isBroken: isFull || (judged && limit !== undefined && slope >= limit),
	}
}

function limitOf(figure: string, minima: readonly Point[]): number | undefined {
	if (figure.startsWith('RSS of')) return RSS_SLOPE_MAX_MB
	if (figure.startsWith('open files')) return FILES_SLOPE_MAX
	if (!PASSING.some((table) => figure === rowsOf(table))) return undefined
	return ROWS_SLOPE_MAX + ROWS_SLOPE_SHARE_MAX * (minima.reduce((sum, { value }) => sum + value, 0) / minima.length)
}

const HEAD = ['figure', 'first minute', 'last minute', 'highest', 'in 10 min', 'below', ''] as const

/** As a table in Markdown. */
export function tableOf({ rows, judged }: ReturnType<typeof judge>): string {
	const numberOf = (value: number) => String(Math.round(value * 100) / 100)
	const verdictOf = ({ limit, isBroken }: Row) =>
		isBroken ? 'BROKEN' : limit === undefined ? '' : judged ? 'holds' : 'not judged'
	const cells = rows.map((row) => [
		row.figure,
		numberOf(row.first),
		numberOf(row.last),
		numberOf(row.max),
		numberOf(row.slope),
		row.limit === undefined ? '' : numberOf(row.limit),
		verdictOf(row),
	])
	return markdownOf(HEAD, cells)
}
