import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../support/eventually.ts'
import { assertSeen, followOrders } from '../support/follow-orders.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { createChance } from '../support/sample.ts'
import { startTestShop } from '../support/shop.ts'

const KILLS = 20
/** How long one lives at most once it works. */
const LIFE_MAX_MS = 1_500
const BACKLOG_GONE_WITHIN_MS = 10_000

suite('A worker that is killed again and again while people order', () => {
	test('leaves its work to the next: each event goes out, in order, and none under a second id', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const shop = await startTestShop({ ROLE: 'api' })
		const startWorker = async () => {
			const worker = startProcess({ ...shop.settings, ROLE: 'worker', LOG_LEVEL: 'info' })
			await outputOf(worker, /"msg":"ready"/)
			return worker
		}
		let worker = await startWorker()
		const warehouse = followOrders(shop)
		const chance = createChance(seed)
		const book = await underLoad({ shop, url: shop.url, seed }, async () => {
			for (let kills = 0; kills < KILLS; kills++) {
				await sleep(chance.below(LIFE_MAX_MS))
				worker.child.kill('SIGKILL')
				assert.equal(await worker.ended, null, worker.output())
				worker = await startWorker()
			}
		})
		const stoppedAt = performance.now()
		const backlog = async () => assert.equal((await shop.sql`select from outbox limit 1`).count, 0)
		await eventually(backlog, BACKLOG_GONE_WITHIN_MS)
		t.diagnostic(`the backlog was gone ${Math.round(performance.now() - stoppedAt)} ms after the last order`)
		t.diagnostic(await assertNothingIsLost(shop, book))
		t.diagnostic(await assertSeen(shop, warehouse))
		await warehouse.close()
		worker.child.kill('SIGTERM')
		assert.equal(await worker.ended, 0, worker.output())
	})
})
