import { currentLocale, type Locale, useLocale } from './locale.ts'

export type Formats = {
	number(value: number): string
	/** For an axis: in thousands or millions where it is many. */
	short(value: number): string
	/** A sum; amounts of the shop are whole numbers in the unit that its inventory uses. */
	money(amount: number, currency: string): string
	/** A day and a time, in the reader's time zone. */
	moment(iso: string): string
	/** The same in little room: the year only where it is another one. */
	shortMoment(iso: string): string
	day(iso: string): string
	/** For an axis: without the year. */
	shortDay(iso: string): string
	time(iso: string): string
	/** `3 min ago`. */
	ago(iso: string): string
	bytes(count: number): string
	/** A span of time, in the two units that say most. */
	duration(seconds: number): string
}

const TAGS: Readonly<Record<Locale, string>> = { ru: 'ru-RU', en: 'en-GB' }
const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 86_400
const KILO = 1_024

/** What is costly to make, when it is first wanted. */
function lazily<Made>(make: () => Made): () => Made {
	let made: Made | undefined
	return () => (made ??= make())
}

function createFormats(locale: Locale): Formats {
	const tag = TAGS[locale]
	const numbers = (options?: Intl.NumberFormatOptions) => lazily(() => new Intl.NumberFormat(tag, options))
	const times = (options: Intl.DateTimeFormatOptions) => lazily(() => new Intl.DateTimeFormat(tag, options))
	const number = numbers()
	const short = numbers({ notation: 'compact', maximumFractionDigits: 1 })
	const shortDay = times({ day: 'numeric', month: 'short' })
	const day = times({ dateStyle: 'medium' })
	const time = times({ timeStyle: 'short' })
	const moment = times({ dateStyle: 'medium', timeStyle: 'short' })
	const inYear = times({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
	const beyondYear = times({ dateStyle: 'short', timeStyle: 'short' })
	const relative = lazily(() => new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' }))
	const currencies = new Map<string, Intl.NumberFormat>()
	const inUnit = (count: number, unit: string, digits = 0) =>
		new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(count)
	return {
		number: (value) => number().format(value),
		short: (value) => short().format(value),
		money(amount, currency) {
			const format =
				currencies.get(currency) ??
				new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', maximumFractionDigits: 0 })
			currencies.set(currency, format)
			return format.format(amount)
		},
		moment: (iso) => moment().format(new Date(iso)),
		shortMoment(iso) {
			const at = new Date(iso)
			return (at.getFullYear() === new Date().getFullYear() ? inYear() : beyondYear()).format(at)
		},
		day: (iso) => day().format(new Date(iso)),
		shortDay: (iso) => shortDay().format(new Date(iso)),
		time: (iso) => time().format(new Date(iso)),
		ago(iso) {
			const seconds = (Date.parse(iso) - Date.now()) / 1_000
			const size = Math.abs(seconds)
			if (size < MINUTE_S) return relative().format(Math.round(seconds), 'second')
			if (size < HOUR_S) return relative().format(Math.round(seconds / MINUTE_S), 'minute')
			if (size < DAY_S) return relative().format(Math.round(seconds / HOUR_S), 'hour')
			return relative().format(Math.round(seconds / DAY_S), 'day')
		},
		bytes(count) {
			if (count < KILO) return inUnit(count, 'byte')
			if (count < KILO ** 2) return inUnit(count / KILO, 'kilobyte', 1)
			if (count < KILO ** 3) return inUnit(count / KILO ** 2, 'megabyte', 1)
			return inUnit(count / KILO ** 3, 'gigabyte', 1)
		},
		duration(seconds) {
			const parts: [number, string][] = [
				[Math.floor(seconds / DAY_S), 'day'],
				[Math.floor((seconds % DAY_S) / HOUR_S), 'hour'],
				[Math.floor((seconds % HOUR_S) / MINUTE_S), 'minute'],
				[Math.floor(seconds % MINUTE_S), 'second'],
			]
			const first = parts.findIndex(([count]) => count > 0)
			if (first < 0) return inUnit(0, 'second')
			return parts
				.slice(first, first + 2)
				.filter(([count]) => count > 0)
				.map(([count, unit]) => inUnit(count, unit))
				.join(' ')
		},
	}
}

const FORMATS: Readonly<Record<Locale, () => Formats>> = {
	ru: lazily(() => createFormats('ru')),
	en: lazily(() => createFormats('en')),
}

/** How numbers, sums and times are written in the language that is shown. */
export const useFormats = (): Formats => FORMATS[useLocale()]()

/** The time zone of this computer, by its IANA name. */
export const timeZone = lazily(() => new Intl.DateTimeFormat(TAGS[currentLocale()]).resolvedOptions().timeZone)
