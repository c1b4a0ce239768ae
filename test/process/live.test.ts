import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { freePort } from '../../src/platform/free-port.ts'
import type { Client } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { historyOf, watch, type Watcher } from '../support/event-stream.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startProcess, urlOf } from '../support/process.ts'
import { startProxiedShop } from '../support/proxy.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey } from '../support/staff.ts'

/** Whoever follows an order is told each change once, whatever ends meanwhile. */
let shop: TestShop
let anna: Person
let inventory: Client
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	inventory = await serviceWithKey(shop, 'orders:status')
})

/** By the instance of the test, which is never the one whose streams are read. */
async function move(id: string, status: string, by: Client = inventory): Promise<void> {
	const changed = await by.post(`/orders/${id}/status`, { body: { event_id: randomUUID(), status } })
	assert.equal(changed.status, 200, changed.text)
}

async function expectWholeHistory(watcher: Watcher, person: Person, id: string): Promise<void> {
	const { body: order } = await person.get(`/orders/${id}`)
	const told = await watcher.wait(order.history.length)
	assert.deepEqual(
		told.map(({ data }) => [data.version, data.status]),
		historyOf(order),
	)
}

suite('An instance with open streams', () => {
	/** On one port, so that who comes again comes to the next one. */
	const startOn = async (port: number) => {
		const service = startProcess({
			...shop.settings,
			ROLE: 'api',
			NODE_ENV: 'development',
			LOG_LEVEL: 'silent',
			PORT: String(port),
		})
		return { ...service, url: await urlOf(service) }
	}

	for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
		test(`is ended by ${signal}: its readers come to the next one, and are told what they missed`, async () => {
			const port = await freePort('127.0.0.1')
			const first = await startOn(port)
			const { id } = await placeOrder(anna, { 1: 1 })
			const watcher = watch(`${first.url}/v1/orders/${id}/events`, { token: anna.token })
			await watcher.wait(1)
			await move(id, 'assembling')
			await watcher.wait(2)
			first.child.kill(signal)
			const code = await first.ended
			assert.equal(code, signal === 'SIGTERM' ? 0 : null)
			await move(id, 'ready')
			const next = await startOn(port)
			await eventually(() => expectWholeHistory(watcher, anna, id))
			await move(id, 'received')
			await expectWholeHistory(watcher, anna, id)
			watcher.close()
			next.child.kill('SIGTERM')
			assert.equal(await next.ended, 0)
		})
	}
})

suite('A database that is away for a while', () => {
	test('leaves the streams open; when it is back they are told what happened', async () => {
		const away = await startProxiedShop()
		const boris = await registerPerson(away.shop)
		await putProducts(away.shop, { id: 1 })
		const { id } = await placeOrder(boris, { 1: 1 })
		const other = await startTestShop({ ...away.shop.settings, DATABASE_URL: away.database.url, ROLE: 'api' })
		const key = await serviceWithKey(other, 'orders:status')
		const watcher = watch(`${away.shop.url}/v1/orders/${id}/events`, { token: boris.token })
		await watcher.wait(1)
		for (const [status, how] of [
			['assembling', 'reset'],
			['ready', 'end'],
		] as const) {
			away.proxy.cut(how)
			await move(id, status, key)
			away.proxy.heal()
			await expectWholeHistory(watcher, { ...boris, ...other.guest.as(boris.token) }, id)
		}
	})
})
