import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql as expression } from 'kysely'
import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import { isCheckViolation } from '../../platform/db/errors.ts'
import type { DB, Products } from '../../platform/db/types.ts'
import type { Selectable } from 'kysely'
import { type Cursor, decodeCursor } from '../../platform/http/pages.ts'
import type { ProductQuery, ProductSort } from './schemas.ts'

export const COLUMNS = [
	'id',
	'name',
	'description',
	'price',
	'tax',
	'weight_g',
	'height_mm',
	'width_mm',
	'length_mm',
	'available',
] as const

export type ProductRow = Pick<Selectable<Products>, (typeof COLUMNS)[number]>
export type ListedRow = ProductRow & { arrival: number }

type List<Row> = SelectQueryBuilder<DB, 'products', Row>

/** A search takes this many words at the most; what is beyond narrows no further. */
const SEARCH_WORDS_MAX = 8

/**
 * The products on sale that fit the query, one more than its page holds. Words are looked for as they are; only where no product
 * has them all, words like them are taken too (typos): to compare each word of a text costs fifty times as much as to find one.
 */
export async function listProducts(kysely: Kysely<DB>, query: ProductQuery): Promise<ListedRow[]> {
	const onSale = kysely
		.selectFrom('products')
		.select([...COLUMNS, 'arrival'])
		.where('withdrawn_at', 'is', null)
	return searched(query, (words, { cursor, limit }) =>
		sorted(matching(onSale, query, words), { ...query, cursor })
			.limit(limit)
			.execute(),
	)
}

/** A page of those whose text fits the conditions; so many rows at the most. */
type ReadPage<Row> = (
	words: readonly RawBuilder<boolean>[],
	page: { readonly cursor: string | undefined; readonly limit: number },
) => Promise<Row[]>

/** Looks for the words of a query as they are and, where nothing has them all, for words like them. */
export async function searched<Row>(query: ProductSearch & { limit: number }, read: ReadPage<Row>): Promise<Row[]> {
	const words = wordsOf(query.search)
	const page = { cursor: query.cursor, limit: query.limit + 1 }
	const exact = await read(words.map(holdsWord), page)
	if (exact.length > 0 || words.length === 0) return exact
	// A page behind the last one is empty, and not a reason to look for typos.
	const first = query.cursor === undefined ? [] : await read(words.map(holdsWord), { cursor: undefined, limit: 1 })
	return first.length > 0 ? exact : read(words.map(holdsLikeWord), page)
}

export type ProductSearch = Pick<ProductQuery, 'search' | 'sort' | 'price_min' | 'price_max'> & {
	readonly cursor?: string | undefined
}

/** Those of a list that the prices and the words fit. */
export function matching<Row>(
	list: List<Row>,
	{ price_min, price_max }: ProductSearch,
	words: readonly RawBuilder<boolean>[],
): List<Row> {
	let fitting = list
	if (price_min !== undefined) fitting = fitting.where('price', '>=', price_min)
	if (price_max !== undefined) fitting = fitting.where('price', '<=', price_max)
	for (const word of words) fitting = fitting.where(word)
	return fitting
}

const wordsOf = (search = ''): string[] =>
	search.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, SEARCH_WORDS_MAX)

