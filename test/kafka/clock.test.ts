import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFakedClock, whyNoFakedClock } from '../support/faked-clock.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { startTestShop } from '../support/shop.ts'

const DAY_S = 24 * 60 * 60
/** A broker takes nothing that is an hour ahead of it, and drops at once what is older than the topic keeps. */
const JUMPS_S = [400 * DAY_S, -400 * DAY_S]
const NEAR_MS = 10 * 60_000

test('What a worker with a wrong clock publishes is taken, and has the broker’s time', { skip: whyNoFakedClock() }, async () => {
	const shop = await startTestShop({ ROLE: 'api' })
	const clock = await createFakedClock()
	const worker = startProcess({ ...shop.settings, ROLE: 'worker', LOG_LEVEL: 'info', ...clock.settings })
	await outputOf(worker, /"msg":"ready"/)
	await putProducts(shop, { id: 1 })
	const person = await registerPerson(shop)
	for (const offsetS of JUMPS_S) {
		await clock.jumpTo(offsetS)
		const { id } = await placeOrder(person, { 1: 1 })
		const { raw } = await shop.topics.find('orders', ({ key }) => key === id)
		assert.ok(Math.abs(raw.publishedAt.getTime() - Date.now()) < NEAR_MS, raw.publishedAt.toISOString())
	}
	assert.equal((await shop.sql`select from dead_letters`).count, 0)
	worker.child.kill('SIGTERM')
	assert.equal(await worker.ended, 0, worker.output())
})
