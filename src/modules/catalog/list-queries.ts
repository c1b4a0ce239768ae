import { type RawBuilder, sql as expression } from 'kysely'
import { estimate, planAnew } from '../../platform/db/plan-anew.ts'
import { type Cursor, decodeCursor } from '../../platform/http/pages.ts'
import type { ProductLists } from './product-lists.ts'
import { COLUMNS, type ProductRow, STAFF_COLUMNS, type StaffProductRow } from './queries.ts'
import type { AdminProductQuery, ProductQuery, ProductSort } from './schemas.ts'
import { isMetIn, searched, standsIn, type Words } from './search.ts'

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
	return searched(lists, search, {
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
			const { rows } = await expression<Row>`
				select ${selected} from products
				where id = any(array(select value::bigint from json_array_elements_text(${ids}::text::json)))
				order by ${ORDER[sort]} limit ${limit}`.execute(lists.kysely)
			return rows
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
	const { selected, state, words, limit, sort, cursor, ...prices } = query
	const order = ORDER[sort]
	const within = [...pricesWithin(prices)]
	// A range of prices is a part of the list by price; along another list it is met here and there, as a word is.
	const byPrice = sort === 'price' || sort === '-price'
	const met = byPrice ? [] : within
	const list = and([IN_STATE[state], ...(cursor === undefined ? [] : [isBehind(sort, cursor)]), ...(byPrice ? within : [])])
	if (met.length + words.length === 0 || (await lists.roughNumber()) <= FEW) {
		const { rows } = await expression<Row>`
			select ${selected} from products
			where ${and([list, ...met, ...words.map(isMetIn)])} order by ${order} limit ${limit}`.execute(lists.kysely)
		return rows
	}
	if (words.length === 0) {
		return planAnew(
			lists,
			expression<Row>`select ${selected} from products where ${and([list, ...met])} order by ${order} limit ${limit}`,
		)
	}
	return searchPage<Row>(lists, { selected, list, met, words, order, limit })
}

/** A page of what is met here and there along a list: words, and prices where the list has another order. */
type SearchedPage = {
	readonly selected: RawBuilder<unknown>
	readonly list: RawBuilder<boolean>
	readonly met: readonly RawBuilder<boolean>[]
	readonly words: Words
	readonly order: RawBuilder<unknown>
	readonly limit: number
}

/** So many products are looked through for each that is to be found: words that each tenth one holds are found among them. */
const LOOKED_FOR_EACH = 12

/**
 * Words that many products hold are soon met by going along the list; what few hold is soon found by the words, all of it, and
 * sorted. How many hold them only a look at the first products tells: the planner knows nothing of texts above a kilobyte. So the list is gone
 * along a little, then on where fewer products should lie ahead of the page than hold the rarest word, twice as far as that; if the
 * page was not met there, the words are asked. What a search costs is bound by how many products hold its words.
 */
async function searchPage<Row extends object>(lists: ProductLists, page: SearchedPage): Promise<Row[]> {
	const { selected, list, met, words, order, limit } = page
	const lookThrough = async (products: number) => {
		const { rows } = await expression<Row>`
			select ${selected} from (${firstOf(page, products)}) as near
			where ${and([...met, ...words.map(isMetIn)])} order by ${order} limit ${limit}`.execute(lists.kysely)
		return rows
	}
	const looked = powerOfTwoFrom(LOOKED_FOR_EACH * limit)
	// Within prices a page is seldom found so soon.
	if (met.length === 0) {
		const rows = await lookThrough(looked)
		if (rows.length === limit) return rows
	}
	const { ahead, holding } = await lookAhead(lists, page, looked)
	if (ahead < holding) {
		const rows = await lookThrough(powerOfTwoFrom(2 * ahead))
		if (rows.length === limit) return rows
	}
	// The offset keeps the planner from going along the list.
	return planAnew(
		lists,
		expression<Row>`
			select ${selected} from (
				select * from products where ${and([list, ...met, ...words.map(standsIn)])} offset 0
			) as fitting order by ${order} limit ${limit}`,
	)
}

const firstOf = ({ list, order }: SearchedPage, products: number): RawBuilder<unknown> =>
	expression`select * from products where ${list} order by ${order} limit ${expression.lit(products)}`

/** How many products should lie ahead of the page's end, and how many hold the rarest word, by what the first ones hold. */
async function lookAhead(lists: ProductLists, page: SearchedPage, looked: number): Promise<{ ahead: number; holding: number }> {
	const { met, words, limit } = page
	const flags = words.map((word, index) => expression`${isMetIn(word)} as ${expression.ref(`w${index}`)}`)
	const areMet = words.map((_, index) => expression<boolean>`${expression.ref(`w${index}`)}`)
	const counts = areMet.map((isMet) => expression<number>`count(*) filter (where ${isMet})`)
	const count = expression<{ together: number; each: number[] }>`
		select (count(*) filter (where ${and(areMet)}))::int as together, array[${expression.join(counts)}]::int[] as each
		from (select ${expression.join(flags)} from (${firstOf(page, looked)}) as near offset 0) as looked_through`
	const [{ rows }, all, priced] = await Promise.all([
		count.execute(lists.kysely),
		lists.roughNumber(),
		met.length === 0 ? [] : estimate(lists, [expression`select from products where ${and(met)}`]),
	])
	const { together = 0, each = [] } = rows[0] ?? {}
	const share = (priced[0] ?? all) / all
	// Words that were not met together may be so further on, as often as chance has it.
	const byChance = each.reduce((share, number) => share * (number / looked), 1)
	const ahead = limit / (Math.max(together / looked, byChance) * share)
	return { ahead, holding: (Math.min(...each) / looked) * all }
}

/** Few different numbers, for each of them is a statement that is prepared. */
const powerOfTwoFrom = (least: number): number => 2 ** Math.ceil(Math.log2(least))

const and = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
	conditions.length === 0 ? expression<boolean>`true` : expression<boolean>`${expression.join(conditions, expression` and `)}`

function* pricesWithin({ price_min, price_max }: Pick<ProductQuery, 'price_min' | 'price_max'>): Generator<RawBuilder<boolean>> {
	if (price_min !== undefined) yield expression`price >= ${price_min}`
	if (price_max !== undefined) yield expression`price <= ${price_max}`
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
