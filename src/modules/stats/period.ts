/** What the figures are of: whole hours or days from `from` up to `to`. */
export type Period = {
	readonly from: Date
	readonly to: Date
	/** In what steps: hours (of UTC), or days in the time zone. */
	readonly step: 'hour' | 'day'
	/** IANA name. */
	readonly timeZone: string
}

const DAY_MS = 86_400_000

/** The whole days of UTC within a period: start of the first, end of the last; both `to` where there is none. */
export function wholeDaysOf({ from, to }: Pick<Period, 'from' | 'to'>): { readonly first: Date; readonly end: Date } {
	const first = Math.ceil(from.getTime() / DAY_MS) * DAY_MS
	const end = Math.floor(to.getTime() / DAY_MS) * DAY_MS
	return first < end ? { first: new Date(first), end: new Date(end) } : { first: to, end: to }
}
