import type { paths } from '../../api/schema.gen.ts'

/** What the list of orders is asked, as the API takes it. */
type ListQuery = NonNullable<paths['/v1/admin/orders']['get']['parameters']['query']>
export type Sort = NonNullable<ListQuery['sort']>
export type Method = NonNullable<ListQuery['method']>

/** The filters and the sort, as they stand in the address: those of the API. */
export type OrderFilters = Partial<Omit<ListQuery, 'ids' | 'cursor' | 'limit'>>
/** What the address says of the screen. */
export type OrderSearch = OrderFilters & {
	/** Columns with commas between, where a view chose them. */
	readonly columns?: string
}

export const STATUSES = ['paid', 'assembling', 'ready', 'received', 'cancelled'] as const
export type Status = (typeof STATUSES)[number]
export const METHODS = ['courier', 'pickup'] as const satisfies readonly Method[]
export const SORTS = ['newest', 'oldest', '-total', 'total'] as const satisfies readonly Sort[]

const NAME_MIN = 2

const isStatus = (text: string): text is Status => STATUSES.some((status) => status === text)

export const statusesOf = ({ status = '' }: OrderFilters): readonly Status[] => status.split(',').filter(isStatus)

const whole = (value: unknown, least: number): number | undefined => {
	const number = Number(value)
	return value !== '' && Number.isSafeInteger(number) && number >= least ? number : undefined
}
const text = (value: unknown, least = 1): string | undefined => {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined
	const trimmed = String(value).trim()
	return trimmed.length >= least ? trimmed : undefined
}
const moment = (value: unknown): string | undefined =>
	typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined

/** The search without what is not given: an address has only what is asked. */
export const compact = <Given extends object>(given: Given): { [Name in keyof Given]?: Exclude<Given[Name], undefined> } =>
	// Nothing is left that is undefined, which the entries' type can't tell.
	// oxlint-disable-next-line typescript/no-unsafe-type-assertion
	Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
		[Name in keyof Given]?: Exclude<Given[Name], undefined>
	}

/** What an address asks for. What can't be asked is left out, rather than shown as an error of the service. */
export function readSearch(raw: Readonly<Record<string, unknown>>): OrderSearch {
	const status = statusesOf({ status: text(raw['status']) ?? '' }).join(',')
	return compact({
		status: status === '' ? undefined : status,
		method: METHODS.find((method) => method === raw['method']),
		number: whole(raw['number'], 1),
		user_id: whole(raw['user_id'], 1),
		phone: text(raw['phone']),
		name: text(raw['name'], NAME_MIN),
		from: moment(raw['from']),
		to: moment(raw['to']),
		total_min: whole(raw['total_min'], 0),
		total_max: whole(raw['total_max'], 0),
		sort: SORTS.find((sort) => sort === raw['sort'] && sort !== 'newest'),
		columns: text(raw['columns']),
	})
}

export const filtersOf = ({ columns: _columns, ...filters }: OrderSearch): OrderFilters => filters

/** How many filters narrow the list. */
export const countFilters = ({ sort: _sort, ...filters }: OrderFilters): number => Object.keys(filters).length

const PHONE_DIGITS_MIN = 10

/** What somebody means who types this into the one search: a phone, an order's number, or a part of a name. */
export function meantBy(typed: string): Pick<OrderFilters, 'number' | 'phone' | 'name'> {
	const wanted = typed.trim()
	const digits = wanted.replaceAll(/[\s()№#.-]/g, '')
	if (/^\+?\d+$/.test(digits)) {
		return digits.startsWith('+') || digits.length >= PHONE_DIGITS_MIN ? { phone: wanted } : compact({ number: whole(digits, 1) })
	}
	return compact({ name: text(wanted, NAME_MIN) })
}

/** What stands in the one search. */
export const typedFor = ({ number, phone, name }: OrderFilters): string => String(number ?? phone ?? name ?? '')

const pad = (value: number): string => String(value).padStart(2, '0')
const dayOf = (at: Date): string => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
const DAY_MS = 86_400_000

/** A period in days of the reader's time zone, both included, out of the moments that the API takes. */
export const daysOf = ({ from, to }: OrderFilters): { readonly first: string; readonly last: string } => ({
	first: from === undefined ? '' : dayOf(new Date(from)),
	last: to === undefined ? '' : dayOf(new Date(Date.parse(to) - 1)),
})

/** The moment a day begins, in the reader's time zone, and the one it ends. */
export const beginOf = (day: string): string | undefined => (day === '' ? undefined : moment(`${day}T00:00:00`))
export function endOf(day: string): string | undefined {
	const begin = beginOf(day)
	// By way of the noon of the next day: a day may have 23 hours.
	return begin === undefined ? undefined : beginOf(dayOf(new Date(Date.parse(begin) + 1.5 * DAY_MS)))
}
