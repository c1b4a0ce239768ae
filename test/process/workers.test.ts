import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { before, suite, test } from 'node:test'
import { freePort } from '../../src/platform/free-port.ts'
import { isRunning } from '../../src/platform/processes.ts'
import { atEnd } from '../support/at-end.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { holdCart, waitsForLock } from '../support/hold-cart.ts'
import { lookInto } from '../support/own-database.ts'
import { type Person, PICKUP, putProducts, registerPeople } from '../support/people.ts'
import { outputOf, type ServiceProcess, startProcess, urlOf } from '../support/process.ts'
import type { TestShop } from '../support/shop.ts'

/** The service with its own PostgreSQL and two processes that serve HTTP; and a shop in this process, on the same database, to look into it. */
let dataDir: string
let operator: string
let service: ServiceProcess
let url: string
let shop: TestShop
let people: readonly Person[]
let anna: Person
before(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'prilavok-workers-'))
	atEnd(() => rm(dataDir, { recursive: true, force: true }))
	await start()
	await putProducts(shop, { id: 1, cost: 500 })
	people = await registerPeople(shop, 6)
	const [first] = people
	assert.ok(first)
	anna = first
	await anna.put('/cart/items/1', { body: { quantity: 1 } })
})

async function start(): Promise<void> {
	const port = String(await freePort())
	operator = `http://127.0.0.1:${port}`
	service = startProcess({ DATA_DIR: dataDir, PORT: '0', METRICS_PORT: port, WORKERS: '2' })
	url = await urlOf(service)
	shop = await lookInto(dataDir)
}

type Line = { readonly pid: number; readonly msg: string; readonly route?: string; readonly status?: number }

/** The lines of the log so far. Fails when one is not whole. */
function log(): Line[] {
	const whole = service.output().slice(0, service.output().lastIndexOf('\n'))
	const welcome = /^(Prilavok|API|Admin panel|Reference|Inbox|Tracking|First owner|Fill the shop) /
	return whole.split('\n').flatMap((line): Line[] => (welcome.test(line) ? [] : [JSON.parse(line)]))
}

/** The processes that have answered a request, so far or of one route. */
const answering = (route?: string): Set<number> =>
	new Set(log().flatMap((line) => (line.msg === 'request' && (route === undefined || line.route === route) ? [line.pid] : [])))
/** Those that serve now. */
const serving = (): number[] =>
	[...new Set(log().map(({ pid }) => pid))].filter((pid) => pid !== service.child.pid && isRunning(pid))

/** Asks on a connection of its own. */
async function ask(path: string, { method = 'GET', headers = {}, body = '' } = {}): Promise<{ status: number; text: string }> {
	const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
	const asked = request(url + path, { method, agent: false, headers }, (response) => {
		text(response).then((read) => resolve({ status: response.statusCode ?? 0, text: read }), reject)
	})
	asked.on('error', reject).end(body)
	return promise
}

const metric = async (name: string): Promise<number> => {
	const found = (await (await fetch(`${operator}/metrics`)).text()).split('\n').filter((line) => line.startsWith(name))
	assert.equal(found.length, 1, `${name} stands there once`)
	return Number(found[0]?.split(' ').at(-1))
}
const PRODUCTS_ANSWERED = 'http_request_duration_seconds_count{method="GET",route="/v1/products",status="200"}'

