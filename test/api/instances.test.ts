import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { type Client, createClient } from '../support/client.ts'
import { eventually, insistently } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { type Person, PICKUP, productMessage, putProducts, registerPeople } from '../support/people.ts'
import { outputOf, type ServiceProcess, startProcess } from '../support/process.ts'
import { signInStaff } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const PEOPLE = 8

/** Two that answer, and as many that work as a test wishes: several processes on one database. */
let api: TestShop
let second: TestShop
let people: readonly Person[]
before(async () => {
	api = await startTestShop({ ROLE: 'api' })
	second = await startTestShop(api.settings)
	const worker = await startWorker()
	await putProducts(api, { id: 1, cost: 500 })
	people = await registerPeople(api, PEOPLE)
	await worker.close()
})

const startWorker = () => startTestShop({ ...api.settings, ROLE: 'worker' })

/** A worker as a process of its own, that can be killed. */
async function startWorkerProcess(): Promise<ServiceProcess> {
	const settings = { ...api.settings, ROLE: 'worker', LOG_LEVEL: 'info', PRILAVOK_UNSAFE_DATABASE: '1' }
	const worker = startProcess(settings)
	await outputOf(worker, /"msg":"ready"/)
	return worker
}

/** The person at the other instance. */
const atSecond = (person: Person): Client => createClient(second.url, person.token)

/** Everybody puts a product in by one instance and orders it by the other. Returns the ids of the orders. */
async function everybodyBuys(): Promise<string[]> {
	return Promise.all(
		people.map(async (person, index) => {
			const [filling, placing] = index % 2 ? [person, atSecond(person)] : [atSecond(person), person]
			const put = await insistently(() => filling.put('/cart/items/1', { body: { quantity: index + 1 } }))
			assert.equal(put.status, 200)
			const wish = { headers: { 'idempotency-key': randomUUID() }, body: { phone: person.phone, delivery: PICKUP } }
			const placed = await insistently(() => placing.post('/orders', wish))
			assert.deepEqual([placed.status, placed.body.total], [201, 500 * (index + 1)])
			return placed.body.id
		}),
	)
}

const STEPS = ['assembling', 'ready', 'received'] as const

/** The inventory service moves the orders through all that is left, and tells of each step twice. */
async function move(ids: readonly string[], steps: readonly string[] = STEPS): Promise<void> {
	for (const status of steps) {
		const commands = ids.map((order_id) => ({ value: { event_id: randomUUID(), order_id, status } }))
		await api.topics.publish('orderStatus', ...commands, ...commands)
	}
}

type Told = { readonly text: string; readonly id: string }

/** What was told of each order, in the order of the topic. */
async function told(): Promise<Map<string, Told[]>> {
	const byOrder = new Map<string, Told[]>()
	for (const { key, headers, value } of await api.topics.read('orders')) {
		const text = headers['ce_type'] === 'order.placed' ? 'paid' : value.status
		byOrder.set(key ?? '', [...(byOrder.get(key ?? '') ?? []), { text, id: headers['ce_id'] ?? '' }])
	}
	return byOrder
}

const WHOLE_WAY = ['paid', ...STEPS]

/** Waits until the last thing has been told of each of these orders; then all was told in order, and each once but for its id. */
async function assertToldInOrder(ids: readonly string[]): Promise<Map<string, Told[]>> {
	const seen = await eventually(async () => {
		const now = await told()
		for (const id of ids) assert.equal(now.get(id)?.at(-1)?.text, WHOLE_WAY.at(-1))
		return now
	})
	for (const id of ids) {
		const byId = new Map((seen.get(id) ?? []).map((event) => [event.id, event.text]))
		assert.deepEqual([...byId.values()], WHOLE_WAY)
	}
	return seen
}

async function assertToldOnce(ids: readonly string[]): Promise<void> {
	const seen = await assertToldInOrder(ids)
	for (const id of ids) assert.equal(seen.get(id)?.length, WHOLE_WAY.length)
}

