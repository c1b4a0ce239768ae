import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import { createLeadership } from '../../src/platform/db/leadership.ts'
import { createSignals } from '../../src/platform/db/signals.ts'
import { createEmbeddedTopics } from '../../src/platform/topics/embedded.ts'
import type { IncomingMessage, Topics } from '../../src/platform/topics/port.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { topicsKeepTheirPromises } from '../support/topics-contract.ts'

let database: TestDatabase
const closers: (() => Promise<void>)[] = []
before(async () => {
	database = await createTestDatabase()
})
after(async () => {
	for (const close of closers) await close()
})

async function open(): Promise<Topics> {
	const { sql, url } = database
	const log = pino({ level: 'silent' })
	const signals = createSignals(sql, log)
	const topics = createEmbeddedTopics({ sql, signals, leadership: createLeadership(url, log), log })
	closers.push(topics.close, signals.close)
	return topics
}

topicsKeepTheirPromises(open)

test('Of large messages fewer come at a time than were asked for, and all of them come', async () => {
	const topics = await open()
	const topic = 'large'
	const large = Array.from({ length: 5 }, () => ({ topic, key: null, value: randomBytes(5 * 1024 * 1024), headers: {} }))
	await topics.ensureTopics([{ name: topic, retentionMs: 3_600_000, compacted: false, maxMessageBytes: 12 * 1024 * 1024 }])
	assert.deepEqual(await topics.publishBatch(large), [])
	const got: IncomingMessage[][] = []
	topics.runConsumer({ group: topic, topic, batchMax: 100, gatherMs: 20, handle: async (batch) => void got.push([...batch]) })
	await eventually(async () => assert.equal(got.flat().length, large.length))
	assert.deepEqual(
		got.map((batch) => batch.length),
		[2, 2, 1],
	)
	assert.ok(got.flat().every(({ value }, index) => value?.equals(large[index]?.value ?? Buffer.alloc(0))))
	const read: bigint[] = []
	for await (const { offset } of topics.read(topic, { fromBeginning: true, follow: false })) read.push(offset)
	assert.deepEqual(read, [0n, 1n, 2n, 3n, 4n])
})
