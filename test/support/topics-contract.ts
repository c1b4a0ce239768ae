import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConsumerOptions, IncomingMessage, OutgoingMessage, Topics } from '../../src/platform/topics/port.ts'
import { eventually } from './eventually.ts'

/** Opens topics as another process on the same ground would; whoever gives it closes what is open at the end of the file. */
export type OpenTopics = () => Promise<Topics>

const MESSAGE_MAX_BYTES = 100_000
const BATCH = { batchMax: 100, gatherMs: 20 } as const
const KEYS = 7
/** Long enough for what must not happen to happen. */
const NOTHING_MS = 500
const LAG_DEADLINE_MS = 5_000

/** What `port.ts` promises, whatever carries the messages. */
export function topicsKeepTheirPromises(open: OpenTopics): void {
	suite('Publishing', () => publishing(open))
	suite('Reading without a group', () => reading(open))
	suite('Consuming for a group', () => consuming(open))
	suite('Sharing a group', () => sharing(open))
}

function publishing(open: OpenTopics): void {
	test('keys, values, tombstones, bytes that are no text, and headers come out as they went in', async () => {
		const { topics, topic } = await openWithTopic(open)
		const sent = [
			message(topic, 'k', 'text'),
			{ topic, key: Buffer.from('gone'), value: null, headers: { why: 'withdrawn' } },
			{ topic, key: null, value: Buffer.from('no key'), headers: {} },
			{ topic, key: Buffer.from([0, 255, 254]), value: randomBytes(1_000), headers: { ce_type: 'тип', empty: '' } },
			{ topic, key: Buffer.alloc(0), value: Buffer.alloc(0), headers: {} },
		]
		assert.deepEqual(await topics.publishBatch(sent), [])
		const read = await readAll(topics, topic)
		for (const { key, value, headers } of sent) {
			const found = read.find((one) => same(one.key, key) && same(one.value, value))
			assert.deepEqual({ ...found?.headers }, headers)
			assert.ok(Math.abs((found?.publishedAt.getTime() ?? 0) - Date.now()) < 60_000)
		}
		assert.equal(read.length, sent.length)
	})

	test('an empty batch is nothing', async () => {
		const topics = await open()
		assert.deepEqual(await topics.publishBatch([]), [])
	})

	test('a message that is too large is refused, and the rest goes', async () => {
		const { topics, topic } = await openWithTopic(open)
		const large: OutgoingMessage = { ...message(topic, 'same', ''), value: randomBytes(MESSAGE_MAX_BYTES * 2) }
		const batch = [...numbered(topic, 0, 20), large, ...numbered(topic, 20, 40), large, ...numbered(topic, 40, 60)]
		const refused = await topics.publishBatch(batch)
		assert.deepEqual(
			refused.map(({ index }) => index),
			[20, 41],
		)
		for (const { reason } of refused) assert.notEqual(reason, '')
		assertInOrder(await readAll(topics, topic), 60)
	})

	test('a message for a topic that does not exist is refused, and the rest goes', async () => {
		const { topics, topic } = await openWithTopic(open)
		const refused = await topics.publishBatch([message('no-such-topic', 'k', 'v'), ...numbered(topic, 0, 3)])
		assert.deepEqual(refused, [{ index: 0, reason: 'the topic no-such-topic does not exist', forGood: true }])
		assertInOrder(await readAll(topics, topic), 3)
	})

	test('batches that are published at the same time keep each its order', async () => {
		const { topics, topic } = await openWithTopic(open)
		const batches = range(0, 10).map((batch) =>
			range(batch * 50, batch * 50 + 50).map((number) => message(topic, `batch ${batch}`, String(number))),
		)
		await Promise.all(batches.map((batch) => topics.publishBatch(batch)))
		assertInOrder(await readAll(topics, topic), 500)
	})

	test('making topics that exist changes nothing', async () => {
		const { topics, topic } = await openWithTopic(open)
		await topics.publishBatch(numbered(topic, 0, 3))
		assert.deepEqual(await topics.ensureTopics([specOf(topic), specOf(`${topic}.other`)]), [])
		assertInOrder(await readAll(topics, topic), 3)
	})
}

