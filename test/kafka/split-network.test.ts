import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { writtenIn } from '../support/book.ts'
import { createTestDatabase } from '../support/database.ts'
import { layFarMachines, whyNoFarMachines } from '../support/far-machines.ts'
import { type Passage, passageOf } from '../support/healing.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { startProxiedBroker, startProxy } from '../support/proxy.ts'
import { type Settings, startTestShop } from '../support/shop.ts'

const skip = whyNoFarMachines()
const DOWN_MS = 30_000
const BEFORE_MS = 3_000
/** A second look, when all should be as before. */
const AFTER_MS = 5_000
const HEALED_WITHIN_MS = 10_000
/** A request's own deadline, and the time in which a busy machine tells of it. */
const ANSWERED_WITHIN_MS = 6_000

/** A database and a broker on this machine, an API and a worker on machines of their own. */
async function startFarShop() {
	const machines = layFarMachines()
	const { broker, farAddress } = await startProxiedBroker(machines.address)
	const database = await createTestDatabase()
	const way = await startProxy(database.url, machines.address)
	const shop = await startTestShop({ DATABASE_URL: database.url, KAFKA_BROKERS: broker.address, ROLE: 'api' })
	const start = async (settings: Settings) => {
		const machine = machines.add()
		const far = { ...shop.settings, DATABASE_URL: way.url, KAFKA_BROKERS: farAddress, LOG_LEVEL: 'info', HOST: machine.address }
		const service = startProcess({ ...far, ...settings }, 'src/main.ts', machine.by)
		const [said] = await outputOf(service, /.*"msg":"ready"/)
		return { ...service, url: /"url":"([^"]+)"/.exec(said)?.[1] ?? '' }
	}
	const [api, worker] = [await start({ ROLE: 'api' }), await start({ ROLE: 'worker' })]
	return { machines, shop, api, worker }
}

suite('A network that is split for thirty seconds between the service and its database and broker, while people order', {
	skip,
}, () => {
	test('has them told in time to come again, and when it is whole all is soon as before: nothing is lost or doubled', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const { machines, shop, api, worker } = await startFarShop()
		let [downAt, upAt] = [0, 0]
		const passages: Passage[] = []
		const book = await underLoad({ shop, url: api.url, seed }, async (book) => {
			await sleep(BEFORE_MS)
			downAt = performance.now()
			machines.takeDown()
			await sleep(DOWN_MS)
			machines.bringUp()
			upAt = performance.now()
			passages.push(await passageOf(shop, book))
			await sleep(AFTER_MS)
			passages.push(await passageOf(shop, book))
		})
		const refused = book.seen.filter(({ status }) => status === 503)
		const lastRefusal = Math.max(...refused.map(({ at, ms }) => at + ms)) - upAt
		const times = passages.map(({ inMs, outMs }) => `in after ${inMs} ms, out after ${outMs} ms`).join('; a while later ')
		t.diagnostic(`healed: the last was told to come again after ${Math.round(lastRefusal)} ms; messages ${times}`)
		t.diagnostic(await assertNothingIsLost(shop, book))

		const written = writtenIn(book).filter(({ at }) => at > downAt && at < upAt)
		assert.ok(written.length < book.seen.length / 2, 'the lines were down')
		assert.ok(refused.length > 0)
		const longest = Math.max(...book.seen.map(({ ms }) => ms))
		assert.ok(longest < ANSWERED_WITHIN_MS, `one took ${longest} ms`)
		assert.ok(book.seen.every(({ status }) => status !== 0))
		assert.ok(Math.max(lastRefusal, ...passages.flatMap(({ inMs, outMs }) => [inMs, outMs])) < HEALED_WITHIN_MS)
		for (const service of [api, worker]) {
			service.child.kill('SIGTERM')
			assert.equal(await service.ended, 0, service.output())
		}
	})
})
