import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { seedProducts } from '../../bench/seed.ts'
import { cursorOf, listProducts } from '../../src/modules/catalog/list-queries.ts'
import type { ProductLists } from '../../src/modules/catalog/product-lists.ts'
import type { ProductQuery } from '../../src/modules/catalog/schemas.ts'
import { toPage } from '../../src/platform/http/pages.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const RUNS = 250
/** So many that some searches go along the list, some by the words, and some by both. */
const PRODUCTS = 3_000
/** Each tenth of them has one of the first; parts of words, with another spelling, which nearly all hold, and which few do. */
const WORDS = ['велосипед', 'чайник', 'зелёный', 'горный', 'тепл', 'ЗЕЛЕНЫЙ', 'надежный', '%', 'ный', '77', '1234', 'артикул 5']
const PAGES = 3
const SORTS = ['name', '-name', 'price', '-price', 'newest'] as const

type Known = {
	readonly id: number
	readonly text: string
	readonly price: number
	readonly arrival: number
	readonly place: number
}

let database: TestDatabase
let known: readonly Known[]
before(async () => {
	database = await createTestDatabase()
	const { sql } = database
	await seedProducts(sql, PRODUCTS)
	await sql`update products set withdrawn_at = now() where id % 7 = 0`
	await sql`update products set name = '100% ' || name where id % 500 = 1`
	known = await sql<Known[]>`
		select id, lower(name || ' ' || description) as text, price, arrival,
			row_number() over (order by name collate "ru-x-icu", id)::int as place
		from products where withdrawn_at is null`
})

const ORDER: Record<(typeof SORTS)[number], (a: Known, b: Known) => number> = {
	name: (a, b) => a.place - b.place,
	'-name': (a, b) => b.place - a.place,
	price: (a, b) => a.price - b.price || a.id - b.id,
	'-price': (a, b) => b.price - a.price || b.id - a.id,
	newest: (a, b) => b.arrival - a.arrival,
}

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

test('A search finds what holds its words, in order, page by page, whichever way it is made', async () => {
	const price = fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined })
	const query = fc.record({
		search: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(' ')),
		sort: fc.constantFrom(...SORTS),
		price_min: price,
		price_max: price,
		limit: fc.constantFrom(1, 20, 100),
	})
	await fc.assert(
		fc.asyncProperty(query, fc.boolean(), async ({ search, price_min, price_max, ...ask }, few) => {
			const words = search.split(' ').filter(Boolean).map(plain)
			const held = known.filter(({ text }) => words.every((word) => plain(text).includes(word)))
			const fitting = held
				.filter((one) => one.price >= (price_min ?? 0) && one.price <= (price_max ?? Infinity))
				.sort(ORDER[ask.sort])
			// Where no product holds them, whatever its price, typos are thought of: test/api/catalog.test.ts tells of them.
			fc.pre(held.length > 0)
			const asked = {
				...ask,
				search,
				...(price_min !== undefined && { price_min }),
				...(price_max !== undefined && { price_max }),
			}
			const found = await walk({ sql: database.sql, roughNumber: async () => (few ? 0 : PRODUCTS) }, asked)
			assert.deepEqual(
				found,
				fitting.slice(0, PAGES * ask.limit).map(({ id }) => id),
			)
		}),
		{ numRuns: RUNS },
	)
})

/** The products on the first pages of a list. */
async function walk(lists: ProductLists, query: ProductQuery): Promise<number[]> {
	const seen: number[] = []
	let cursor: string | null | undefined
	for (let page = 0; page < PAGES && cursor !== null; page++) {
		const rows = await listProducts(lists, { ...query, ...(cursor !== undefined && { cursor }) })
		const { data, next_cursor } = toPage(rows, query.limit, { item: ({ id }) => id, cursor: (row) => cursorOf(query.sort, row) })
		seen.push(...data)
		cursor = next_cursor
	}
	return seen
}
