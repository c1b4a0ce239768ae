import { type RawBuilder, sql as expression } from 'kysely'
import { and } from '../../platform/db/conditions.ts'
import { estimate, planFreely, runPrepared } from '../../platform/db/statements.ts'
import type { ProductLists } from './product-lists.ts'
import { STAFF_COLUMNS } from './queries.ts'
import { isMetIn, standsIn, type Words } from './search.ts'

/** A page of what is met here and there along a list: words, and prices where the list has another order. */
type SearchedPage = {
	readonly selected: RawBuilder<unknown>
	readonly list: RawBuilder<boolean>
	readonly met: readonly RawBuilder<unknown>[]
	readonly words: Words
	readonly order: RawBuilder<unknown>
	readonly limit: number
}

/** Whatever may be selected, asked for or sorted by. */
const READ = expression.join([...STAFF_COLUMNS, 'arrival', 'search_text'].map((column) => expression.ref(column)))

/** Products looked through for each row of the page: enough when one in ten holds the word. */
const LOOKED_FOR_EACH = 12

/**
 * Words that many products hold are soon met by going along the list; what few hold is soon found by the words, all of it, and
 * sorted. How many hold them only a look at the first products tells: the planner knows nothing of texts above a kilobyte. So the
 * list is gone along a little, then on where fewer products should lie ahead of the page than hold the rarest word, twice as far as
 * that; if the page was not met there, the words are asked. What a search costs is bound by how many products hold its words.
 */
export async function searchPage<Row extends object>(lists: ProductLists, page: SearchedPage): Promise<Row[]> {
	const { selected, list, met, words, order, limit } = page
	const lookThrough = (products: number) =>
		runPrepared(
			lists.sql,
			expression<Row>`
				select ${selected} from (${firstOf(page, products)}) as near
				where ${and([...met, ...words.map(isMetIn)])} order by ${order} limit ${limit}`,
		)
	const looked = powerOfTwoFrom(LOOKED_FOR_EACH * limit)
	// Of several words, or within prices, a page is seldom found so soon.
	const first = words.length === 1 && met.length === 0 ? await lookThrough(looked) : undefined
	if (first?.length === limit) return first
	const { ahead, holding } = await lookAhead(lists, page, { looked, found: first?.length })
	if (ahead < holding) {
		const rows = await lookThrough(powerOfTwoFrom(2 * ahead))
		if (rows.length === limit) return rows
	}
	// Words of one or two letters are in no index. The offset keeps the planner from going along the list.
	return planFreely(
		lists.sql,
		expression<Row>`
			select ${selected} from (
				select ${READ} from products where ${and([list, ...met, ...words.map(standsIn)])} offset 0
			) as fitting order by ${order} limit ${limit}`,
	)
}

const firstOf = ({ list, order }: SearchedPage, products: number): RawBuilder<unknown> =>
	expression`select ${READ} from products where ${list} order by ${order} limit ${expression.lit(products)}`

/** The first products of a list: their number, and of how many the only word is known to be held. */
type First = { readonly looked: number; readonly found: number | undefined }

/** How many products should lie ahead of the page's end, and how many hold the rarest word, by what the first ones hold. */
async function lookAhead(
	lists: ProductLists,
	page: SearchedPage,
	{ looked, found }: First,
): Promise<{ ahead: number; holding: number }> {
	const { met, words, limit } = page
	const flags = words.map((word, index) => expression`${isMetIn(word)} as ${expression.ref(`w${index}`)}`)
	const areMet = words.map((_, index) => expression<boolean>`${expression.ref(`w${index}`)}`)
	const counts = areMet.map((isMet) => expression<number>`count(*) filter (where ${isMet})`)
	const count = expression<{ together: number; each: number[] }>`
		select (count(*) filter (where ${and(areMet)}))::int as together, array[${expression.join(counts)}]::int[] as each
		from (select ${expression.join(flags)} from (${firstOf(page, looked)}) as near offset 0) as looked_through`
	const [[counted], all, priced] = await Promise.all([
		found === undefined ? runPrepared(lists.sql, count) : [{ together: found, each: [found] }],
		lists.roughNumber(),
		met.length === 0 ? undefined : estimate(lists.sql, expression`select from products where ${and(met)}`),
	])
	const { together, each } = counted ?? { together: 0, each: [0] }
	// Words that were not met together may be so further on, as often as chance has it.
	const byChance = each.reduce((share, number) => share * (number / looked), 1)
	const ahead = limit / (Math.max(together / looked, byChance) * ((priced ?? all) / all))
	return { ahead, holding: (Math.min(...each) / looked) * all }
}

/** Few different numbers, for each of them is a statement that is prepared. */
const powerOfTwoFrom = (least: number): number => 2 ** Math.ceil(Math.log2(least))
