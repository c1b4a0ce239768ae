import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { appendEvents } from '../../src/platform/outbox/outbox.ts'
import { eventually } from '../support/eventually.ts'
import { type LetterDesk, letterDesk } from '../support/letters.ts'
import { signInStaff } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let desk: LetterDesk
before(async () => {
	shop = await startTestShop()
	desk = letterDesk(await signInStaff(shop, 'operator'))
})

const outboxIsEmpty = () => eventually(async () => assert.equal((await shop.sql`select from outbox limit 1`).count, 0))

suite('An event that its topic does not take', () => {
	const event = (key: string, topic: string) => ({ topic, key, type: 'test.happened', value: { key } })
	const append = async (...events: ReturnType<typeof event>[]) => {
		await shop.sql.begin((tx) => appendEvents(tx, events))
		shop.service.signals.announce('outbox')
		await outboxIsEmpty()
	}

	test('is among the dead letters, and when it is replayed it goes as it was, in order, with its id', async (t) => {
		if (shop.service.topics.kind === 'kafka') return t.skip('on Kafka no topic can be made by SQL')
		const topic = `late.${randomUUID()}`
		await append(event('1', topic), event('2', topic), event('3', topic))
		const letters = await desk.list(`topic=${topic}`)
		assert.deepEqual(
			letters.map(({ key, direction, reason, whole, partition }) => [key, direction, reason, whole, partition]),
			['3', '2', '1'].map((key) => [key, 'out', 'refused', true, null]),
		)
		const { value_text, type, event_id } = await desk.read(letters[2].id)
		assert.deepEqual([value_text, type], ['{"key":"1"}', 'test.happened'])
		await shop.sql`insert into topics (name, retention_ms, compacted, max_message_bytes) values (${topic}, 86400000, false, 1000000)`
		await desk.decide('replay', ...letters.map(({ id }) => id))
		await outboxIsEmpty()
		const sent = await shop.sql<{ key: string; headers: Record<string, string> }[]>`
			select convert_from(key, 'UTF8') as key, headers from topic_messages where topic = ${topic} order by "offset"`
		assert.deepEqual(
			sent.map(({ key }) => key),
			['1', '2', '3'],
		)
		assert.equal(sent[0]?.headers['ce_id'], event_id)
		assert.equal(sent[0]?.headers['x-replay-of'], undefined)
	})

	test('is not shown where it holds a code to sign in with, and can’t be replayed', async () => {
		const topic = shop.service.topicNames.loginCodes
		await append({ ...event('hash', topic), value: { key: randomBytes(2 * 1024 * 1024).toString('hex') } })
		const [listed] = await desk.list(`topic=${topic}`)
		const { value_base64, value_text, whole } = await desk.read(listed.id)
		assert.deepEqual([value_base64, value_text, whole], [null, null, false])
		assert.deepEqual(await desk.decide('replay', listed.id), [[listed.id, 'not_whole', 'open']])
	})

	test('is passed on by the release before this one, which knows another table', async () => {
		const key = Buffer.from(randomUUID())
		await shop.sql`
			insert into outbox_dead (id, event_id, topic, key, type, headers, value, created_at, reason)
			values (1, uuidv7(), 'old.topic', ${key}, 'test.happened', null, ${Buffer.from('{}')}, now(), 'no such topic')`
		assert.equal((await shop.sql`select from outbox_dead`).count, 0)
		const [{ reason, message, direction }] = await desk.list('topic=old.topic')
		assert.deepEqual([direction, reason, message], ['out', 'refused', 'no such topic'])
	})
})
