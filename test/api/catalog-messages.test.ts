import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import { eventually } from '../support/eventually.ts'
import { productMessage, putProducts } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** From the commit to the last guest who is shown what was before. */
const SEEN_WITHIN_MS = 1_000

let lastId = 0
/** An id that no other test uses. */
const newId = (): number => ++lastId

const guard = newId()
let guardVersion = 0

let shop: TestShop
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: guard, version: guardVersion })
})

const look = (id: number) => shop.guest.get(`/products/${id}`)

/**
 * Waits until everything that was published before this call has been applied, and guests are no longer shown what was before:
 * the guard's page was kept when the others were, or later, and is shown anew.
 */
async function settled(): Promise<void> {
	const version = ++guardVersion
	await look(guard)
	await putProducts(shop, { id: guard, name: 'сторож', version, cost: version })
	await eventually(async () => assert.equal((await look(guard)).body.price, version), SEEN_WITHIN_MS)
}

suite('A message about a product', () => {
	test('that has a greater version changes it, every field', async () => {
		const id = newId()
		await putProducts(shop, { id, available: 7 })
		await putProducts(shop, {
			id,
			name: 'самокат',
			description: '',
			cost: 0,
			tax: 0,
			version: 2,
			measurements: { weight: 1, height: 2, width: 3, length: 4 },
			available: 0,
		})
		assert.deepEqual((await look(id)).body, {
			id,
			name: 'самокат',
			description: '',
			price: 0,
			tax: 0,
			available: 0,
			measurements: { weight: 1, height: 2, width: 3, length: 4 },
		})
	})

	test('that gives it another name has it found by that, also with a typo', async () => {
		const id = newId()
		await putProducts(shop, { id, name: 'Мотоблок', version: 1 })
		await putProducts(shop, { id, name: 'Газонокосилка', version: 2 })
		await settled()
		for (const [search, ids] of [
			['газонокасилка', [id]],
			['мотаблок', []],
		] as const) {
			const { body } = await shop.guest.get(`/products?search=${encodeURIComponent(search)}`)
			assert.deepEqual(
				body.data.map((product: { id: number }) => product.id),
				ids,
			)
		}
	})

	test('that has the same version or a lesser one changes nothing', async () => {
		const id = newId()
		await putProducts(shop, { id, version: 5 })
		const { body } = await look(id)
		for (const version of [5, 4, 0]) {
			await shop.topics.publish('products', { value: productMessage({ id, version, name: 'другое имя', available: 1 }) })
		}
		await settled()
		assert.deepEqual((await look(id)).body, body)
	})

	test('tells the pieces left, or that they are not tracked', async () => {
		const id = newId()
		for (const [version, available, shown] of [
			[1, undefined, null],
			[2, 3, 3],
			[3, null, null],
			[4, 0, 0],
			[5, undefined, null],
		] as const) {
			await putProducts(shop, { id, version, ...(available === undefined ? {} : { available }) })
			await settled()
			assert.equal((await look(id)).body.available, shown)
		}
	})

	test('may leave out the measurements', async () => {
		const id = newId()
		const { measurements: _, ...bare } = productMessage({ id })
		await shop.topics.publish('products', { value: bare })
		await eventually(async () => assert.equal((await look(id)).body.measurements, null))
	})

	test('may hold fields that nobody here knows', async () => {
		const id = newId()
		const measurements = { weight: 1, height: 1, width: 1, length: 1, volume: 1 }
		const message = productMessage({ id, colour: 'red', measurements, ['__proto__']: { cost: 1 } })
		await shop.topics.publish('products', { value: message })
		await eventually(async () => assert.equal((await look(id)).status, 200))
		assert.deepEqual(Object.keys((await look(id)).body), [
			'id',
			'name',
			'description',
			'price',
			'tax',
			'available',
			'measurements',
		])
	})

	test('may be bare JSON, a CloudEvent in headers, or a structured one', async () => {
		const [bare, binary, structured] = [newId(), newId(), newId()]
		const envelope = { specversion: '1.0', id: randomUUID(), source: '/inventory', type: 'product.changed' }
		await shop.topics.publish(
			'products',
			{ value: productMessage({ id: bare }) },
			{
				value: productMessage({ id: binary }),
				headers: { ce_specversion: '1.0', ce_id: randomUUID(), ce_type: 'product.changed', 'content-type': 'application/json' },
			},
			{
				key: String(structured),
				value: { ...envelope, data: productMessage({ id: structured }) },
				headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
			},
		)
		await settled()
		for (const id of [bare, binary, structured]) assert.equal((await look(id)).body.name, `велосипед_${id}`)
	})

	test('is applied with all others of its kind, also when there are more than one batch holds', async () => {
		const ids = Array.from({ length: 1_200 }, newId)
		await putProducts(shop, ...ids.map((id) => ({ id, name: 'насос' })))
		assert.equal((await look(ids.at(-1) ?? 0)).status, 200)
	})
})

