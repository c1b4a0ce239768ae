import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { putProducts } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const BICYCLE = { id: 1, name: 'Велосипед горный', description: 'Рама из алюминия', cost: 500 }
const MOUNTAIN_BICYCLE = { id: 2, name: 'Mountain bicycle', description: 'Aluminium frame', cost: 900 }
const FIR = { id: 3, name: 'Ёлка', description: 'Пушистая, с шишками', cost: 300 }
const HONEY = { id: 4, name: 'Мед', description: 'Липовый', cost: 300 }
const DISCOUNT = { id: 5, name: 'Скидка 50%', description: 'Карта', cost: 100 }
const UNDERSCORE = { id: 6, name: 'насос_7', description: String.raw`Путь C:\насосы`, cost: 200 }
const WITHDRAWN = { id: 7, name: 'Самокат', description: 'Снят с продажи', cost: 1 }
const PRODUCTS = [BICYCLE, MOUNTAIN_BICYCLE, FIR, HONEY, DISCOUNT, UNDERSCORE]

let shop: TestShop
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, ...PRODUCTS, WITHDRAWN)
	await shop.topics.publish('products', { key: String(WITHDRAWN.id), value: null })
	await eventually(async () => assert.equal((await shop.guest.get(`/products/${WITHDRAWN.id}`)).status, 404))
})

/** Looks at the list as a guest and returns the ids on it. */
async function idsOf(query: Readonly<Record<string, string | number>>): Promise<number[]> {
	const address = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
	const { status, body } = await shop.guest.get(`/products?${address.join('&')}`)
	assert.equal(status, 200, JSON.stringify(body))
	return body.data.map((product: { id: number }) => product.id)
}

const found = (search: string) => idsOf({ search, sort: 'price' })

suite('A guest who looks at one product', () => {
	test('sees it as the list shows it', async () => {
		const { body } = await shop.guest.get('/products?sort=-price&limit=1')
		const one = await shop.guest.get(`/products/${MOUNTAIN_BICYCLE.id}`)
		assert.equal(one.status, 200)
		assert.deepEqual(one.body, body.data[0])
	})

	test('is told when there is none, or none any more, in the language that is asked for', async () => {
		for (const id of [404, WITHDRAWN.id, Number.MAX_SAFE_INTEGER]) {
			const { status, body } = await shop.guest.get(`/products/${id}`)
			assert.deepEqual([status, body.code], [404, 'product_not_found'])
			assert.match(body.title, /[а-я]/)
		}
		const english = await shop.guest.get('/products/404', { headers: { 'accept-language': 'en' } })
		assert.match(english.body.title, /no such product/)
	})

	test('is told when the id is no id', async () => {
		for (const id of ['bicycle', '-1', '1.5', '9007199254740993', '1%00']) {
			const { status, body } = await shop.guest.get(`/products/${id}`)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', '/id'], id)
		}
	})
})

suite('A guest who searches', () => {
	const cases: readonly (readonly [what: string, search: string, ids: readonly number[]])[] = [
		['a Russian word', 'велосипед', [BICYCLE.id]],
		['an English word', 'bicycle', [MOUNTAIN_BICYCLE.id]],
		['a word in capitals', 'ВЕЛОСИПЕД', [BICYCLE.id]],
		['a part of a word', 'сипе', [BICYCLE.id]],
		['a word of the description', 'aluminium', [MOUNTAIN_BICYCLE.id]],
		['a Russian word with a typo', 'велосипет', [BICYCLE.id]],
		['an English word with a typo', 'bicicle', [MOUNTAIN_BICYCLE.id]],
		['a word in another form', 'велосипеды', [BICYCLE.id]],
		['two words, in any order', 'горный велосипед', [BICYCLE.id]],
		['two words of which one fits', 'горный bicycle', []],
		['with е what is written with ё', 'елка', [FIR.id]],
		['with ё what is written with е', 'мёд', [HONEY.id]],
		['with a letter in two characters, as some keyboards send it', 'Ёлка'.normalize('NFD'), [FIR.id]],
		['a percent sign', '50%', [DISCOUNT.id]],
		['a percent sign alone', '%', [DISCOUNT.id]],
		['an underscore alone', '_', [UNDERSCORE.id]],
		['a backslash', String.raw`c:\нас`, [UNDERSCORE.id]],
		['a quote', "'", []],
		['what nobody sells', 'холодильник', []],
		['what is withdrawn', 'самокат', []],
		['nothing but spaces', '  ', [...PRODUCTS].sort((a, b) => a.cost - b.cost || a.id - b.id).map(({ id }) => id)],
	]
	for (const [what, search, ids] of cases) {
		test(`for ${what} finds what fits`, async () => assert.deepEqual(await found(search), ids))
	}

	test('finds within a price range and in the order asked for', async () => {
		assert.deepEqual(await idsOf({ search: 'а', price_min: 300, sort: '-price' }), [BICYCLE.id, FIR.id])
	})

	test('may type at most 200 characters, and none that no text has', async () => {
		assert.deepEqual(await found('я'.repeat(200)), [])
		for (const search of ['я'.repeat(201), 'а\0']) {
			const { status, body } = await shop.guest.get(`/products?search=${encodeURIComponent(search)}`)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', '/search'])
		}
	})
})

