import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, headerOf, openConnection, requestBytes } from '../../bench/load/connection.ts'
import { codeOf, createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { hold, waitsForLock } from '../support/hold-cart.ts'
import { COURIER, placeOrder, putProducts, registerPeople, registerPerson } from '../support/people.ts'
import { startProcess, urlOf } from '../support/process.ts'
import { startTestShop } from '../support/shop.ts'

/** Longer than anybody waits for an answer. */
const FROZEN_MS = 6_000
const ARRIVES_WITHIN_MS = 200
const SERVED_WITHIN_MS = 5_000
const PATH_OF_ITEM = '/cart/items/1'
const PATH = `/v1${PATH_OF_ITEM}`
/** Whatever it goes on with. */
const WRITTEN_WITHIN_MS = 2_000

/** A connection on which one asks and waits for no answer. */
function connectTo(url: string) {
	const answered = Promise.withResolvers<Answer>()
	const { send, close } = openConnection({ url: new URL(url), onAnswer: answered.resolve, onFault: answered.reject })
	return { send, close, answer: answered.promise }
}

suite('An instance that stood still (SIGSTOP) while people asked it', () => {
	test('does nothing of what they have given up and done elsewhere since', async () => {
		const shop = await startTestShop()
		await putProducts(shop, { id: 1 })
		const [anna, boris, clara] = await registerPeople(shop, 3)
		assert.ok(anna && boris && clara)
		const instance = startProcess({ ...shop.settings, NODE_ENV: 'development', ROLE: 'api', LOG_LEVEL: 'warn' })
		const url = await urlOf(instance)
		const put = (token: string) =>
			requestBytes({ method: 'PUT', path: PATH, headers: { authorization: `Bearer ${token}` }, json: { quantity: 1 } })
		const [head, body] = [put(clara.token).subarray(0, -1), put(clara.token).subarray(-1)]
		const [annas, claras] = [connectTo(url), connectTo(url)]
		claras.send(head)
		await sleep(ARRIVES_WITHIN_MS)
		const frozenAt = performance.now()
		instance.child.kill('SIGSTOP')
		const boriss = connectTo(url)
		annas.send(put(anna.token))
		boriss.send(put(boris.token))
		claras.send(body)
		const staying = connectTo(url)
		staying.send(put(anna.token))
		await sleep(ARRIVES_WITHIN_MS)
		for (const given of [annas, boriss, claras]) given.close()
		for (const person of [anna, boris, clara])
			assert.equal((await person.put('/cart/items/1', { body: { quantity: 2 } })).status, 200)
		await sleep(frozenAt + FROZEN_MS - performance.now())
		instance.child.kill('SIGCONT')

		const { status, head: headers } = await staying.answer
		staying.close()
		assert.equal(status, 503)
		assert.match(headerOf(headers, 'retry-after') ?? '', /^[1-9]/)
		for (const { token } of [anna, boris, clara]) {
			const again = createClient(url, token)
			await eventually(async () => assert.equal((await again.get('/cart')).status, 200), SERVED_WITHIN_MS)
			assert.equal((await again.get('/cart')).body.items[0].quantity, 2)
		}
	})

	test('places no order by what it had read before: it would stand in the past, of which there is a report', async () => {
		const shop = await startTestShop()
		await putProducts(shop, { id: 1, cost: 100 })
		const anna = await registerPerson(shop)
		const instance = startProcess({ ...shop.settings, NODE_ENV: 'development', ROLE: 'api', LOG_LEVEL: 'warn' })
		const url = await urlOf(instance)
		const asked = createClient(url, anna.token)
		// What it reads an order's ground by is prepared: else it would be read, of what is then, after the freeze.
		for (let orders = 0; orders < 5; orders++) await placeOrder({ ...anna, ...asked }, { 1: 1 })
		await anna.put(PATH_OF_ITEM, { body: { quantity: 1 } })
		const key = { 'idempotency-key': randomUUID() }
		const order = { headers: key, body: { phone: anna.phone, delivery: COURIER, expected_total: 100 } }
		const products = await hold(shop.sql, (tx) => tx`lock table products`)
		const given = asked.post('/orders', order)
		await waitsForLock(shop.sql)
		instance.child.kill('SIGSTOP')
		// What it has asked for is answered now, and lies there.
		await products.release()
		await shop.sql`update products set price = 150`
		assert.deepEqual(codeOf(await anna.post('/orders', order)), [409, 'total_changed'])
		await sleep(FROZEN_MS)
		instance.child.kill('SIGCONT')

		assert.equal((await given).status, 503)
		await eventually(async () => assert.equal((await asked.get('/cart')).status, 200), SERVED_WITHIN_MS)
		await sleep(WRITTEN_WITHIN_MS)
		assert.equal((await shop.sql`select from orders`).count, 5)
		assert.equal((await anna.get('/cart')).body.items[0].quantity, 1)
	})
})