function reading(open: OpenTopics): void {
	test('from the beginning it ends at what was the end', async () => {
		const { topics, topic } = await openWithTopic(open)
		assert.deepEqual(await readAll(topics, topic), [])
		await topics.publishBatch(numbered(topic, 0, 1_500))
		assertInOrder(await readAll(topics, topic), 1_500)
	})

	test('from the end there is nothing unless one follows', async () => {
		const { topics, topic } = await openWithTopic(open)
		await topics.publishBatch(numbered(topic, 0, 3))
		for await (const one of topics.read(topic, { fromBeginning: false, follow: false })) assert.fail(`came: ${one.offset}`)
	})

	test('following goes on with what is published later, until it is told to stop', async () => {
		const { topics, topic } = await openWithTopic(open)
		await topics.publishBatch(numbered(topic, 0, 3))
		for (const fromBeginning of [true, false]) {
			const stop = new AbortController()
			const got: IncomingMessage[] = []
			const following = (async () => {
				for await (const one of topics.read(topic, { fromBeginning, follow: true, signal: stop.signal })) got.push(one)
			})()
			await sleep(NOTHING_MS)
			await topics.publishBatch([message(topic, 'k', `later ${fromBeginning}`)])
			await eventually(async () => assert.ok(textsOf(got).includes(`later ${fromBeginning}`)))
			assert.equal(textsOf(got).includes('0'), fromBeginning)
			stop.abort()
			await following
		}
	})

	test('a topic that does not exist is an error', async () => {
		const topics = await open()
		await assert.rejects(readAll(topics, 'no-such-topic'), { message: 'There is no topic no-such-topic.' })
	})
}

function consuming(open: OpenTopics): void {
	test('every message comes, in the order of its key, in batches no larger than asked for', async () => {
		const { topics, topic } = await openWithTopic(open)
		const got: IncomingMessage[] = []
		topics.runConsumer({
			...BATCH,
			group: topic,
			topic,
			handle: async (batch) => {
				assert.ok(batch.length > 0 && batch.length <= BATCH.batchMax)
				got.push(...batch)
			},
		})
		for (let from = 0; from < 1_000; from += 250) await topics.publishBatch(numbered(topic, from, from + 250))
		await eventually(async () => assert.equal(distinct(got).length, 1_000))
		assertInOrder(distinct(got), 1_000)
	})

	test('a batch that could not be handled comes again, whole and before what is behind it', async () => {
		const { topics, topic } = await openWithTopic(open)
		const got: IncomingMessage[] = []
		let failures = 3
		const handle = async (batch: readonly IncomingMessage[]) => {
			if (failures-- > 0) throw new Error('the database is away')
			got.push(...batch)
		}
		topics.runConsumer({ ...BATCH, group: topic, topic, handle })
		await topics.publishBatch(numbered(topic, 0, 300))
		await eventually(async () => assert.equal(distinct(got).length, 300))
		assertInOrder(got, 300)
	})

	test('a group goes on where it stopped; another group begins at the beginning', async () => {
		const { topics, topic } = await openWithTopic(open)
		await topics.publishBatch(numbered(topic, 0, 100))
		const first = collector(topics, { group: topic, topic })
		await eventually(async () => assert.equal(first.got.length, 100))
		await first.close()
		await topics.publishBatch(numbered(topic, 100, 200))

		const second = collector(await open(), { group: topic, topic })
		await eventually(async () => assert.equal(second.got.length, 100))
		assert.deepEqual(textsOf(second.got).map(Number).sort(byNumber), range(100, 200))

		const other = collector(topics, { group: `${topic}.other`, topic })
		await eventually(async () => assert.equal(other.got.length, 200))
		assertInOrder(other.got, 200)
	})

	test('how far a group is behind is told: all, what it has not worked off, nothing', async () => {
		const { topics, topic } = await openWithTopic(open)
		const behind = async () => (await topics.lagOf(topic, [topic, 'no-such-topic'], LAG_DEADLINE_MS)).map((lag) => lag.waiting)
		await topics.publishBatch(numbered(topic, 0, 30))
		assert.deepEqual(await behind(), [30])
		const first = collector(topics, { group: topic, topic })
		await eventually(async () => assert.deepEqual(await behind(), [0]))
		await first.close()
		await topics.publishBatch(numbered(topic, 30, 37))
		assert.deepEqual(await behind(), [7])
	})

	test('closing takes no new batch, and waits for the one in hand and its commit', async () => {
		const { topics, topic } = await openWithTopic(open)
		const [started, handled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
		const got: IncomingMessage[] = []
		const handle = async (batch: readonly IncomingMessage[]) => {
			started.resolve()
			await handled.promise
			got.push(...batch)
		}
		await topics.publishBatch(numbered(topic, 0, 150))
		const consumer = topics.runConsumer({ ...BATCH, group: topic, topic, handle })
		await started.promise
		const closing = consumer.close()
		await sleep(NOTHING_MS)
		handled.resolve()
		await closing
		assert.ok(got.length > 0 && got.length <= BATCH.batchMax)

		const next = collector(topics, { group: topic, topic })
		await eventually(async () => assert.equal(got.length + next.got.length, 150))
		assert.equal(distinct([...got, ...next.got]).length, 150)
	})
}

function sharing(open: OpenTopics): void {
	test('two members of a group do the work once; when one is gone, the other takes over', async () => {
		const { topics, topic } = await openWithTopic(open)
		const members = [collector(topics, { group: topic, topic }), collector(await open(), { group: topic, topic })] as const
		const all = () => members.flatMap((member) => member.got)
		for (let from = 0; from < 500; from += 50) {
			await topics.publishBatch(numbered(topic, from, from + 50))
			await sleep(100)
		}
		await eventually(async () => assert.equal(distinct(all()).length, 500))
		for (const { got } of members) assertInOrder(distinct(got), distinct(got).length)

		await members[0].close()
		await topics.publishBatch(numbered(topic, 500, 600))
		await eventually(async () => assert.equal(distinct(all()).length, 600))
		assert.equal(all().length, 600, 'nothing came twice, for each left in order')
	})

	test('one group consumes several topics, each by its own consumer', async () => {
		const { topics, topic } = await openWithTopic(open)
		const names = [topic, `${topic}.b`, `${topic}.c`]
		await topics.ensureTopics(names.map(specOf))
		const consumers = names.map((name) => collector(topics, { group: topic, topic: name }))
		for (const name of names) await topics.publishBatch(numbered(name, 0, 60))
		for (const [index, { got }] of consumers.entries()) {
			await eventually(async () => assert.equal(distinct(got).length, 60))
			assert.ok(got.every((one) => one.topic === names[index]))
		}
	})
}

const specOf = (name: string) => ({ name, retentionMs: 3_600_000, compacted: false, maxMessageBytes: MESSAGE_MAX_BYTES })

async function openWithTopic(open: OpenTopics): Promise<{ topics: Topics; topic: string }> {
	const topics = await open()
	const topic = `contract-${randomUUID().slice(0, 8)}`
	assert.deepEqual(await topics.ensureTopics([specOf(topic)]), [])
	return { topics, topic }
}

const message = (topic: string, key: string, text: string): OutgoingMessage => ({
	topic,
	key: Buffer.from(key),
	value: Buffer.from(text),
	headers: {},
})

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)
const byNumber = (one: number, other: number): number => one - other

