import type { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z')
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z')

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const MOMENT = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)$/i

/**
 * The formats of text in schemas. Those of ids and times are narrower than the library's, which lets through what PostgreSQL
 * or JavaScript then can't read: `urn:uuid:` in front, the year 0000, leap seconds, hundreds of decimals, offsets of 16 hours.
 */
export function withFormats(ajv: Ajv): Ajv {
	addFormats.default(ajv, ['email', 'uri'])
	ajv.addFormat('uuid', UUID)
	ajv.addFormat('date', isDay)
	ajv.addFormat('date-time', isMoment)
	return ajv
}

/** Whether it is a day of the calendar, from 0001-01-01 to 9999-12-31. */
export function isDay(text: string): boolean {
	const [, year, month, day] = DAY.exec(text) ?? []
	// The 31st of a shorter month reads as a day of the next one.
	return year !== undefined && year !== '0000' && new Date(`${text}T00:00:00Z`).toJSON()?.slice(5, 10) === `${month}-${day}`
}

/** Whether it is a moment (RFC 3339, with an offset) of the years 1 to 9999 in UTC. */
export function isMoment(text: string): boolean {
	const [, day] = MOMENT.exec(text) ?? []
	if (day === undefined || !isDay(day)) return false
	const ms = Date.parse(text)
	return ms >= EARLIEST_MS && ms <= LATEST_MS
}
