import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql as expression } from 'kysely'
import type { Sql, Tx } from '../../platform/db/database.ts'
import type { DB, Products } from '../../platform/db/types.ts'
import type { Selectable } from 'kysely'
import { type Cursor, decodeCursor } from '../../platform/http/pages.ts'
import type { ProductQuery, ProductSort } from './schemas.ts'

const COLUMNS = [
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

type List = SelectQueryBuilder<DB, 'products', ListedRow>

/** A search takes this many words at the most; what is beyond narrows no further. */
const SEARCH_WORDS_MAX = 8

/** The products on sale that fit the query, one more than its page holds. */
export async function listProducts(kysely: Kysely<DB>, query: ProductQuery): Promise<ListedRow[]> {
	let list: List = kysely
		.selectFrom('products')
		.select([...COLUMNS, 'arrival'])
		.where('withdrawn_at', 'is', null)
		.limit(query.limit + 1)
	if (query.price_min !== undefined) list = list.where('price', '>=', query.price_min)
	if (query.price_max !== undefined) list = list.where('price', '<=', query.price_max)
	for (const word of wordsOf(query.search)) list = list.where(holdsWord(word))
	return sorted(list, query).execute()
}

const wordsOf = (search = ''): string[] =>
	search.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, SEARCH_WORDS_MAX)

/** The word stands in the text as it is or as a part of another, or a word like it does (a typo): all by the trigram index. */
function holdsWord(word: string): RawBuilder<boolean> {
	const parts = spellingsOf(word).map((spelling) => {
		const pattern = `%${spelling.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
		return expression<boolean>`search_text like ${pattern}`
	})
	return expression<boolean>`(${expression.join(parts, expression` or `)} or search_text %>> ${word})`
}

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

function sorted(list: List, { sort, cursor }: ProductQuery): List {
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
export function cursorOf(sort: ProductSort, row: ListedRow): Cursor {
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
export async function upsertProducts(tx: Tx, products: readonly ProductUpsert[]): Promise<void> {
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

/** The products as they are now, those that were withdrawn too: a cart may still hold them. */
export async function readProducts(sql: Sql | Tx, ids: readonly number[]): Promise<Map<number, ShopProduct>> {
	const rows = await sql<ShopProduct[]>`
		select id, name, price, available, withdrawn_at is null as on_sale from products
		where id in (select value::bigint from json_array_elements_text(${sql.typed.json(ids)}))`
	return new Map(rows.map((row) => [row.id, row]))
}

/**
 * The same for placing: rows whose pieces are tracked are locked, in the order of their ids, until the transaction ends, so
 * that what is read here is still there when `takeStock` takes it. Rows that are not tracked are not locked.
 */
export async function lockProducts(tx: Tx, ids: readonly number[]): Promise<Map<number, ShopProduct>> {
	// Two statements: one that waits for a lock and reads beside it would read the past.
	const lock = tx`
		select from products
		where id in (select value::bigint from json_array_elements_text(${tx.typed.json(ids)}))
			and withdrawn_at is null and available is not null
		order by id for update`
	const [, products] = await Promise.all([lock.execute(), readProducts(tx, ids)])
	return products
}

export type StockTake = { id: number; quantity: number }

/** Takes pieces from our copy of the stock; the caller holds the rows' locks and has seen that they are there. */
export async function takeStock(tx: Tx, takes: readonly StockTake[]): Promise<void> {
	if (takes.length === 0) return
	await tx`
		update products set available = available - take.quantity
		from json_to_recordset(${tx.typed.json(takes)}) as take (id bigint, quantity bigint)
		where products.id = take.id and available is not null`
}