/** Messages numbered from `from` up to `to`, under a few keys. */
const numbered = (topic: string, from: number, to: number): OutgoingMessage[] =>
	range(from, to).map((number) => message(topic, `key ${number % KEYS}`, String(number)))

async function readAll(topics: Topics, topic: string): Promise<IncomingMessage[]> {
	const read: IncomingMessage[] = []
	for await (const one of topics.read(topic, { fromBeginning: true, follow: false })) read.push(one)
	return read
}

function collector(topics: Topics, where: Pick<ConsumerOptions, 'group' | 'topic'>) {
	const got: IncomingMessage[] = []
	const consumer = topics.runConsumer({ ...BATCH, ...where, handle: async (batch) => void got.push(...batch) })
	return { got, close: consumer.close }
}

/** Without what came again. */
const distinct = (messages: readonly IncomingMessage[]): IncomingMessage[] =>
	[...new Map(messages.toReversed().map((one) => [`${one.partition}/${one.offset}`, one])).values()].toReversed()

const textsOf = (messages: readonly IncomingMessage[]): string[] => messages.map((one) => one.value?.toString() ?? '')

/** All the numbers are there once, and under each key they rise. */
function assertInOrder(messages: readonly IncomingMessage[], count: number): void {
	assert.equal(new Set(textsOf(messages)).size, messages.length)
	assert.equal(messages.length, count)
	for (const [key, ofKey] of Map.groupBy(messages, (one) => one.key?.toString())) {
		const numbers = textsOf(ofKey).map(Number)
		assert.deepEqual(numbers, numbers.toSorted(byNumber), `the order of ${key}`)
	}
}

const same = (one: Buffer | null, other: Buffer | null): boolean =>
	one === null || other === null ? one === other : Buffer.compare(one, other) === 0
