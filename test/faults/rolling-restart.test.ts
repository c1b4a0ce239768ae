import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBalancer } from '../support/balancer.ts'
import { failedIn } from '../support/book.ts'
import { eventually } from '../support/eventually.ts'
import { watch, type Watcher } from '../support/event-stream.ts'
import { newInstance } from '../support/instance.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import type { Person } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** Longer than the balancer takes to see that one leaves: two looks, a hundred milliseconds apart, on a machine that may be busy. */
const DRAIN_SECONDS = '2'
/** Half of those who shop follow their orders. */
const WATCHERS = 4
/** Browsers come again within five seconds. */
const TOLD_WITHIN_MS = 30_000
/** With all of them there. */
const AFTERWARDS_MS = 1_000

/** Each is told every change of the customer's orders since the first one that it was told, once, in order. */
async function assertToldAll({ sql }: TestShop, { id }: Person, { told }: Watcher): Promise<number> {
	return eventually(async () => {
		const [first] = told
		assert.ok(first, 'somebody was told something')
		const changes = await sql<{ id: string; order: string; version: number; status: string }[]>`
			select h.seq::text as id, h.order_id as "order", h.version, h.status from order_history as h
			join orders on orders.id = h.order_id where customer_id = ${id} and h.seq >= ${Number(first.id)} order by h.seq`
		const heard = told.map(({ id: seq, data }) => ({ id: seq, order: data.order_id, version: data.version, status: data.status }))
		assert.deepEqual(heard, [...changes])
		return heard.length
	}, TOLD_WITHIN_MS)
}

suite('A shop whose instances are restarted one after the other while people order', () => {
	for (const { of, rounds, settings } of [
		{ of: 'two processes', rounds: 5, settings: {} },
		{ of: 'two instances of several processes (WORKERS)', rounds: 1, settings: { WORKERS: '2' } },
	])
		test(`answers each request, and streams miss nothing: ${of}`, async (t) => {
			const seed = randomInt(2 ** 31)
			t.diagnostic(`seed ${seed}`)
			// To look into the database; people ask the instances behind the balancer, which do all the work.
			const shop = await startTestShop({ ROLE: 'api' })
			const all = { ...shop.settings, ROLE: 'all', LOG_LEVEL: 'warn', DRAIN_SECONDS, ...settings }
			const instances = [await newInstance(all), await newInstance(all)]
			const balancer = await startBalancer(instances.map(({ url }) => url))
			for (const instance of instances) instance.start()
			for (const instance of instances) await instance.ready(balancer)
			const seenAfterMs: number[] = []
			const endedAfterMs: number[] = []
			const watchers = new Map<Person, Watcher>()
			const book = await underLoad({ shop, url: balancer.url, seed }, async (_book, people) => {
				for (const person of people.slice(0, WATCHERS))
					watchers.set(person, watch(`${balancer.url}/v1/me/events`, { token: person.token }))
				for (const watcher of watchers.values()) await watcher.waitOpen()
				for (let round = 0; round < rounds; round++) {
					for (const instance of instances) {
						const [ended, seen] = await Promise.all([instance.stop(), instance.away(balancer)])
						endedAfterMs.push(ended)
						seenAfterMs.push(seen)
						instance.start()
						await instance.ready(balancer)
					}
				}
				await sleep(AFTERWARDS_MS)
			})
			t.diagnostic(
				`the balancer saw that one leaves after ${seenAfterMs.join(', ')} ms; it ended after ${endedAfterMs.join(', ')} ms`,
			)
			t.diagnostic(`${book.seen.length} requests were asked`)
			t.diagnostic(await assertNothingIsLost(shop, book))
			let told = 0
			for (const [person, watcher] of watchers) {
				told += await assertToldAll(shop, person, watcher)
				watcher.close()
			}
			const opened = [...watchers.values()].map((watcher) => watcher.opened())
			t.diagnostic(`${told} changes were told on streams, which were opened ${opened.join(', ')} times`)
			assert.deepEqual({ failed: failedIn(book), broken: balancer.broken }, { failed: [], broken: [] })
			assert.ok(Math.min(...opened) > 1, 'streams were ended, and came again')
			for (const instance of instances) await instance.stop()
		})
})