/** The word stands in the text as it is or as a part of another: by the trigram index. */
function holdsWord(word: string): RawBuilder<boolean> {
	const parts = spellingsOf(word).map((spelling) => {
		const pattern = `%${spelling.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
		return expression<boolean>`search_text like ${pattern}`
	})
	return expression<boolean>`(${expression.join(parts, expression` or `)})`
}

/** The same, or a word like it stands there (a typo). */
const holdsLikeWord = (word: string): RawBuilder<boolean> => expression<boolean>`(${holdsWord(word)} or search_text %>> ${word})`

/** Few, so that a word of many е stays cheap to look for. */
const SPELLINGS_MAX = 8

/**
 * The spellings that a text may have of a word, with ё and with е: people type one and mean both. A Russian word has one ё at
 * the most, but for a few compounds.
 */
function spellingsOf(word: string): string[] {
	const plain = word.replaceAll('ё', 'е')
	const dotted = [...plain.matchAll(/е/g)].map(({ index }) => `${plain.slice(0, index)}ё${plain.slice(index + 1)}`)
	return [...new Set([word, plain, ...dotted])].slice(0, SPELLINGS_MAX)
}

const BY_NAME = expression`name collate "ru-x-icu"`
/** A list in the order of its sort, from where the page before ended. */
export function sorted<Row>(list: List<Row>, { sort, cursor }: ProductSearch): List<Row> {
	switch (sort) {
		case 'name':
		case '-name': {
			const direction = sort === 'name' ? 'asc' : 'desc'
			const page = list.orderBy(BY_NAME, direction).orderBy('id', direction)
			if (cursor === undefined) return page
			const [name, id] = decodeCursor(cursor, sort, ['string', 'number'])
			return page.where(after(expression`(${BY_NAME}, id)`, direction, expression`(${name}, ${id}::bigint)`))
		}
		case 'price':
		case '-price': {
			const direction = sort === 'price' ? 'asc' : 'desc'
			const page = list.orderBy('price', direction).orderBy('id', direction)
			if (cursor === undefined) return page
			const [price, id] = decodeCursor(cursor, sort, ['number', 'number'])
			return page.where(after(expression`(price, id)`, direction, expression`(${price}::bigint, ${id}::bigint)`))
		}
		case 'newest': {
			const page = list.orderBy('arrival', 'desc')
			if (cursor === undefined) return page
			const [arrival] = decodeCursor(cursor, sort, ['number'])
			return page.where('arrival', '<', arrival)
		}
	}
}

const after = (key: RawBuilder<unknown>, direction: 'asc' | 'desc', last: RawBuilder<unknown>): RawBuilder<boolean> =>
	direction === 'asc' ? expression<boolean>`${key} > ${last}` : expression<boolean>`${key} < ${last}`

/** Where a page of this sort ended. */
export function cursorOf(sort: ProductSort, row: Pick<ListedRow, 'id' | 'name' | 'price' | 'arrival'>): Cursor {
	if (sort === 'newest') return [sort, row.arrival]
	return sort === 'name' || sort === '-name' ? [sort, row.name, row.id] : [sort, row.price, row.id]
}

/** One product that is on sale. */
export async function findProduct(sql: Sql, id: number): Promise<ProductRow | undefined> {
	const [row] = await sql<ProductRow[]>`
		select ${sql([...COLUMNS])} from products where id = ${id} and withdrawn_at is null`
	return row
}

export type ProductUpsert = Omit<ProductRow, 'available'> & { available: number | null; version: number; changed_at: string }

/**
 * Writes products whose version is greater than the stored one; each id once. A withdrawal that is younger than the message
 * stays.
 */
export async function upsertProducts(tx: Sql | Tx, products: readonly ProductUpsert[]): Promise<void> {
	await tx`
		insert into products as stored
			(id, name, description, price, tax, weight_g, height_mm, width_mm, length_mm, available, version, changed_at)
		select id, name, description, price, tax, weight_g, height_mm, width_mm, length_mm, available, version, changed_at
		from json_to_recordset(${tx.typed.json(products)}) as message (id bigint, name text, description text, price bigint, tax bigint,
			weight_g bigint, height_mm bigint, width_mm bigint, length_mm bigint, available bigint, version bigint,
			changed_at timestamptz)
		order by id
		on conflict (id) do update set
			name = excluded.name, description = excluded.description, price = excluded.price, tax = excluded.tax,
			weight_g = excluded.weight_g, height_mm = excluded.height_mm, width_mm = excluded.width_mm,
			length_mm = excluded.length_mm, available = excluded.available, version = excluded.version,
			changed_at = excluded.changed_at,
			withdrawn_at = case when stored.withdrawn_at > excluded.changed_at then stored.withdrawn_at end
		where excluded.version > stored.version`
}

export type Withdrawal = {
	id: number
	at: string
	/** A message that stands after it in the batch and was published in the same moment tells of the product again. */
	followed: boolean
}

/** The version of a row that knows of a withdrawal only: less than any message's. */
const UNKNOWN_VERSION = -1

/**
 * Withdraws products; each id once. A withdrawal that is older than the product's last message changes nothing. One of a
 * product that no message has told of yet is kept, so that an older message that comes late does not put it on sale.
 */
export async function withdrawProducts(tx: Tx, withdrawals: readonly Withdrawal[]): Promise<void> {
	await tx`
		with message as (
			select id, at, followed from json_to_recordset(${tx.typed.json(withdrawals)})
				as message (id bigint, at timestamptz, followed boolean)
		), known as (
			update products set withdrawn_at = message.at
			from message
			where products.id = message.id
				and (products.changed_at < message.at or (products.changed_at = message.at and not message.followed))
				and (products.withdrawn_at is null or products.withdrawn_at < message.at)
		)
		insert into products (id, name, description, price, tax, version, changed_at, withdrawn_at)
		select id, '', '', 0, 0, ${UNKNOWN_VERSION}, to_timestamp(0), at from message
		order by id
		on conflict (id) do nothing`
}

/** What the cart and an order need to know of a product. */
export type ShopProduct = Pick<ProductRow, 'id' | 'name' | 'price' | 'available'> & { on_sale: boolean }

/**
 * An expression for the statements of carts and orders: the products whose ids are in the array, as they are now, those that
 * were withdrawn too (a cart may still hold them). Reads as `ShopProduct[]`.
 */
export const selectShopProducts = (sql: Sql | Tx, ids: Fragment): Fragment => sql`(
	select coalesce(json_agg(json_build_object('id', id, 'name', name, 'price', price, 'available', available,
		'on_sale', withdrawn_at is null)), '[]')
	from products where id = any(${ids}))`

export const shopProductsById = (products: readonly ShopProduct[]): ReadonlyMap<number, ShopProduct> =>
	new Map(products.map((product) => [product.id, product]))

/**
 * A part of a statement that places orders: takes the pieces of a relation `taken_stock` (`product_id`, `quantity`, each
 * product once) from our copy of the stock, locking the products in the order of their ids. Taking more than there is breaks
 * the table's check, and with it the whole statement (`isOutOfStock`).
 */
export const takeStock = (sql: Sql): Fragment => sql`
	update products set available = available - taken.quantity
	from (
		select locked.id, taken_stock.quantity
		from (select * from taken_stock order by product_id) as taken_stock
		cross join lateral (
			select id from products where id = taken_stock.product_id and available is not null for update
		) as locked
	) as taken
	where products.id = taken.id`

/** True for the error of a statement that took more pieces of a product than are left. */
export const isOutOfStock = (error: unknown): boolean => isCheckViolation(error, 'products_available_check')
