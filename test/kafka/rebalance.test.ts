import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin } from '@platformatic/kafka'
import type { IncomingMessage, OutgoingMessage, Topics } from '../../src/platform/topics/port.ts'
import { eventually } from '../support/eventually.ts'
import { openKafkaTopics } from '../support/kafka-topics.ts'

const brokers = (process.env['TEST_KAFKA_BROKERS'] ?? '').split(',')
const BATCH = { batchMax: 100, gatherMs: 20 } as const
/** Longer than a request may take: who wants to join has to ask again. */
const SLOW_MS = 12_000
/** Two batches, and what a busy machine needs. */
const WORKED_OFF_WITHIN_MS = 60_000
/** Well below the 30 s of a session. */
const AT_ONCE_MS = 10_000

const open = (): Topics => openKafkaTopics(brokers, 'rebalance')

async function openWithTopic(): Promise<{ topics: Topics; topic: string }> {
	const topics = open()
	const topic = `rebalance-${randomUUID().slice(0, 8)}`
	await topics.ensureTopics([{ name: topic, retentionMs: 3_600_000, compacted: false, maxMessageBytes: 100_000 }])
	return { topics, topic }
}

const messages = (topic: string, count: number): OutgoingMessage[] =>
	Array.from({ length: count }, (_, number) => ({
		topic,
		key: Buffer.from(`key ${number}`),
		value: Buffer.from(String(number)),
		headers: {},
	}))

test('a member that joins waits for the batch in hand, so that nothing comes twice', async () => {
	const { topics, topic } = await openWithTopic()
	await topics.publishBatch(messages(topic, 200))
	const got: { who: string; message: IncomingMessage }[] = []
	const consume = (who: string, on: Topics, ms: number) =>
		on.runConsumer({
			...BATCH,
			group: topic,
			topic,
			handle: async (batch) => {
				await sleep(ms)
				got.push(...batch.map((message) => ({ who, message })))
			},
		})
	consume('slow', topics, SLOW_MS)
	await sleep(1_500)
	consume('new', open(), 0)
	await eventually(async () => assert.equal(got.length, 200), WORKED_OFF_WITHIN_MS)
	await sleep(SLOW_MS + 1_000)
	assert.equal(got.length, 200)
	assert.equal(new Set(got.map(({ message }) => message.value?.toString())).size, 200)
	assert.ok(got.some(({ who }) => who === 'new'))
})

test('who is started again after its process was killed goes on at once, not when the session of the dead one ends', async () => {
	const { topics, topic } = await openWithTopic()
	await topics.publishBatch(messages(topic, 10))
	const script = join(import.meta.dirname, '../support/consuming-process.ts')
	const child = spawn(process.execPath, [script, brokers.join(), topic], { stdio: ['ignore', 'pipe', 'inherit'] })
	await once(child.stdout, 'data')
	child.kill('SIGKILL')
	await once(child, 'close')

	await topics.publishBatch(messages(topic, 10))
	const got: IncomingMessage[] = []
	topics.runConsumer({ ...BATCH, group: topic, topic, handle: async (batch) => void got.push(...batch) })
	await eventually(async () => assert.ok(got.length >= 10), AT_ONCE_MS)
})

test('partitions that are added to a topic are consumed without a restart', async () => {
	const { topics, topic } = await openWithTopic()
	const partitions = new Set<number>()
	topics.runConsumer({
		...BATCH,
		group: topic,
		topic,
		handle: async (batch) => batch.forEach(({ partition }) => partitions.add(partition)),
	})
	await topics.publishBatch(messages(topic, 200))
	await eventually(async () => assert.equal(partitions.size, 6))

	const admin = new Admin({ clientId: 'operator', bootstrapBrokers: brokers })
	// Null: the broker chooses where they go.
	await admin.createPartitions({ topics: [{ name: topic, count: 9, assignments: null }] })
	await admin.close()
	// A publisher hears of it later than this test likes; a new one at once.
	await open().publishBatch(messages(topic, 400))
	await eventually(async () => assert.equal(partitions.size, 9), 40_000)
})
