import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { before, suite, test } from 'node:test'
import { deleteChangesBefore } from '../../src/modules/catalog/index.ts'
import { createChangesCleanUp } from '../../src/platform/db/snapshots.ts'
import type { Answer, Client } from '../support/client.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { placeOrder, productMessage, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** From the commit to the last guest who is shown what was before. */
const SEEN_WITHIN_MS = 1_000

let shop: TestShop
let other: TestShop
before(async () => {
	shop = await startTestShop()
	other = await startTestShop({ ...shop.settings, ROLE: 'api' })
})

let lastId = 0
const newId = (): number => ++lastId

/** Both instances show it, and keep it: whoever looks next may be shown what is kept. */
async function shownByBoth(path: string): Promise<[Answer, Answer]> {
	const show = async ({ guest }: TestShop) => {
		await guest.get(path)
		return guest.get(path)
	}
	return [await show(shop), await show(other)]
}

/** Waits until both instances show what is expected, for as long as is promised. */
async function seenByBoth(path: string, check: (answer: Answer) => void): Promise<void> {
	await Promise.all([shop, other].map(({ guest }) => eventually(async () => check(await guest.get(path)), SEEN_WITHIN_MS)))
}

suite('What guests are shown of the catalogue', () => {
	test('changes on each instance within a second of a message', async () => {
		const id = newId()
		await putProducts(shop, { id })
		await shownByBoth(`/products/${id}`)
		await shownByBoth('/products')
		for (let version = 2; version <= 4; version++) {
			await putProducts(shop, { id, version, cost: version })
			await seenByBoth(`/products/${id}`, ({ body }) => assert.equal(body.price, version))
			await seenByBoth('/products', ({ body }) => assert.equal(body.data[0].price, version))
		}
	})

	test('changes on each instance within a second of an order, where pieces are counted', async () => {
		const id = newId()
		await putProducts(shop, { id, available: 7 })
		const anna = await registerPerson(shop)
		await shownByBoth(`/products/${id}`)
		await placeOrder(anna, { [id]: 3 })
		await seenByBoth(`/products/${id}`, ({ body }) => assert.equal(body.available, 4))
	})

	test('is gone on each instance within a second of its withdrawal', async () => {
		const id = newId()
		await putProducts(shop, { id })
		await shownByBoth(`/products/${id}`)
		await shop.topics.publish('products', { key: String(id), value: null })
		await eventually(async () => {
			const [row] = await shop.sql`select from products where id = ${id} and withdrawn_at is not null`
			assert.ok(row)
		})
		await seenByBoth(`/products/${id}`, ({ status }) => assert.equal(status, 404))
	})

	test('changes within a second of what somebody does by hand', async () => {
		const id = newId()
		await putProducts(shop, { id })
		await shownByBoth(`/products/${id}`)
		await shop.sql`update products set price = 7 where id = ${id}`
		await seenByBoth(`/products/${id}`, ({ body }) => assert.equal(body.price, 7))
		await shop.sql`delete from products where id = ${id}`
		await seenByBoth(`/products/${id}`, ({ status }) => assert.equal(status, 404))
	})

	test('is right again at once when nobody has looked for a while', async () => {
		const id = newId()
		await putProducts(shop, { id })
		await shownByBoth(`/products/${id}`)
		// Longer than somebody goes on looking for changes though nobody reads.
		await sleep(6_000)
		await shop.sql`update products set price = 8 where id = ${id}`
		for (const { guest } of [shop, other]) assert.equal((await guest.get(`/products/${id}`)).body.price, 8)
	})
})

suite('A change that is committed late', () => {
	test('by a transaction that began before others is seen like any other', async () => {
		const [late, early] = [newId(), newId()]
		await putProducts(shop, { id: late }, { id: early })
		await Promise.all([late, early].map((id) => shownByBoth(`/products/${id}`)))
		const gate = Promise.withResolvers<void>()
		const changed = Promise.withResolvers<void>()
		const transaction = shop.sql.begin(async (tx) => {
			await tx`update products set price = 11 where id = ${late}`
			changed.resolve()
			await gate.promise
		})
		await changed.promise
		await shop.sql`update products set price = 12 where id = ${early}`
		await seenByBoth(`/products/${early}`, ({ body }) => assert.equal(body.price, 12))
		for (const answer of await shownByBoth(`/products/${late}`)) assert.equal(answer.body.price, 500)
		gate.resolve()
		await transaction
		await seenByBoth(`/products/${late}`, ({ body }) => assert.equal(body.price, 11))
	})

	test('is not forgotten before it was seen, however long its transaction took', async () => {
		const { sql } = await createTestDatabase()
		const noted = async () => (await sql`select from catalog_changes`).count
		let now = 0
		const cleanUp = createChangesCleanUp(sql, deleteChangesBefore, () => now)
		const later = (ms: number) => {
			now += ms
			return cleanUp()
		}
		// What is older than whatever runs in the whole server, and so also in the databases of other tests.
		const forgotten = () => eventually(async () => assert.deepEqual([await later(60_000), await noted()], [1, 0]))
		await sql`insert into products (id, name, description, price, tax, version, changed_at) values (1, '', '', 1, 1, 1, now())`
		await cleanUp()
		const gate = Promise.withResolvers<void>()
		const changed = Promise.withResolvers<void>()
		const transaction = sql.begin(async (tx) => {
			await tx`update products set price = 2`
			changed.resolve()
			await gate.promise
		})
		await changed.promise
		await forgotten()
		gate.resolve()
		await transaction
		assert.deepEqual([await later(59_000), await noted()], [0, 1])
		assert.deepEqual([await later(1_000), await noted()], [0, 1], 'what was committed since the last round stays')
		await forgotten()
	})
})

