import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { before, suite, test } from 'node:test'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { holdCart, waitsForLock } from '../support/hold-cart.ts'
import { type Person, putProducts, registerPerson } from '../support/people.ts'
import { startProcess, urlOf } from '../support/process.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	await anna.put('/cart/items/1', { body: { quantity: 1 } })
})

/** Another instance on the same database, as its own process. */
const startAnother = () => startProcess({ ...shop.settings, NODE_ENV: 'development', LOG_LEVEL: 'silent' })

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
