import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IncomingMessage, OutgoingMessage, Topics } from '../../src/platform/topics/port.ts'
import { atEnd } from '../support/at-end.ts'
import { type Broker, startBroker } from '../support/broker.ts'
import { eventually } from '../support/eventually.ts'
import { openKafkaTopics } from '../support/kafka-topics.ts'

const TOPIC = 'survivors'
const KEYS = 5
const COUNT = 4_000
const BATCH = 50
const AWAY_MS = 4_000
const SEND_TIMEOUT_MS = 20_000
const HEALING_MS = 60_000

let broker: Broker
let topics: Topics
before(async () => {
	broker = await startBroker()
	atEnd(() => broker.stop())
	topics = openKafkaTopics([broker.address], 'survivor')
	await topics.ensureTopics([{ name: TOPIC, retentionMs: 3_600_000, compacted: false, maxMessageBytes: 100_000 }])
})

/** Sends as the relay does: a batch that throws is sent again until it does not. Returns how often it threw. */
async function publishAll(pauseMs: number): Promise<number> {
	let failures = 0
	for (let from = 0; from < COUNT; from += BATCH) {
		const batch = Array.from({ length: BATCH }, (_, index): OutgoingMessage => {
			const number = from + index
			return { topic: TOPIC, key: Buffer.from(`key ${number % KEYS}`), value: Buffer.from(String(number)), headers: {} }
		})
		for (let sent = false; !sent; ) {
			try {
				assert.deepEqual(await topics.publishBatch(batch), [])
				sent = true
			} catch (error) {
				assert.ok(!(error instanceof assert.AssertionError), 'a broker that is away is no refusal')
				failures++
				await sleep(100)
			}
		}
		await sleep(pauseMs)
	}
	return failures
}

test('a broker that is killed in mid-stream loses nothing, and each key keeps its order', async () => {
	const got: IncomingMessage[] = []
	topics.runConsumer({
		group: 'survivors',
		topic: TOPIC,
		batchMax: 100,
		gatherMs: 20,
		handle: async (batch) => {
			await sleep(10)
			got.push(...batch)
		},
	})
	const publishing = publishAll(20)
	await eventually(async () => assert.ok(got.length > 500))
	await broker.kill()
	const before = got.length
	await sleep(AWAY_MS)
	await broker.restart()
	await publishing

	await eventually(async () => assert.equal(new Set(got.map(({ value }) => value?.toString())).size, COUNT), HEALING_MS)
	assert.ok(before < COUNT, 'it was killed in the middle')
	for (let key = 0; key < KEYS; key++) {
		const numbers = got.filter((one) => one.key?.toString() === `key ${key}`).map(({ value }) => Number(value?.toString()))
		const firstSeen = [...new Set(numbers)]
		assert.deepEqual(
			firstSeen,
			firstSeen.toSorted((one, other) => one - other),
			`key ${key}`,
		)
	}
})

test('publishing without a broker throws in time, and works again by itself when the broker is back', async () => {
	const message = { topic: TOPIC, key: Buffer.from('later'), value: Buffer.from('here I am'), headers: {} }
	await broker.kill()
	const start = performance.now()
	await assert.rejects(topics.publishBatch([message]))
	assert.ok(performance.now() - start < SEND_TIMEOUT_MS)
	await broker.restart()
	await eventually(async () => assert.deepEqual(await topics.publishBatch([message]), []), HEALING_MS)
})