suite('A guest who filters by price', () => {
	const prices = async (query: Record<string, number>) =>
		(await idsOf({ ...query, sort: 'price' })).map((id) => PRODUCTS.find((product) => product.id === id)?.cost)

	test('sees what costs no less and no more, both ends included', async () => {
		assert.deepEqual(await prices({ price_min: 300 }), [300, 300, 500, 900])
		assert.deepEqual(await prices({ price_max: 300 }), [100, 200, 300, 300])
		assert.deepEqual(await prices({ price_min: 200, price_max: 500 }), [200, 300, 300, 500])
		assert.deepEqual(await prices({ price_min: 0, price_max: Number.MAX_SAFE_INTEGER }), [100, 200, 300, 300, 500, 900])
		assert.deepEqual(await prices({ price_min: 901 }), [])
		assert.deepEqual(await prices({ price_min: 500, price_max: 300 }), [])
	})
})

suite('A guest who searches for what there is at another price only', () => {
	test('is not shown something else that sounds like it', async () => {
		const trail = { id: 8, name: 'Карта горная', description: 'Тропы', cost: 250 }
		await putProducts(shop, trail)
		await eventually(async () => assert.ok((await found('горнаю')).includes(trail.id)))
		assert.deepEqual(await idsOf({ search: 'горный', price_min: BICYCLE.cost }), [BICYCLE.id])
		assert.deepEqual(await idsOf({ search: 'горный', price_max: trail.cost }), [])
		await shop.topics.publish('products', { key: String(trail.id), value: null })
		await eventually(async () => assert.ok(!(await found('карта')).includes(trail.id)))
	})
})

suite('The query of the list', () => {
	const faults = [
		['limit', '0'],
		['limit', '101'],
		['limit', '1.5'],
		['limit', 'many'],
		['limit', ''],
		['sort', 'tax'],
		['sort', '--price'],
		['price_min', '-1'],
		['price_max', '1e400'],
		['price_max', 'cheap'],
		['cursor', 'not-a-cursor'],
		['cursor', Buffer.from('["newest"]').toString('base64url')],
		['cursor', Buffer.from('["newest","1"]').toString('base64url')],
		['cursor', Buffer.from('["newest",1e300]').toString('base64url')],
		['page', '2'],
	]
	for (const [name = '', value = ''] of faults) {
		test(`is refused with ${name}=${value || '(nothing)'}, with a pointer to it`, async () => {
			const { status, body } = await shop.guest.get(`/products?${name}=${value}`)
			assert.deepEqual([status, body.code, body.errors[0].in], [400, 'validation_failed', 'query'])
			assert.equal(body.errors[0].pointer, `/${name}`)
		})
	}

	test('takes a limit from 1 to 100', async () => {
		assert.equal((await idsOf({ limit: 1 })).length, 1)
		assert.equal((await idsOf({ limit: 100 })).length, PRODUCTS.length)
	})
})
