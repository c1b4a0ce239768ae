import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../support/eventually.ts'
import { openKafkaTopics } from '../support/kafka-topics.ts'
import { startProxiedBroker } from '../support/proxy.ts'

const TOPIC = 'slowly-remembered'
const OFFSET_COMMIT = 8
const HEARTBEAT = 12
/** How long a broker waits for its replicas when it is to remember how far a group has read (`offset.commit.timeout.ms`). */
const HELD_MS = 5_000
/** After a heartbeat, of which one is sent every 3 s: the next question on the connection comes soon, and then none until the commit is answered. */
const COMMIT_AFTER_MS = 2_500
const MESSAGES = 2
/** For all of them, each of which waits for the commit before it. */
const HANDLED_WITHIN_MS = 90_000

/** What is asked there, by the protocol's numbers: a request begins with its length and its number. */
function questionsIn(sent: Buffer): number[] {
	const asked: number[] = []
	for (let at = 0; at + 6 <= sent.length; at += 4 + sent.readInt32BE(at)) asked.push(sent.readInt16BE(at + 4))
	return asked
}

test('A broker that takes as long as it may to remember what was read is waited for: nothing is handled twice', async (t) => {
	const { broker, farAddress, proxy } = await startProxiedBroker()
	const open = (address: string) => openKafkaTopics([address], 'patient')
	const near = open(broker.address)
	await near.ensureTopics([{ name: TOPIC, retentionMs: 3_600_000, compacted: false, maxMessageBytes: 100_000 }])
	let [heartbeatAt, commits] = [0, 0]
	proxy.hold((sent) => {
		const asked = questionsIn(sent)
		if (asked.includes(HEARTBEAT)) heartbeatAt = performance.now()
		if (!asked.includes(OFFSET_COMMIT)) return 0
		commits++
		return HELD_MS
	})
	const got: string[] = []
	const handle = async (messages: readonly { value: Buffer | null }[]) => {
		got.push(...messages.map(({ value }) => String(value)))
		await eventually(async () => assert.ok(performance.now() - heartbeatAt < COMMIT_AFTER_MS))
		await sleep(heartbeatAt + COMMIT_AFTER_MS - performance.now())
	}
	open(farAddress).runConsumer({ group: TOPIC, topic: TOPIC, batchMax: 1, gatherMs: 0, handle })
	const sent = Array.from({ length: MESSAGES }, (_, number) => `message ${number}`)
	await near.publishBatch(sent.map((text) => ({ topic: TOPIC, key: null, value: Buffer.from(text), headers: {} })))
	await eventually(async () => assert.ok(commits >= MESSAGES), HANDLED_WITHIN_MS)
	// Longer than an answer to the last one may take, and a message that comes again.
	await sleep(2 * HELD_MS)
	t.diagnostic(`${commits} commits, each held for ${HELD_MS} ms, on ${proxy.connections()} connections`)
	assert.deepEqual(got.toSorted(), sent)
	assert.equal(commits, MESSAGES)
})
