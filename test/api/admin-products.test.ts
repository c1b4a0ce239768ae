import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { seedProducts, seedStaff } from '../../bench/seed.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { faultsOf, listenForPlans, tellPlans } from '../support/plans.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

const SORTS = ['name', '-name', 'price', '-price', 'newest'] as const
const STATES = ['on_sale', 'withdrawn', 'all'] as const

suite('The staff sees of products', () => {
	let shop: TestShop
	let viewer: StaffMember
	before(async () => {
		shop = await startTestShop()
		viewer = await signInStaff(shop, 'viewer')
		const measurements = { weight: 12_000, height: 1_000, width: 500, length: 1_800 }
		const bike = {
			id: 1,
			name: 'велосипед_10',
			description: 'Горный',
			cost: 500,
			tax: 50,
			version: 3,
			measurements,
			available: 7,
		}
		const pump = { id: 2, name: 'насос', description: 'Ручной', cost: 120, tax: 12, version: 1 }
		const lamp = { id: 3, name: 'лампа', description: 'Настольная', cost: 900, tax: 90, version: 8 }
		for (const value of [bike, pump, lamp]) await shop.topics.publish('products', { key: String(value.id), value })
		await shop.topics.publish('products', { key: '2', value: null })
		// Of this one nothing is known but that it was withdrawn.
		await shop.topics.publish('products', { key: '4', value: null })
		await eventually(async () => {
			assert.equal((await shop.guest.get('/products/3')).status, 200)
			assert.equal((await shop.guest.get('/products/2')).status, 404)
			assert.equal((await shop.sql`select from products where id = 4`).count, 1)
		})
	})

	const idsOf = async (query: string): Promise<number[]> =>
		(await viewer.get(`/admin/products?${query}`)).body.data.map(({ id }: { id: number }) => id)

	test('the last message as far as it is kept, with its version and when it was published', async () => {
		const { status, body } = await viewer.get('/admin/products/1')
		assert.equal(status, 200)
		assert.ok(Math.abs(Date.now() - Date.parse(body.changed_at)) < 60_000)
		assert.deepEqual(body, {
			id: 1,
			name: 'велосипед_10',
			description: 'Горный',
			price: 500,
			tax: 50,
			available: 7,
			measurements: { weight: 12_000, height: 1_000, width: 500, length: 1_800 },
			version: 3,
			changed_at: body.changed_at,
			withdrawn_at: null,
		})
		assert.deepEqual((await viewer.get('/admin/products?search=велосипед')).body.data, [body])
	})

	test('what was withdrawn too, and since when; guests do not', async () => {
		const { status, body } = await viewer.get('/admin/products/2')
		assert.deepEqual([status, body.name, body.version], [200, 'насос', 1])
		assert.ok(Math.abs(Date.now() - Date.parse(body.withdrawn_at)) < 60_000)
		assert.equal((await shop.guest.get('/products/2')).status, 404)
		assert.deepEqual(await idsOf('state=withdrawn'), [2])
		assert.deepEqual(await idsOf('state=on_sale&sort=price'), [1, 3])
	})

	test('all there is unless asked otherwise, in each order', async () => {
		assert.deepEqual(new Set(await idsOf('')), new Set([1, 2, 3]))
		assert.deepEqual(await idsOf('sort=price'), [2, 1, 3])
		assert.deepEqual(await idsOf('sort=-price'), [3, 1, 2])
		assert.deepEqual(await idsOf('sort=name'), [1, 3, 2])
		assert.deepEqual(await idsOf('sort=-name'), [2, 3, 1])
		assert.deepEqual(await idsOf('sort=price&price_min=120&price_max=500'), [2, 1])
	})

	test('what a search finds among all, typos forgiven', async () => {
		assert.deepEqual(await idsOf('search=насос'), [2])
		assert.deepEqual(await idsOf('search=настольнная'), [3])
		assert.deepEqual(await idsOf('search=насос&state=on_sale'), [])
		assert.deepEqual(await idsOf('search=ничего'), [])
	})

	test('nothing of one that no message has told of', async () => {
		for (const id of [4, 5]) {
			const { status, body } = await viewer.get(`/admin/products/${id}`)
			assert.deepEqual([status, body.code], [404, 'product_not_found'])
		}
	})

	test('a fault that is told where the query is none', async () => {
		const { status, body } = await viewer.get('/admin/products?state=gone&limit=0')
		assert.deepEqual([status, body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()], [400, ['/limit', '/state']])
		const { next_cursor } = (await viewer.get('/admin/products?sort=price&limit=1')).body
		assert.equal((await viewer.get(`/admin/products?sort=name&cursor=${next_cursor}`)).status, 400)
	})
})

