import { type RawBuilder, sql as expression } from 'kysely'
import { and, given } from '../../platform/db/conditions.ts'
import { planAnew, runPrepared } from '../../platform/db/statements.ts'
import { type Cursor, decodeCursor } from '../../platform/http/pages.ts'
import type { ProductLists } from './product-lists.ts'
import { COLUMNS, type ProductRow, STAFF_COLUMNS, type StaffProductRow } from './queries.ts'
import type { AdminProductQuery, ProductQuery, ProductSort } from './schemas.ts'
import { isMetIn, searched, type Words } from './search.ts'
import { searchPage } from './search-page.ts'

/** With what a cursor is made of. */
export type ListedRow = ProductRow & Arrival
type Arrival = { arrival: number }

type State = 'on_sale' | 'withdrawn'

/** What is on sale and what is not has an index of each sort. No message has told yet of what has no version. */
const IN_STATE: Readonly<Record<State, RawBuilder<boolean>>> = {
	on_sale: expression`withdrawn_at is null`,
	withdrawn: expression`withdrawn_at is not null and version >= 0`,
}

/** The products on sale that fit the query, one more than its page holds. */
export const listProducts = (lists: ProductLists, query: ProductQuery): Promise<ListedRow[]> =>
	listOf<ListedRow>(lists, [...COLUMNS, 'arrival'], ['on_sale'], query)

/** The same for the staff, on sale or not. */
export const listStaffProducts = (
	lists: ProductLists,
	{ state, ...query }: AdminProductQuery,
): Promise<(StaffProductRow & Arrival)[]> =>
	listOf<StaffProductRow & Arrival>(
		lists,
		[...STAFF_COLUMNS, 'arrival'],
		state === 'all' ? ['on_sale', 'withdrawn'] : [state],
		query,
	)

/** Of several states a page comes out of a page of each. */
async function listOf<Row extends object>(
	lists: ProductLists,
	columns: readonly (keyof Row & string)[],
	states: readonly State[],
	query: ProductQuery,
): Promise<Row[]> {
	const { search, sort, cursor } = query
	const limit = query.limit + 1
	const selected = expression.join(columns.map((column) => expression.ref(column)))
	const ofEachState = (pageQuery: Omit<PageQuery, 'state'>) =>
		Promise.all(states.map((state) => readPage<Row & { id: number }>(lists, { ...pageQuery, state })))
	return searched(lists.sql, search, {
		async isHeld(words) {
			if (cursor === undefined && query.price_min === undefined && query.price_max === undefined) return false
			const found = await ofEachState({ words, cursor: undefined, limit: 1, sort: 'newest', selected })
			return found.flat().length > 0
		},
		async page(words) {
			const pages = await ofEachState({ ...query, words, cursor, limit, selected })
			const [page, ...others] = pages
			if (page === undefined || others.length === 0) return page ?? []
			const ids = JSON.stringify(pages.flat().map(({ id }) => id))
			const together = expression<Row>`
				select ${selected} from products
				where id = any(array(select value::bigint from json_array_elements_text(${ids}::text::json)))
				order by ${ORDER[sort]} limit ${limit}`
			return runPrepared(lists.sql, together)
		},
	})
}

type PageQuery = Omit<ProductQuery, 'cursor'> & {
	readonly state: State
	readonly words: Words
	readonly cursor: string | undefined
	readonly selected: RawBuilder<unknown>
}

/** So few products are looked through, all of them, sooner than the best way to some of them is found. */
const FEW = 2_000

/** A page of one state. */
async function readPage<Row extends object>(lists: ProductLists, query: PageQuery): Promise<Row[]> {
	const { selected, state, words, limit, sort, cursor } = query
	const order = ORDER[sort]
	const within = [
		...given(query.price_min, (price) => expression`price >= ${price}`),
		...given(query.price_max, (price) => expression`price <= ${price}`),
	]
	// A range of prices is a part of the list by price; along another list it is met here and there, as a word is.
	const byPrice = sort === 'price' || sort === '-price'
	const met = byPrice ? [] : within
	const list = and([IN_STATE[state], ...given(cursor, (end) => isBehind(sort, end)), ...(byPrice ? within : [])])
	const page = expression<Row>`
		select ${selected} from products
		where ${and([list, ...met, ...words.map(isMetIn)])} order by ${order} limit ${limit}`
	if (met.length + words.length === 0 || (await lists.roughNumber()) <= FEW) return runPrepared(lists.sql, page)
	return words.length === 0 ? planAnew(lists.sql, page) : searchPage<Row>(lists, { selected, list, met, words, order, limit })
}

/** The names' order of the index: ё beside е, Latin in its place. */
const NAME = expression`name collate "ru-x-icu"`

const ORDER: Readonly<Record<ProductSort, RawBuilder<unknown>>> = {
	name: expression`${NAME}, id`,
	'-name': expression`${NAME} desc, id desc`,
	price: expression`price, id`,
	'-price': expression`price desc, id desc`,
	newest: expression`arrival desc`,
}

/** What comes in the order of the sort after the last entry of the page before. */
function isBehind(sort: ProductSort, cursor: string): RawBuilder<boolean> {
	switch (sort) {
		case 'name':
		case '-name': {
			const [name, id] = decodeCursor(cursor, sort, ['string', 'number'])
			return expression`(${NAME}, id) ${sort === 'name' ? GREATER : LESS} (${name}, ${id}::bigint)`
		}
		case 'price':
		case '-price': {
			const [price, id] = decodeCursor(cursor, sort, ['number', 'number'])
			return expression`(price, id) ${sort === 'price' ? GREATER : LESS} (${price}::bigint, ${id}::bigint)`
		}
		case 'newest': {
			const [arrival] = decodeCursor(cursor, sort, ['number'])
			return expression`arrival < ${arrival}`
		}
	}
}

const GREATER = expression`>`
const LESS = expression`<`

/** Where a page of this sort ended. */
export function cursorOf(sort: ProductSort, row: Pick<ListedRow, 'id' | 'name' | 'price' | 'arrival'>): Cursor {
	if (sort === 'newest') return [sort, row.arrival]
	return sort === 'name' || sort === '-name' ? [sort, row.name, row.id] : [sort, row.price, row.id]
}
