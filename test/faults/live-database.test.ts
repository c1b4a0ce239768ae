import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { historyOf, watch } from '../support/event-stream.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startWithOwnDatabase } from '../support/own-database.ts'
import { postmasterOf } from '../support/postmaster.ts'
import { serviceWithKey } from '../support/staff.ts'

/** PostgreSQL is started again and recovers; then those who watch come again. */
const BACK_WITHIN_MS = 60_000

suite('An order that is followed while the database is killed', () => {
	test('is told on when the database is back: each change once, those from before the kill and those after it', async () => {
		const { program, url, dataDir, shop } = await startWithOwnDatabase()
		await putProducts(shop, { id: 1 })
		const anna = await registerPerson(shop)
		const { id } = await placeOrder(anna, { 1: 1 })
		const inventory = await serviceWithKey(shop, 'orders:status')
		const move = (status: string) => inventory.post(`/orders/${id}/status`, { body: { event_id: `${id} ${status}`, status } })
		const watchers = [
			watch(`${url}/v1/orders/${id}/events`, { token: anna.token }),
			watch(`${url}/v1/me/events`, { token: anna.token, lastEventId: '0' }),
		]
		await watchers[0]?.wait(1)

		// The kill follows on the answer, before anybody has looked for what was committed.
		assert.equal((await move('assembling')).status, 200)
		process.kill(await postmasterOf(dataDir), 'SIGKILL')
		await eventually(async () => assert.equal((await move('ready')).status, 200), BACK_WITHIN_MS)
		await eventually(async () => assert.equal((await move('received')).status, 200), BACK_WITHIN_MS)

		const { body: order } = await eventually(async () => {
			const answer = await anna.get(`/orders/${id}`)
			assert.equal(answer.status, 200)
			return answer
		})
		const history = historyOf(order)
		assert.equal(history.length, 4)
		for (const [index, watcher] of watchers.entries()) {
			// Who follows all orders is not told of the placing.
			const expected = history.slice(index)
			await eventually(async () => assert.ok(watcher.told.length >= expected.length), BACK_WITHIN_MS)
			assert.deepEqual(
				watcher.told.map(({ data }) => [data.version, data.status]),
				expected,
			)
		}
		assert.match(program.output(), /PostgreSQL ended and is started again/)
		for (const watcher of watchers) watcher.close()
		await shop.close()
		program.child.kill('SIGTERM')
		assert.equal(await program.ended, 0)
	})
})
