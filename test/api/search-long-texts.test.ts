import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { seedProducts } from '../../bench/seed.ts'
import { createTestDatabase } from '../support/database.ts'
import { faultsOf, listenForPlans, rowsOfPlan, tellPlans } from '../support/plans.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** Each tenth holds the word велосипед, each hundredth зелёный besides. */
const PRODUCTS = 20_000
/** A busy machine does it within the time that a statement may take. */
const AT_A_TIME = 1_000

const told = listenForPlans()
let shop: TestShop
before(async () => {
	const { url, sql } = await createTestDatabase()
	await seedProducts(sql, PRODUCTS)
	// PostgreSQL keeps no statistics of texts above a kilobyte: how many hold a word it can only guess.
	for (let from = 0; from < PRODUCTS; from += AT_A_TIME) {
		await sql.begin(async (tx) => {
			await tx`set local session_replication_role = 'replica'`
			await tx`
				update products set description = description || ' ' || repeat('из прочных материалов ', 40)
				where id > ${from} and id <= ${from + AT_A_TIME}`
		})
	}
	await sql`vacuum analyze products`
	const [stored] = await sql<[{ known: boolean }]>`
		select histogram_bounds is not null as known from pg_stats
		where tablename = 'products' and attname = 'search_text'`
	assert.equal(stored.known, false)
	await tellPlans(sql)
	shop = await startTestShop({ DATABASE_URL: url, LOG_LEVEL: 'debug', ROLE: 'api' }, told.logTo)
})

suite('A search among products with long descriptions', () => {
	const cases: readonly (readonly [words: string, query: string, rowsMax: number])[] = [
		['a word that many hold', 'search=велосипед', 300],
		['a word that all hold', 'search=прочных', 300],
		['two words that many hold', 'search=велосипед зелёный', 5_000],
		['a word that many hold, at the price of few', 'search=велосипед&price_min=20000', 5_000],
		['a word that one holds', 'search=12345', 300],
		['a word that none holds', 'search=ъъъ', 300],
	]
	for (const [words, query, rowsMax] of cases) {
		test(`for ${words} looks at no more than ${rowsMax} of ${PRODUCTS} at a time`, async () => {
			told.take()
			const { status } = await shop.guest.get(`/products?${encodeURI(query)}`)
			assert.equal(status, 200)
			const plans = told.take().filter(({ 'Query Text': text }) => text.includes('products') && !text.startsWith('explain'))
			assert.ok(plans.length > 0)
			for (const plan of plans) {
				assert.deepEqual(faultsOf(plan), [])
				assert.ok(rowsOfPlan(plan) <= rowsMax, `${rowsOfPlan(plan)} rows: ${plan['Query Text']}`)
			}
		})
	}
})
