import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { before, suite, test } from 'node:test'
import { freePort } from '../../src/platform/free-port.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { holdCart, waitsForLock } from '../support/hold-cart.ts'
import { type Person, putProducts, registerPerson } from '../support/people.ts'
import { startProcess, urlOf } from '../support/process.ts'
import { type Settings, startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	await anna.put('/cart/items/1', { body: { quantity: 1 } })
})

/** Another instance on the same database, as its own process. */
const startAnother = (settings: Settings = {}) =>
	startProcess({ ...shop.settings, NODE_ENV: 'development', LOG_LEVEL: 'silent', ...settings })

suite('Asked to end by SIGTERM', () => {
	test('it takes no more requests and finishes those that run', async () => {
		const service = startAnother()
		const url = await urlOf(service)
		const cart = await holdCart(shop.sql, anna.id)
		const running = createClient(url, anna.token).put('/cart/items/1', { body: { quantity: 5 } })
		await waitsForLock(shop.sql)
		service.child.kill('SIGTERM')
		await eventually(() => assert.rejects(fetch(`${url}/health/live`)))
		await cart.release()
		const { status, body } = await running
		assert.equal(status, 200)
		assert.equal(body.items[0].quantity, 5)
		assert.equal(await service.ended, 0)
	})

	test('it waits for nobody who has never asked anything, as browsers connect in advance', async () => {
		const service = startAnother()
		const { hostname, port } = new URL(await urlOf(service))
		const silent = connect(Number(port), hostname)
		await once(silent, 'connect')
		service.child.kill('SIGTERM')
		await once(silent.resume(), 'close')
		assert.equal(await service.ended, 0)
	})

	test('a second signal ends it at once', async () => {
		const service = startAnother()
		const url = await urlOf(service)
		const cart = await holdCart(shop.sql, anna.id)
		const running = createClient(url, anna.token).put('/cart/items/1', { body: { quantity: 6 } })
		const cut = assert.rejects(running)
		await waitsForLock(shop.sql)
		service.child.kill('SIGTERM')
		await eventually(() => assert.rejects(fetch(`${url}/health/live`)))
		service.child.kill('SIGTERM')
		assert.equal(await service.ended, 1)
		await cut
		await cart.release()
	})
})

const DRAIN_SECONDS = 2

suite('Asked to end with DRAIN_SECONDS', () => {
	for (const WORKERS of ['1', '2'])
		test(`it says that it is not ready, and answers for so long all that comes, each time the last on its connection: WORKERS=${WORKERS}`, async () => {
			const port = String(await freePort())
			const service = startAnother({ ROLE: 'api', WORKERS, METRICS_PORT: port, DRAIN_SECONDS: String(DRAIN_SECONDS) })
			const client = createClient(await urlOf(service), anna.token)
			const ready = async () => [
				(await client.get('//health/ready')).status,
				(await fetch(`http://127.0.0.1:${port}/health/ready`)).status,
			]
			assert.deepEqual(await ready(), [200, 200])
			const since = performance.now()
			service.child.kill('SIGTERM')
			await eventually(async () => assert.deepEqual(await ready(), [503, 503]))
			const asked = [
				() => client.put('/cart/items/1', { body: { quantity: 7 } }),
				() => client.get('//health/live'),
				// By the second time it lies ready, and is answered before anything else looks at it.
				() => client.get('/products'),
				() => client.get('/products'),
			]
			// With several, the last one may not have been told yet.
			for (const ask of asked)
				await eventually(async () => {
					const { status, headers } = await ask()
					assert.deepEqual([status, headers.get('connection')], [200, 'close'])
				})
			assert.equal(await service.ended, 0)
			assert.ok(performance.now() - since >= DRAIN_SECONDS * 1_000)
			assert.equal((await anna.get('/cart')).body.items[0].quantity, 7)
		})

	test('a second signal ends it at once all the same', async () => {
		const service = startAnother({ DRAIN_SECONDS: '300' })
		const client = createClient(await urlOf(service))
		service.child.kill('SIGTERM')
		await eventually(async () => assert.equal((await client.get('//health/ready')).status, 503))
		service.child.kill('SIGTERM')
		assert.equal(await service.ended, 1)
	})
})