suite('Several instances on one database', () => {
	test('are one shop: what one is told the others know at once', async () => {
		const workers = [await startWorker(), await startWorker()]
		const [person] = people
		assert.ok(person)
		await second.topics.publish('products', { value: productMessage({ id: 2, cost: 120 }) })
		for (const { guest } of [api, second]) {
			await eventually(async () => assert.equal((await guest.get('/products/2')).body.price, 120))
		}
		await person.put('/cart/items/2', { body: { quantity: 3 } })
		assert.equal((await atSecond(person).get('/cart')).body.total, 360)
		const wish = { headers: { 'idempotency-key': randomUUID() }, body: { phone: person.phone, delivery: PICKUP } }
		const placed = await atSecond(person).post('/orders', wish)
		assert.equal((await person.get(`/orders/${placed.body.id}`)).text, placed.text)
		assert.deepEqual((await person.get('/cart')).body.items, [])
		const operator = await signInStaff(second, 'operator')
		const seen = await createClient(api.url, operator.token).get(`/admin/orders/${placed.body.id}`)
		assert.equal(seen.body.status, 'paid')
		await move([placed.body.id])
		await assertToldOnce([placed.body.id])
		await Promise.all(workers.map((worker) => worker.close()))
	})

	test('know at once who is signed out at another one', async () => {
		const worker = await startWorker()
		const [anna, boris] = await registerPeople(api, 2)
		assert.ok(anna && boris)
		for (const person of [anna, boris]) assert.equal((await atSecond(person).get('/me')).status, 200)
		const [session] = (await boris.get('/me/sessions')).body.data
		assert.equal((await atSecond(anna).delete('/sessions/current')).status, 204)
		assert.equal((await atSecond(boris).delete(`/me/sessions/${session.id}`)).status, 204)
		for (const person of [anna, boris]) {
			for (const who of [person, atSecond(person)]) assert.equal((await who.get('/me')).status, 401)
		}
		await worker.close()
	})

	test('of which several work tell everything once and in order', async () => {
		const workers = await Promise.all([startWorker(), startWorker(), startWorker()])
		const ids: string[] = []
		for (let round = 0; round < 3; round++) {
			const placed = await everybodyBuys()
			ids.push(...placed)
			await move(placed)
		}
		await assertToldOnce(ids)
		await Promise.all(workers.map((worker) => worker.close()))
	})

	test('go on selling when none works, and tell of it when one does', async () => {
		const ids = [...(await everybodyBuys()), ...(await everybodyBuys())]
		await move(ids, ['assembling'])
		const seen = await told()
		assert.ok(ids.every((id) => !seen.has(id)))
		const worker = await startWorker()
		await move(ids, ['ready', 'received'])
		await assertToldOnce(ids)
		await worker.close()
	})
})

/** Everybody buys several times, and the inventory moves each order as soon as it is placed. */
async function buyAndMove(rounds: number): Promise<string[]> {
	const ids: string[] = []
	for (let round = 0; round < rounds; round++) {
		const placed = await everybodyBuys()
		await move(placed)
		ids.push(...placed)
	}
	return ids
}

suite('When the worker that leads', () => {
	test('is closed, another takes over: nothing is lost, nothing is told twice', async () => {
		const ids: string[] = []
		let leading = await startWorker()
		for (let round = 0; round < 3; round++) {
			const standby = await startWorker()
			const buying = buyAndMove(2)
			await leading.close()
			ids.push(...(await buying))
			leading = standby
		}
		await assertToldOnce(ids)
		await leading.close()
	})

	test('is killed, another takes over: nothing is lost, and what is told twice has the same id', async () => {
		const ids: string[] = []
		let leading = await startWorkerProcess()
		for (let round = 0; round < 2; round++) {
			const standby = await startWorkerProcess()
			ids.push(...(await buyAndMove(1)))
			leading.child.kill('SIGKILL')
			ids.push(...(await buyAndMove(1)))
			leading = standby
		}
		await assertToldInOrder(ids)
		for (const person of people) {
			const { body } = await person.get('/orders?limit=100')
			for (const { status, version } of body.data) assert.deepEqual([status, version], ['received', 4])
		}
		await assertInvariants(api)
		leading.child.kill('SIGTERM')
		assert.equal(await leading.ended, 0)
	})
})