suite('Of many products the staff’s list', () => {
	const PRODUCTS = 40_000
	const told = listenForPlans()
	let shop: TestShop
	let viewer: TestShop['guest']
	before(async () => {
		const { url, sql } = await createTestDatabase()
		await seedProducts(sql, PRODUCTS)
		// A few in a row, as a whole range is withdrawn, and one here and there.
		await sql`update products set withdrawn_at = now() where id between 3000 and 19999 or id % 7 = 0`
		await sql`vacuum analyze products`
		const token = await seedStaff(sql)
		await tellPlans(sql)
		shop = await startTestShop({ DATABASE_URL: url, LOG_LEVEL: 'debug', ROLE: 'api' }, told.logTo)
		viewer = shop.guest.as(token)
	})

	const WHERE = { on_sale: 'withdrawn_at is null', withdrawn: 'withdrawn_at is not null', all: 'true' }
	const BY_NAME = 'name collate "ru-x-icu"'
	const ORDER_BY = {
		name: `${BY_NAME}, id`,
		'-name': `${BY_NAME} desc, id desc`,
		price: 'price, id',
		'-price': 'price desc, id desc',
		newest: 'arrival desc',
	}
	const FILTERS = [
		['', 'true'],
		['&search=чёрный', "search_text like '%чёрный%' or search_text like '%черный%'"],
		['&search=4242', "search_text like '%4242%'"],
		// All names with the word stand together, at one end of the list or behind a great part of it.
		['&search=чайник', "search_text like '%чайник%'"],
		['&search=горный лампа', "search_text like '%горный%' and search_text like '%лампа%'"],
		['&search=самакат', "search_text like '%самокат%'"],
		['&search=стол&price_min=30000', "search_text like '%стол%' and price >= 30000"],
		['&price_min=1000&price_max=2000', 'price between 1000 and 2000'],
	] as const

	for (const state of STATES) {
		for (const [filter, where] of FILTERS) {
			test(`shows what is asked for, page by page, and reads no more than it needs: ${state}${filter}`, async () => {
				for (const sort of SORTS) {
					const rows = await shop.sql.unsafe(
						`select id from products where ${WHERE[state]} and (${where}) order by ${ORDER_BY[sort]} limit 60`,
					)
					told.take()
					const shown: number[] = []
					for (let cursor: string | null = ''; cursor !== null && shown.length < 60; ) {
						const query = `state=${state}&sort=${sort}${encodeURI(filter)}${cursor && `&cursor=${cursor}`}`
						const { status, body } = await viewer.get(`/admin/products?${query}`)
						assert.equal(status, 200)
						shown.push(...body.data.map(({ id }: { id: number }) => id))
						cursor = body.next_cursor
					}
					const plans = told.take()
					assert.deepEqual(
						shown,
						rows.map(({ id }) => id),
						sort,
					)
					assert.ok(plans.some(({ 'Query Text': text }) => text.includes('from products')))
					assert.deepEqual(plans.flatMap(faultsOf), [], sort)
				}
			})
		}
	}

	test('reads one product by its key', async () => {
		told.take()
		assert.equal((await viewer.get('/admin/products/3500')).status, 200)
		assert.deepEqual(told.take().flatMap(faultsOf), [])
	})

	// One after the other: where two would do, the second is missed.
	for (const [index, query] of [
		['products_withdrawn_by_name', 'state=withdrawn&sort=name'],
		['products_withdrawn_by_price', 'state=all&sort=-price'],
		['products_withdrawn_by_arrival', 'state=withdrawn&sort=newest'],
	] as const) {
		test(`is noticed to read too much without ${index}`, async () => {
			await shop.sql`drop index ${shop.sql(index)}`
			told.take()
			assert.equal((await viewer.get(`/admin/products?${query}`)).status, 200)
			assert.notDeepEqual(told.take().flatMap(faultsOf), [])
		})
	}
})
