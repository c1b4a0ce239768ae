import { type Kysely, sql as expression } from 'kysely'
import type { Sql } from '../../platform/db/database.ts'
import type { DB } from '../../platform/db/types.ts'
import { COLUMNS, type ListedRow, matching, searched, sorted } from './queries.ts'
import type { AdminProductQuery, ProductSort } from './schemas.ts'

const STAFF_COLUMNS = [...COLUMNS, 'version', 'changed_at', 'withdrawn_at'] as const

/** A product with what only the staff sees. */
export type StaffProductRow = Omit<ListedRow, 'arrival'> & { version: number; changed_at: Date; withdrawn_at: Date | null }
export type ListedStaffProduct = StaffProductRow & { arrival: number }

/** What is on sale and what is not has an index each: of both a page comes out of a page of each. */
const ORDER = {
	name: expression`name collate "ru-x-icu", id`,
	'-name': expression`name collate "ru-x-icu" desc, id desc`,
	price: expression`price, id`,
	'-price': expression`price desc, id desc`,
	newest: expression`arrival desc`,
} as const satisfies Record<ProductSort, unknown>

/** The products that fit the query, one more than its page holds; searched as guests search. */
export async function listStaffProducts(kysely: Kysely<DB>, query: AdminProductQuery): Promise<ListedStaffProduct[]> {
	return searched(query, async (words, { cursor, limit }) => {
		const pages = statesOf(query).map((state) =>
			sorted(matching(selectOf(kysely, state), query, words), { ...query, cursor }).limit(limit),
		)
		const [page, other] = pages
		if (page === undefined || other === undefined) return page?.execute() ?? []
		const both = expression<ListedStaffProduct>`
			select * from (${page} union all ${other}) as page order by ${ORDER[query.sort]} limit ${limit}`
		return (await both.execute(kysely)).rows
	})
}

type State = 'on_sale' | 'withdrawn'

const statesOf = ({ state }: AdminProductQuery): readonly State[] => (state === 'all' ? ['on_sale', 'withdrawn'] : [state])

function selectOf(kysely: Kysely<DB>, state: State) {
	const all = kysely.selectFrom('products').select([...STAFF_COLUMNS, 'arrival'])
	if (state === 'on_sale') return all.where('withdrawn_at', 'is', null)
	// No message has told of what has no version yet. As text, so that the planner sees the condition of the indexes.
	return all.where('withdrawn_at', 'is not', null).where(expression<boolean>`version >= 0`)
}

/** One product, on sale or not; undefined where no message has told of it. */
export async function findStaffProduct(sql: Sql, id: number): Promise<StaffProductRow | undefined> {
	const [row] = await sql<StaffProductRow[]>`
		select ${sql([...STAFF_COLUMNS])} from products where id = ${id} and version >= 0`
	return row
}
