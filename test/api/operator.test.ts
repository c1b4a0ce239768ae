import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { putProducts } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { freePort } from '../../src/platform/free-port.ts'

let shop: TestShop
let operator: string
let log = ''
before(async () => {
	const port = await freePort()
	operator = `http://127.0.0.1:${port}`
	shop = await startTestShop({ METRICS_PORT: String(port), LOG_LEVEL: 'info' }, { write: (line) => void (log += line) })
})

suite('The operator', () => {
	test('sees on a port of its own what is counted', async () => {
		await putProducts(shop, { id: 1 })
		await shop.guest.get('/products/1')
		const answer = await fetch(`${operator}/metrics`)
		assert.equal(answer.status, 200)
		const text = await answer.text()
		assert.match(text, /^http_request_duration_seconds_count\{method="GET",route="\/v1\/products\/:id",status="200"\} 1$/m)
		assert.match(text, /^outbox_waiting 0$/m)
		assert.match(text, /^process_resident_memory_bytes \d+$/m)
	})

	test('sees each request once in the log and the metrics, also where the answer lay ready', async () => {
		await putProducts(shop, { id: 2 })
		for (let index = 0; index < 5; index++) await shop.guest.get('/products/2')
		for (let index = 0; index < 5; index++) await shop.guest.get('/products?limit=1')
		const linesOf = (route: string) => log.split('\n').filter((line) => line.includes(`"route":"${route}"`))
		const text = await (await fetch(`${operator}/metrics`)).text()
		for (const route of ['/v1/products/:id', '/v1/products']) {
			const lines = linesOf(route)
			assert.ok(lines.length >= 5)
			const { req_id, method, status, ms } = JSON.parse(lines.at(-1) ?? '')
			assert.deepEqual([method, status, typeof ms, typeof req_id], ['GET', 200, 'number', 'string'])
			const count = `http_request_duration_seconds_count{method="GET",route="${route}",status="200"} ${lines.length}\n`
			assert.ok(text.includes(count), `${count} is not in\n${text}`)
		}
	})

	test('is told whether the service lives and is ready, on both ports', async () => {
		for (const path of ['/health/live', '/health/ready']) {
			assert.equal((await fetch(operator + path)).status, 200)
			assert.equal((await shop.guest.get(`/${path}`)).status, 200)
		}
		assert.equal((await fetch(`${operator}/v1/products`)).status, 404)
	})

	test('the public does not see the metrics', async () => {
		assert.equal((await shop.guest.get('//metrics')).status, 404)
	})
})
