import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, headerOf, openConnection, requestBytes } from '../../bench/load/connection.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { putProducts, registerPeople } from '../support/people.ts'
import { startProcess, urlOf } from '../support/process.ts'
import { startTestShop } from '../support/shop.ts'

/** Longer than anybody waits for an answer. */
const FROZEN_MS = 6_000
const ARRIVES_WITHIN_MS = 200
const SERVED_WITHIN_MS = 5_000
const PATH = '/v1/cart/items/1'

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
})
