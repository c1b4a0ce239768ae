import { type RawBuilder, sql as expression } from 'kysely'
import { ORDER_STATUSES, type OrderStatus } from '../../events/orders.ts'
import type { Sql } from '../../platform/db/database.ts'
import { and, given } from '../../platform/db/conditions.ts'
import { planAnew } from '../../platform/db/statements.ts'
import { type Cursor, decodeCursor } from '../../platform/http/pages.ts'
import type { Order } from './order.ts'
import { ORDER_COLUMNS, type OrderRow, orderOf } from './queries.ts'
import type { StaffOrderFilters, StaffSort } from './list-schemas.ts'

export type OrderFilter = Omit<StaffOrderFilters, 'user_id' | 'name' | 'phone'> & {
	/** E.164. */
	readonly phone?: string | undefined
	/** Only these customers' orders. */
	readonly customerIds?: readonly number[] | undefined
	/** Only these orders. */
	readonly ids?: readonly string[] | undefined
}
export type OrderListing = { readonly sort: StaffSort; readonly limit: number; readonly cursor: string | undefined }

type Part = RawBuilder<unknown>

const COLUMNS: Part = expression.join(ORDER_COLUMNS.map((column) => expression.ref(column)))

/** A page as parts of SQL. Conditions are apart by what can tell whether they hold. */
type Search = {
	readonly statuses: readonly OrderStatus[] | undefined
	/** The range of numbers, for each end that is given. */
	readonly numbers: readonly Part[]
	/** The range of totals. */
	readonly totals: readonly Part[]
	/** What comes after the page before. */
	readonly after: readonly Part[]
	/** The rest, which only the row itself tells. */
	readonly row: readonly Part[]
	readonly by: 'number' | 'total'
	readonly direction: Part
	readonly order: Part
	/** One more than the page holds. */
	readonly rows: Part
}

/** The orders that fit the filter, one more than the page holds. What it costs, and why: docs/adr/0034. */
export async function listOrders(sql: Sql, filter: OrderFilter, listing: OrderListing): Promise<Order[]> {
	const search = searchOf(filter, listing, await numbersPlaced(sql, filter))
	const statement = await statementOf(sql, filter, search)
	const rows = await planAnew(sql, statement)
	return rows.map(orderOf)
}

/**
 * The longest that placing may take from the start of its transaction, which is `created_at`, to taking its number: well above
 * the timeouts of statements and of idle transactions, and of what the clocks of two servers differ by.
 */
const PLACING_MAX_S = 60

/**
 * Bounds on `number`, which grows in the order of placing, that follow from the times asked for. They let a few orders too many
 * through; `created_at` is checked on the rows.
 */
async function numbersPlaced(sql: Sql, { from, to }: OrderFilter): Promise<Part[]> {
	if (from === undefined && to === undefined) return []
	const [row] = await sql<[{ above: number | null; below: number | null }]>`
		select
			(select number from orders where created_at < ${from ?? '-infinity'}::text::timestamptz - make_interval(secs => ${PLACING_MAX_S})
				order by created_at desc limit 1) as above,
			(select number from orders where created_at >= ${to ?? 'infinity'}::text::timestamptz + make_interval(secs => ${PLACING_MAX_S})
				order by created_at limit 1) as below`
	return [
		...(row.above === null ? [] : [expression`number > ${row.above}`]),
		...(row.below === null ? [] : [expression`number < ${row.below}`]),
	]
}

function searchOf(filter: OrderFilter, { sort, limit, cursor }: OrderListing, placed: readonly Part[]): Search {
	const { status, method, number, phone, ids, from, to, total_min, total_max } = filter
	const by = sort === 'newest' || sort === 'oldest' ? 'number' : 'total'
	const descending = sort === 'newest' || sort === '-total'
	const comparison = descending ? expression`<` : expression`>`
	const direction = descending ? expression`desc` : expression`asc`
	return {
		statuses: status === undefined ? undefined : ORDER_STATUSES.filter((one) => status.split(',').includes(one)),
		numbers: [...placed, ...given(number, (value) => expression`number = ${value}`)],
		totals: [
			...given(total_min, (value) => expression`total >= ${value}`),
			...given(total_max, (value) => expression`total <= ${value}`),
		],
		after: given(cursor, (value) => {
			if (by === 'number') return expression`number ${comparison} ${decodeCursor(value, sort, ['number'])[0]}`
			const [lastTotal, lastNumber] = decodeCursor(value, sort, ['number', 'number'])
			return expression`(total, number) ${comparison} (${lastTotal}::bigint, ${lastNumber}::bigint)`
		}),
		row: [
			...given(ids, isAmong),
			...given(method, (value) => expression`delivery_method = ${value}`),
			...given(phone, (value) => expression`phone = ${value}`),
			...given(from, (value) => expression`created_at >= ${new Date(value)}`),
			...given(to, (value) => expression`created_at < ${new Date(value)}`),
		],
		by,
		direction,
		order: by === 'number' ? expression`number ${direction}` : expression`total ${direction}, number ${direction}`,
		rows: expression`${limit + 1}`,
	}
}

/** As `oneOf` has it, with what a parameter of a composed statement needs besides. */
const isAmong = (ids: readonly string[]): Part =>
	expression`id = any(array(select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::text::json)))`