suite('What changes nothing', () => {
	const notes = async () => (await shop.sql`select from catalog_changes`).count

	test('leaves no word of a change: a transaction that is rolled back, an old message, an order of uncounted products', async () => {
		const id = newId()
		await putProducts(shop, { id, version: 5 })
		const anna = await registerPerson(shop)
		const [shown] = await shownByBoth(`/products/${id}`)
		const noted = await notes()
		const rolledBack = shop.sql.begin(async (tx) => {
			await tx`update products set price = 1 where id = ${id}`
			throw new Error('rolled back')
		})
		await assert.rejects(rolledBack, /rolled back/)
		await placeOrder(anna, { [id]: 1 })
		await shop.topics.publish('products', { value: productMessage({ id, version: 4, cost: 1 }) })
		const next = newId()
		await putProducts(shop, { id: next })
		assert.equal(await notes(), noted + 1, 'but that of the last one')
		await seenByBoth('/products', ({ body }) => assert.equal(body.data[0].id, next))
		for (const answer of await shownByBoth(`/products/${id}`)) assert.equal(answer.text, shown.text)
	})

	test('leaves one for a transaction, whatever it changes', async () => {
		const noted = await notes()
		await shop.sql.begin(async (tx) => {
			for (let time = 0; time < 3; time++) await tx`update products set tax = tax + 1`
		})
		assert.equal(await notes(), noted + 1)
	})
})

suite('An answer of the catalogue', () => {
	const id = newId()
	const paths = [`/products/${id}`, '/products', '/products?search=%D0%BA&sort=price&limit=7']
	before(async () => {
		await putProducts(shop, { id, name: 'кофемолка', available: 3 })
		await seenByBoth('/products', ({ text }) => assert.match(text, /кофемолка/))
	})
	const OF_THE_CONNECTION = new Set(['date', 'connection', 'keep-alive'])
	const shownHeaders = ({ headers }: Answer) => Object.fromEntries([...headers].filter(([name]) => !OF_THE_CONNECTION.has(name)))

	for (const path of paths) {
		test(`has the same bytes and headers whether it was kept or not, on any instance (${path})`, async () => {
			const fresh = await shop.guest.get(path)
			for (const answer of await shownByBoth(path)) {
				assert.equal(answer.text, fresh.text)
				assert.deepEqual(shownHeaders(answer), shownHeaders(fresh))
			}
			const tag = createHash('sha256').update(fresh.text).digest('base64url')
			assert.deepEqual(
				['content-type', 'cache-control', 'etag'].map((name) => fresh.headers.get(name)),
				['application/json; charset=utf-8', 'public, max-age=1', `"${tag}"`],
			)
		})

		test(`is told as its head to HEAD (${path})`, async () => {
			const [whole] = await shownByBoth(path)
			const head = await shop.guest.request('HEAD', path)
			assert.deepEqual([head.status, head.text, shownHeaders(head)], [200, '', shownHeaders(whole)])
		})
	}

	const askAgain = (client: Client, etag: string) => client.get(`/products/${id}`, { headers: { 'if-none-match': etag } })

	test('is 304 without a body for whoever has it, and whole with a new tag after a change', async () => {
		const etag = (await shop.guest.get(`/products/${id}`)).headers.get('etag') ?? ''
		for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
			for (const { guest } of [shop, other]) {
				const { status, text, headers } = await askAgain(guest, tag)
				assert.deepEqual([status, text, headers.get('etag')], [304, '', etag], tag)
				assert.equal(headers.get('cache-control'), 'public, max-age=1')
			}
		}
		await putProducts(shop, { id, name: 'кофемолка', available: 2, version: 2 })
		for (const { guest } of [shop, other]) {
			const changed = await eventually(async () => {
				const answer = await askAgain(guest, etag)
				assert.deepEqual([answer.status, answer.body?.available], [200, 2])
				return answer
			}, SEEN_WITHIN_MS)
			assert.notEqual(changed.headers.get('etag'), etag)
		}
	})

	test('that is a problem may be kept by nobody as a page', async () => {
		for (const [path, status] of [
			['/products/999999', 404],
			['/products/x', 400],
			['/products?limit=0', 400],
		] as const) {
			for (let time = 0; time < 2; time++) {
				const answer = await shop.guest.get(path)
				assert.deepEqual([answer.status, answer.headers.get('etag'), answer.headers.get('cache-control')], [status, null, null])
			}
		}
		await putProducts(shop, { id: 999_999 })
		assert.equal((await shop.guest.get('/products/999999')).status, 200)
	})
})
