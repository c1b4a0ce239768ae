import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Book, writtenIn } from '../support/book.ts'
import { eventually } from '../support/eventually.ts'
import { openKafkaTopics } from '../support/kafka-topics.ts'
import { type Passage, passageOf } from '../support/healing.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { startProxiedBroker } from '../support/proxy.ts'
import { startTestShop } from '../support/shop.ts'

const TOPIC = 'waited-for'
/** Past the look for dead members, which it begins with. */
const SHORT_SILENCE_MS = 8_000
const SILENCE_MS = 30_000
/** Long enough to know how fast people are served. */
const BEFORE_MS = 5_000
/** A second look, when all should be as before. */
const AFTER_MS = 5_000
const HEALED_WITHIN_MS = 10_000
/** How much of the orders a second must be left: the machine is nobody's alone. */
const SHARE_MIN = 0.3
/** Nobody waits for the broker: a request has its own deadline, and a busy machine tells of that a little late. */
const ANSWERED_WITHIN_MS = 6_000

type Span = { readonly from: number; readonly to: number }

/** How fast people were served in that time: changes a second, and what most of them took. */
function speedOf(book: Book, { from, to }: Span) {
	const times = writtenIn(book)
		.filter(({ at, ms }) => at >= from && at + ms <= to)
		.map(({ ms }) => ms)
		.sort((one, other) => one - other)
	const slowest = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0)
	return { perSecond: Math.round((times.length * 1_000) / (to - from)), medianMs: slowest(0.5), p99Ms: slowest(0.99) }
}

const inWords = ({ inMs, outMs }: Passage) => `in after ${inMs} ms, out after ${outMs} ms`

suite('A broker that is silent when somebody begins to consume', () => {
	test('is asked again when it is heard, and its messages come soon', async (t) => {
		const { broker, farAddress, proxy } = await startProxiedBroker()
		const open = (address: string) => openKafkaTopics([address], 'patient')
		const near = open(broker.address)
		await near.ensureTopics([{ name: TOPIC, retentionMs: 3_600_000, compacted: false, maxMessageBytes: 100_000 }])
		await near.publishBatch([{ topic: TOPIC, key: null, value: Buffer.from('at last'), headers: {} }])
		proxy.cut('silence')
		let got = 0
		const handle = async (messages: readonly unknown[]) => void (got += messages.length)
		open(farAddress).runConsumer({ group: TOPIC, topic: TOPIC, batchMax: 10, gatherMs: 0, handle })
		await sleep(SHORT_SILENCE_MS)
		proxy.heal()
		const healedAt = performance.now()
		await eventually(async () => assert.equal(got, 1), HEALED_WITHIN_MS)
		t.diagnostic(`it came ${Math.round(performance.now() - healedAt)} ms after the silence`)
	})
})

suite('A broker that falls silent for thirty seconds while people order', () => {
	test('keeps nobody waiting, and when it is heard again messages go both ways soon: none is lost, none gets a second id', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const { broker, farAddress, proxy } = await startProxiedBroker()
		const shop = await startTestShop({ KAFKA_BROKERS: broker.address, ROLE: 'api' })
		const service = startProcess({ ...shop.settings, KAFKA_BROKERS: farAddress, ROLE: 'all', LOG_LEVEL: 'info' })
		const [, url = ''] = await outputOf(service, /"url":"([^"]+)".*"msg":"ready"/)
		let [silentAt, healedAt] = [0, 0]
		const passages: Passage[] = []
		const book = await underLoad({ shop, url, seed }, async (book) => {
			await sleep(BEFORE_MS)
			silentAt = performance.now()
			proxy.cut('silence')
			await sleep(SILENCE_MS)
			healedAt = performance.now()
			proxy.heal()
			passages.push(await passageOf(shop, book))
			await sleep(AFTER_MS)
			passages.push(await passageOf(shop, book))
		})
		const before = speedOf(book, { from: silentAt - BEFORE_MS, to: silentAt })
		const during = speedOf(book, { from: silentAt, to: healedAt })
		t.diagnostic(`healed: ${passages.map(inWords).join('; a while later ')}`)
		t.diagnostic(`before ${JSON.stringify(before)}, in the silence ${JSON.stringify(during)}`)
		t.diagnostic(await assertNothingIsLost(shop, book))

		assert.ok(Math.max(...passages.flatMap(({ inMs, outMs }) => [inMs, outMs])) < HEALED_WITHIN_MS)
		assert.ok(during.perSecond > SHARE_MIN * before.perSecond)
		const longest = Math.max(...book.seen.filter(({ at }) => at >= silentAt && at < healedAt).map(({ ms }) => ms))
		assert.ok(longest < ANSWERED_WITHIN_MS, `one took ${longest} ms`)
		assert.ok(book.seen.every(({ status }) => status !== 0))
		service.child.kill('SIGTERM')
		assert.equal(await service.ended, 0, service.output())
	})
})