suite('A null value', () => {
	const withdraw = (id: number) => shop.topics.publish('products', { key: String(id), value: null })
	const gone = (id: number) => eventually(async () => assert.equal((await look(id)).status, 404))

	test('withdraws the product of its key, and only a newer message brings it back', async () => {
		const id = newId()
		await putProducts(shop, { id, version: 2 })
		await withdraw(id)
		await gone(id)
		await shop.topics.publish('products', { value: productMessage({ id, version: 2 }) })
		await settled()
		assert.equal((await look(id)).status, 404)
		await putProducts(shop, { id, version: 3 })
		assert.equal((await look(id)).status, 200)
	})

	test('and a product that comes back may be sent at once', async () => {
		const id = newId()
		await putProducts(shop, { id, version: 1 })
		await shop.topics.publish(
			'products',
			{ key: String(id), value: null },
			{ value: productMessage({ id, version: 2, cost: 7 }) },
		)
		await settled()
		assert.equal((await look(id)).body.price, 7)
	})

	test('and a product that is withdrawn may be sent at once', async () => {
		const id = newId()
		await shop.topics.publish('products', { value: productMessage({ id }) }, { key: String(id), value: null })
		await settled()
		assert.equal((await look(id)).status, 404)
	})

	test('withdraws nothing when nobody knows the product, and does not keep it from coming', async () => {
		const id = newId()
		await withdraw(id)
		await settled()
		assert.equal((await look(id)).status, 404)
		await putProducts(shop, { id, version: 0 })
		assert.equal((await look(id)).status, 200)
	})
})

suite('Messages that come twice, late and shuffled', () => {
	test('leave each product as its greatest version says', async () => {
		const versions = fc.array(fc.record({ product: fc.nat(3), version: fc.nat(6), cost: fc.nat(1_000_000) }), {
			minLength: 1,
			maxLength: 20,
		})
		/** Which of them come in which order: each at least once. */
		const shuffled = versions.chain((sent) => {
			const order = fc.array(fc.nat(sent.length - 1), { maxLength: 20 })
			return fc.tuple(fc.constant(sent), fc.shuffledSubarray([...sent.keys()], { minLength: sent.length }), order)
		})
		await fc.assert(
			fc.asyncProperty(shuffled, async ([sent, once, again]) => {
				const ids = Array.from({ length: 4 }, newId)
				// One content for each version: a version that comes twice is the same message.
				const contents = new Map(sent.map(({ product, version, cost }) => [`${product} ${version}`, cost]))
				const messages = [...once, ...again, ...once].flatMap((index) => {
					const { product, version } = sent[index] ?? { product: 0, version: 0 }
					const cost = contents.get(`${product} ${version}`)
					return [{ value: productMessage({ id: ids[product] ?? 0, version, cost }) }]
				})
				await shop.topics.publish('products', ...messages)
				await settled()
				for (const [product, id] of ids.entries()) {
					const newest = Math.max(...sent.filter((one) => one.product === product).map(({ version }) => version))
					const { body } = await look(id)
					assert.equal(body.price, contents.get(`${product} ${newest}`))
				}
			}),
			{ numRuns: 15, endOnFailure: true },
		)
	})
})