suite('With WORKERS=2', () => {
	test('two processes answer on one port, and the welcome comes once, when both do', async () => {
		const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/v1/products')))
		assert.ok(answers.every(({ status }) => status === 200))
		await eventually(async () => assert.equal(answering().size, 2))
		assert.ok(!answering().has(service.child.pid ?? 0), 'the first process leaves HTTP to the others')
		assert.equal(service.output().match(/Fill the shop/g)?.length, 1)
	})

	test('a double click spread over both makes one order', async () => {
		await createClient(url, anna.token).put('/cart/items/1', { body: { quantity: 2 } })
		const click = {
			method: 'POST',
			headers: { authorization: `Bearer ${anna.token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
			body: JSON.stringify({ phone: anna.phone, delivery: PICKUP }),
		}
		const answers = await Promise.all(Array.from({ length: 8 }, () => ask('/v1/orders', click)))
		assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201])
		assert.equal(new Set(answers.map((answer): unknown => JSON.parse(answer.text).id)).size, 1)
		await eventually(async () => assert.equal(answering('/v1/orders').size, 2))
		assert.equal((await shop.sql`select from orders where customer_id = ${anna.id}`).count, 1)
	})

	test('the operator sees the sum over all, and whether they serve', async () => {
		const asked = await metric(PRODUCTS_ANSWERED)
		await Promise.all(Array.from({ length: 6 }, () => ask('/v1/products')))
		await eventually(async () => assert.equal(await metric(PRODUCTS_ANSWERED), asked + 6))
		assert.equal(await metric('outbox_waiting'), 0)
		assert.ok((await metric('process_resident_memory_bytes')) > 150_000_000, 'three processes, not one')
		assert.equal((await fetch(`${operator}/health/ready`)).status, 200)
	})

	test('one that is killed is told of and replaced; the others go on, and what it counted stays counted', async () => {
		const counted = await metric(PRODUCTS_ANSWERED)
		const [victim = 0, other = 0] = serving()
		process.kill(victim, 'SIGKILL')
		await outputOf(service, new RegExp(`process ${victim} ended by SIGKILL.*started again`))
		const answers = await Promise.all(Array.from({ length: 6 }, () => ask('/v1/products')))
		assert.ok(answers.every(({ status }) => status === 200))
		await eventually(async () => {
			await ask('/v1/products')
			const now = serving()
			assert.ok(now.length === 2 && now.includes(other) && now.every((pid) => answering().has(pid)))
		})
		assert.ok((await metric(PRODUCTS_ANSWERED)) >= counted + 6)
	})

	test('a port that is taken is told of once, in words, and nobody is left behind', async () => {
		const second = startProcess({ ...shop.settings, ROLE: 'api', WORKERS: '2', PORT: new URL(url).port, LOG_LEVEL: 'info' })
		assert.equal(await second.ended, 1)
		assert.equal(second.output().match(/EADDRINUSE/g)?.length, 1, second.output())
	})
})

suite('The first process', () => {
	test('killed, leaves nobody who serves: what was taken is answered, then the others end; and it can be started again', async () => {
		const members = serving()
		const cart = await holdCart(shop.sql, anna.id)
		const taken = createClient(url, anna.token).put('/cart/items/1', { body: { quantity: 7 } })
		await waitsForLock(shop.sql)
		service.child.kill('SIGKILL')
		await eventually(() => assert.rejects(ask('/health/live'), { code: 'ECONNREFUSED' }))
		await cart.release()
		assert.equal((await taken).status, 200)
		await eventually(async () => assert.ok(!members.some(isRunning)))
		await shop.close()
		await start()
		assert.equal((await createClient(url, anna.token).get('/cart')).body.items[0].quantity, 7)
	})

	test('asked to end under load, with all its group as by Ctrl-C, answers each request that was taken', async () => {
		const members = serving()
		let answered = 0
		const buy = async (person: Person) => {
			const client = createClient(url, person.token)
			for (;;) {
				const answer = await client.put('/cart/items/1', { body: { quantity: 1 + (answered % 9) } }).catch(() => undefined)
				if (answer === undefined) return
				assert.equal(answer.status, 200)
				answered += 1
			}
		}
		const load = Promise.all(people.map(buy))
		await eventually(async () => assert.ok(answered > 100))
		for (const pid of [...members, service.child.pid ?? 0]) process.kill(pid, 'SIGINT')
		await load
		assert.equal(await service.ended, 0)
		assert.ok(!members.some(isRunning))
		const logged = log().filter(({ msg, route }) => msg === 'request' && route === '/v1/cart/items/:product_id')
		assert.deepEqual([logged.length, logged.every(({ status }) => status === 200)], [answered, true])
		assert.equal(log().filter(({ msg }) => msg === 'closed').length, 3)
	})
})

suite('Processes that can’t be had', () => {
	test('those that end at once, again and again, end the whole after a bounded number of tries', async () => {
		const dying = startProcess({}, 'test/support/dying-crew.ts')
		assert.equal(await dying.ended, 0)
		assert.match(
			dying.output(),
			/gave up: Error: A process that serves HTTP \(WORKERS\) ended 5 times in a row.*ended with exit code 3/,
		)
		assert.deepEqual(
			[...dying.output().matchAll(/"retry_ms":(\d+)/g)].map(([, ms]) => ms),
			['10', '20', '40', '40'],
		)
	})

	test('are refused by name: of a role without HTTP, none, or too many', async () => {
		const refused = async (settings: Record<string, string>, said: RegExp) => {
			const wrong = startProcess({ DATA_DIR: join(dataDir, 'never'), ...settings })
			assert.equal(await wrong.ended, 1)
			assert.match(wrong.output(), said)
		}
		await refused({ ROLE: 'worker', WORKERS: '2' }, /- WORKERS must be left out with ROLE=worker/)
		for (const WORKERS of ['0', '65', 'many']) await refused({ WORKERS }, /- WORKERS must be/)
	})
})
