import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { putProducts } from '../support/people.ts'
import { startProxiedShop } from '../support/proxy.ts'

/** From the commit, or from the moment at which the database is back, to the last guest who is shown what was before. */
const SEEN_WITHIN_MS = 1_000
const LOOK_PAUSE_MS = 10

// Each has a shop of its own, and most of it is waiting: all at once they take as long as the longest.
suite('While the database of the catalogue is away', { concurrency: true }, () => {
	test('guests are shown what was shown before, and what is right as soon as it is back', async () => {
		const { shop: cut, proxy, database } = await startProxiedShop()
		await putProducts(cut, { id: 1 }, { id: 2 })
		const paths = ['/products', '/products/1']
		const before = await Promise.all(paths.map((path) => cut.guest.get(path)))
		for (let time = 1; time <= 3; time++) {
			proxy.cut(time === 1 ? 'end' : 'reset')
			await database.sql`update products set price = ${time} where id = 1`
			const end = performance.now() + 1_500
			while (performance.now() < end) {
				for (const [index, path] of paths.entries()) {
					const { status, text } = await cut.guest.get(path)
					assert.deepEqual([status, text], [200, before[index]?.text])
				}
				await sleep(LOOK_PAUSE_MS)
			}
			assert.equal((await cut.guest.get(`/products/2?${time}`)).status, 503, 'what nobody has looked at can’t be shown')
			proxy.heal()
			for (const [index, path] of paths.entries()) {
				await eventually(async () => {
					const answer = await cut.guest.get(path)
					assert.equal((answer.body.data?.find(({ id }: { id: number }) => id === 1) ?? answer.body).price, time)
					before[index] = answer
				}, SEEN_WITHIN_MS)
			}
		}
	})

	test('so they are after a time in which nobody looked', async () => {
		const { shop: cut, proxy } = await startProxiedShop()
		await putProducts(cut, { id: 1 })
		const { text } = await cut.guest.get('/products')
		await sleep(6_000)
		proxy.cut()
		for (let time = 0; time < 20; time++) {
			const answer = await cut.guest.get('/products')
			assert.deepEqual([answer.status, answer.text], [200, text])
			await sleep(50)
		}
		proxy.heal()
	})

	test('one broken connection is not taken for that: what is kept is shown only while it is right', async () => {
		const { shop: cut, database } = await startProxiedShop()
		await putProducts(cut, { id: 1 })
		await cut.guest.get('/products/1')
		for (let price = 1; price <= 5; price++) {
			await database.sql`update products set price = ${price} where id = 1`
			await eventually(async () => assert.equal((await cut.guest.get('/products/1')).body.price, price), SEEN_WITHIN_MS)
			const ended = await database.sql`
				select pg_terminate_backend(pid) from pg_stat_activity
				where datname = current_database() and application_name = 'prilavok catalogue'`
			assert.equal(ended.count, 1)
			for (let time = 0; time < 30; time++) {
				assert.equal((await cut.guest.get('/products/1')).body.price, price)
				await sleep(LOOK_PAUSE_MS)
			}
		}
	})
})
