import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { startTestShop } from '../support/shop.ts'

/** The database waits 10 s for a leader that says nothing; then the one that stands by has the lock within a second. */
const FOLLOWED_WITHIN_MS = 40_000

suite('A process that relays events and is stopped as it is (SIGSTOP)', () => {
	test('is followed by another one, and when it wakes up events still go out once', async () => {
		const shop = await startTestShop()
		await putProducts(shop, { id: 1 })
		const anna = await registerPerson(shop)
		const startWorker = async () => {
			const worker = startProcess({ ...shop.settings, ROLE: 'worker', LOG_LEVEL: 'info' })
			await outputOf(worker, /"msg":"ready"/)
			return worker
		}
		const leader = await startWorker()
		// It takes over from the shop that the test has started, which only answers from now on.
		await shop.close()
		const api = await startTestShop({ ...shop.settings, ROLE: 'api' })
		const toldOf = async (id: string) =>
			(await api.topics.read('orders')).filter(({ key, headers }) => key === id && headers['ce_type'] === 'order.placed').length
		const relayed = (id: string) => eventually(async () => assert.equal(await toldOf(id), 1), FOLLOWED_WITHIN_MS)
		const boris = { ...anna, ...api.guest.as(anna.token) }
		const first = await placeOrder(boris, { 1: 1 })
		await relayed(first.id)
		const next = await startWorker()
		leader.child.kill('SIGSTOP')
		const second = await placeOrder(boris, { 1: 1 })
		await relayed(second.id)
		leader.child.kill('SIGCONT')
		const third = await placeOrder(boris, { 1: 1 })
		await relayed(third.id)
		for (const { id } of [first, second, third]) assert.equal(await toldOf(id), 1)
		for (const worker of [leader, next]) {
			worker.child.kill('SIGTERM')
			assert.equal(await worker.ended, 0)
		}
	})
})
