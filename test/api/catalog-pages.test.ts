import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { putProducts } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** From the commit to the last guest who is shown what was before. */
const SEEN_WITHIN_MS = 1_000

const SORTS = ['name', '-name', 'price', '-price', 'newest'] as const
type Sort = (typeof SORTS)[number]

/** As a Russian dictionary has them: Cyrillic first, ё beside е, capitals no matter, Latin after it. */
const NAMES = ['абажур', 'Авокадо', 'егерь', 'ёж', 'Ель', 'жук', 'Яблоко', 'apple', 'Zebra']
/** Each name and each price several times, so that pages end among equals. */
const EACH = 4
const PRODUCTS = Array.from({ length: NAMES.length * EACH }, (_, index) => ({
	id: 1 + ((index * 5) % (NAMES.length * EACH)),
	name: NAMES[index % NAMES.length] ?? '',
	cost: 100 * (index % 7),
}))

type Seen = { readonly id: number; readonly name: string; readonly price: number }

let shop: TestShop
before(async () => {
	shop = await startTestShop()
	// One by one: what is newest is the order in which the messages came.
	for (const product of PRODUCTS) await putProducts(shop, product)
})

/** Follows the cursors from the first page to the last; `between` happens after the first one. */
async function walk(sort: Sort, limit: number, between?: () => Promise<unknown>): Promise<Seen[]> {
	const seen: Seen[] = []
	let cursor: string | null = null
	do {
		const { status, body } = await shop.guest.get(
			`/products?sort=${sort}&limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`,
		)
		assert.equal(status, 200, JSON.stringify(body))
		assert.ok(body.data.length === limit || body.next_cursor === null, 'only the last page is short')
		if (cursor === null) await between?.()
		seen.push(...body.data)
		cursor = body.next_cursor
	} while (cursor !== null)
	return seen
}

const idsOf = (products: readonly { readonly id: number }[]) => products.map(({ id }) => id)
const backwards = (order: (a: Seen, b: Seen) => number) => (a: Seen, b: Seen) => order(b, a)
const byName = (a: Seen, b: Seen) => NAMES.indexOf(a.name) - NAMES.indexOf(b.name) || a.id - b.id
const byPrice = (a: Seen, b: Seen) => a.price - b.price || a.id - b.id
const arrival = new Map(PRODUCTS.map(({ id }, index) => [id, index]))
const byArrival = (a: Seen, b: Seen) => (arrival.get(a.id) ?? -1) - (arrival.get(b.id) ?? -1)

const ORDER: Record<Sort, (a: Seen, b: Seen) => number> = {
	name: byName,
	'-name': backwards(byName),
	price: byPrice,
	'-price': backwards(byPrice),
	newest: backwards(byArrival),
}

suite('The list of products', () => {
	test('is sorted by name as a Russian dictionary is', async () => {
		assert.deepEqual([...new Set((await walk('name', 100)).map(({ name }) => name))], NAMES)
	})

	for (const sort of SORTS) {
		test(`sorted by ${sort} comes in pages that hold each product once, in order, whatever their size`, async () => {
			const expected = idsOf(PRODUCTS.map(({ id, name, cost }) => ({ id, name, price: cost })).sort(ORDER[sort]))
			for (const limit of [1, 3, 9, 36, 100]) assert.deepEqual(idsOf(await walk(sort, limit)), expected, `pages of ${limit}`)
		})
	}

	test('shows the newest first, 20 on a page, when nothing else is asked for', async () => {
		const { body } = await shop.guest.get('/products')
		assert.deepEqual(idsOf(body.data), idsOf((await walk('newest', 100)).slice(0, 20)))
		assert.equal(typeof body.next_cursor, 'string')
	})

	test('keeps its pages while products come and go', async () => {
		const come: number[] = []
		for (const sort of SORTS) {
			const id = 1_000 + SORTS.indexOf(sort)
			const expected = await eventually(async () => {
				const ids = idsOf(await walk(sort, 100))
				assert.ok(come.every((one) => ids.includes(one)))
				return ids
			}, SEEN_WITHIN_MS)
			come.push(id)
			const seen = await walk(sort, 10, () => putProducts(shop, { id, name: 'банан', cost: 250 }))
			assert.deepEqual(
				idsOf(seen).filter((one) => one !== id),
				expected,
				sort,
			)
		}
	})

	test('refuses the cursor of another sort', async () => {
		for (const sort of SORTS) {
			const { body } = await shop.guest.get(`/products?sort=${sort}&limit=1`)
			for (const other of SORTS.filter((one) => one !== sort)) {
				const { status, body: problem } = await shop.guest.get(`/products?sort=${other}&cursor=${body.next_cursor}`)
				assert.deepEqual([status, problem.code, problem.errors[0].pointer], [400, 'validation_failed', '/cursor'])
			}
		}
	})

	test('does not end where the last page is full', async () => {
		// A product that has come just now may be on the one page and, for less than a second, not on the other.
		await eventually(async () => {
			const all = await walk('price', 100)
			const { body } = await shop.guest.get(`/products?limit=${all.length}`)
			assert.deepEqual([body.data.length, body.next_cursor], [all.length, null])
		}, SEEN_WITHIN_MS)
	})
})
