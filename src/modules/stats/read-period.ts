import type { Sql } from '../../platform/db/database.ts'
import { invalid, type Words } from '../../platform/http/problem.ts'
import type { Period } from './period.ts'
import { readSteps } from './queries.ts'

export type AskedPeriod = { readonly from?: string; readonly to?: string; readonly time_zone: string }

const DAY_MS = 86_400_000
/** Two years as calendars have them are never longer. */
const DAYS_MAX = 2 * 366

/**
 * The period that is asked for, widened to whole steps: today so far where nothing is said, by the hour up to eight days, else by
 * the day. Throws `validation_failed` for a time zone that nobody knows, a period that ends before it begins, or one of more than
 * two years.
 */
export async function periodOf(sql: Sql, { from, to, time_zone: timeZone }: AskedPeriod): Promise<Period> {
	if (!isTimeZone(timeZone)) throw unknownTimeZone()
	const steps = await readSteps(sql, { from, to, timeZone })
	if (steps === 'unknown time zone') throw unknownTimeZone()
	if (steps.askedFrom >= steps.askedTo) throw periodFault({ en: 'must be later than "from"', ru: 'должно быть позже "from"' })
	if (steps.askedTo.getTime() - steps.askedFrom.getTime() > DAYS_MAX * DAY_MS) {
		throw periodFault({
			en: `must be at most ${DAYS_MAX} days after "from"`,
			ru: `дней после "from" должно пройти не больше ${DAYS_MAX}`,
		})
	}
	return { from: steps.from, to: steps.to, step: steps.step, timeZone }
}

/** As names of the IANA know it; the database's own notation would take more, and read `X+3` the other way round. */
function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
	} catch (error) {
		if (error instanceof RangeError) return false
		throw error
	}
}

const unknownTimeZone = () => {
	const message = {
		en: 'must be a time zone of the IANA, such as Europe/Moscow',
		ru: 'должно быть часовым поясом IANA, например Europe/Moscow',
	}
	return invalid({ in: 'query', pointer: '/time_zone', code: 'time_zone', message })
}
const periodFault = (message: Words) => invalid({ in: 'query', pointer: '/to', code: 'period', message })
