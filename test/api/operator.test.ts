import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { putProducts } from '../support/people.ts'
import { type ProxiedShop, startProxiedShop } from '../support/proxy.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { createReadings } from '../../src/platform/crew/readings.ts'
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

suite('While the database is away, the operator', () => {
	let away: ProxiedShop
	let metrics: string
	before(async () => {
		const port = await freePort()
		metrics = `http://127.0.0.1:${port}/metrics`
		away = await startProxiedShop({ METRICS_PORT: String(port) })
		await away.shop.guest.get('/products')
	})
	const COUNTED = /^http_request_duration_seconds_count\{method="GET",route="\/v1\/products",status="200"\} 1$/m
	const OUTBOX = /^outbox_(?:waiting|oldest_seconds) \d/gm
	/** Above the patience of a scrape, below what a statement may take. */
	const SCRAPED_WITHIN_MS = 3_000
	const scrape = async () => {
		const start = performance.now()
		const answer = await fetch(metrics)
		const text = await answer.text()
		assert.equal(answer.status, 200, text)
		assert.ok(performance.now() - start < SCRAPED_WITHIN_MS, `scraped after ${performance.now() - start} ms`)
		return text
	}
	const seesAllButTheOutbox = (text: string) => {
		assert.match(text, COUNTED)
		assert.match(text, /^process_resident_memory_bytes \d+$/m)
		assert.doesNotMatch(text, OUTBOX)
	}

	test('sees all that the process counts, of one process and of several, and the outbox again when it is back', async () => {
		assert.equal((await scrape()).match(OUTBOX)?.length, 2)
		away.proxy.cut()
		seesAllButTheOutbox(await scrape())
		seesAllButTheOutbox(await createReadings().sum(away.shop.service.metrics.registry))
		away.proxy.heal()
		await eventually(async () => assert.equal((await scrape()).match(OUTBOX)?.length, 2))
	})

	test('is not kept waiting by a database that is silent, and asks it one thing at a time', async () => {
		const { sql } = away.database
		await sql.begin(async (tx) => {
			await tx`lock table outbox in access exclusive mode`
			for (const text of await Promise.all([scrape(), scrape(), scrape()])) seesAllButTheOutbox(text)
			const [row] = await sql<[{ asking: number }]>`
				select count(*) as asking from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock' and query like '%as oldest_s%'`
			assert.equal(row.asking, 1)
		})
		await eventually(async () => assert.equal((await scrape()).match(OUTBOX)?.length, 2))
	})
})