const statusIn = (statuses: readonly OrderStatus[] | undefined): Part[] =>
	given(statuses, (values) => expression`status in (${expression.join(values)})`)

/**
 * So many orders of a status are looked through and sorted at the most. A range that holds more is walked past in the order of the
 * sort: of N orders one of it comes after N / 5,000 at the latest, on the average.
 */
const FEW = 5_000

/** The range of what is not sorted by, in its index's order. */
const acrossOf = ({ by, numbers, totals }: Search) =>
	by === 'number' ? { range: totals, order: expression`total, number` } : { range: numbers, order: expression`number` }

/** The statuses of which the range across holds few orders. */
async function statusesWithFew(sql: Sql, search: Search): Promise<ReadonlySet<OrderStatus>> {
	const { range, order } = acrossOf(search)
	if (range.length === 0) return new Set()
	const counts = statusesOf(search).map(
		(status) => expression`
			select ${status} as status, count(*) as orders from (
				select from orders where ${and([expression`status = ${status}`, ...range])} order by ${order} limit ${FEW + 1}
			) as counted`,
	)
	const counted = expression<{ status: OrderStatus; orders: number }>`${expression.join(counts, expression` union all `)}`
	const rows = await planAnew(sql, counted)
	return new Set(rows.flatMap(({ status, orders }) => (orders <= FEW ? [status] : [])))
}

const statusesOf = ({ statuses = ORDER_STATUSES }: Search): readonly OrderStatus[] => statuses

/** The page out of a page of each status, where the sort or the range goes by an index of the statuses; else out of all at once. */
async function statementOf(sql: Sql, filter: OrderFilter, search: Search): Promise<RawBuilder<OrderRow>> {
	if (filter.customerIds !== undefined) return pageOfCustomers(filter.customerIds, search)
	const { statuses, numbers, totals, row, after, by, order, rows } = search
	if (filter.number !== undefined || filter.phone !== undefined || filter.ids !== undefined) {
		const conditions = and([...statusIn(statuses), ...numbers, ...totals, ...after, ...row])
		return expression`select ${COLUMNS} from orders where ${conditions} order by ${order} limit ${rows}`
	}
	if (by === 'number' && totals.length === 0 && statuses === undefined) {
		return rowsOf(expression`orders where ${and([...numbers, ...after])}`, search)
	}
	const few = await statusesWithFew(sql, search)
	const pages = statusesOf(search).map((status) => {
		const source = few.has(status) ? fewOf(status, search) : allOf(status, search)
		return expression`(${rowsOf(source, search)})`
	})
	return expression`select * from (${expression.join(pages, expression` union all `)}) as page order by ${order} limit ${rows}`
}

/** The orders of a status whose range across holds few. Twice as many, for some may have come since they were counted. */
function fewOf(status: OrderStatus, search: Search): Part {
	const { numbers, totals, after } = search
	const { range, order } = acrossOf(search)
	return expression`
		(select number, total from orders where ${and([expression`status = ${status}`, ...range])} order by ${order} limit ${2 * FEW})
		as few where ${and([...numbers, ...totals, ...after])}`
}

/**
 * All orders of a status, to be walked past in the order of the sort. The range across is written so that no index goes by it: the
 * planner would, and sort what it holds, for it does not know that nearly all that is open was placed in these days.
 */
function allOf(status: OrderStatus, { by, numbers, totals, after }: Search): Part {
	const [along, across] = by === 'number' ? [numbers, totals] : [totals, numbers]
	return expression`orders where ${and([expression`status = ${status}`, ...along, ...after, ...across.map(hidden)])}`
}

const hidden = (condition: Part): Part => expression`(${condition}) is true`

/**
 * The rows of a page: numbers and totals in the order of the sort, out of an index alone, and for them the rows, until there are
 * enough that fit.
 */
function rowsOf(source: Part, { row, by, direction, order, rows }: Search): RawBuilder<OrderRow> {
	const key = by === 'number' ? expression`number as at` : expression`total as sum, number as at`
	const sorted = by === 'number' ? expression`at ${direction}` : expression`sum ${direction}, at ${direction}`
	return expression`
		select fitting.* from (select ${key} from ${source} order by ${order}) as sorted
		cross join lateral (select ${COLUMNS} from orders where ${and([expression`number = sorted.at`, ...row])} offset 0) as fitting
		order by ${sorted} limit ${rows}`
}

/** A page out of the pages of each customer: nobody has so many orders that they could not be read. */
const pageOfCustomers = (ids: readonly number[], search: Search): RawBuilder<OrderRow> => {
	const { statuses, numbers, totals, after, row, order, rows } = search
	const conditions = [
		expression`customer_id = customer.id::bigint`,
		...statusIn(statuses),
		...numbers,
		...totals,
		...after,
		...row,
	]
	return expression`
		select page.* from json_array_elements_text(${JSON.stringify(ids)}::text::json) as customer (id)
		cross join lateral (select ${COLUMNS} from orders where ${and(conditions)} order by ${order} limit ${rows}) as page
		order by ${order} limit ${rows}`
}

/** Where a page of this sort ended. */
export const cursorOf = (sort: StaffSort, { number, total }: Order): Cursor =>
	sort === 'newest' || sort === 'oldest' ? [sort, number] : [sort, total, number]
