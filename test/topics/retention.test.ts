import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { DEAD_LETTER_TRAITS, TOPIC_TRAITS } from '../../src/events/topics.ts'
import { dropOldMessages } from '../../src/platform/topics/embedded.ts'
import { eventually } from '../support/eventually.ts'
import { productMessage, putProducts } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import type { TopicKey } from '../support/topics.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

let shop: TestShop
before(async () => {
	// Topics in PostgreSQL, whatever broker the run has.
	shop = await startTestShop({ KAFKA_BROKERS: '' })
})

/** Lets time pass for all that stands on the topics now. */
const age = (ms: number) => shop.sql`update topic_messages set published_at = published_at - ${ms} * interval '1 millisecond'`
const keysOf = async (topic: TopicKey | `${TopicKey}.dlq`) => (await shop.topics.read(topic)).map(({ key }) => key)

suite('Topics in PostgreSQL keep a message', () => {
	for (const [topic, keptMs] of [
		['loginCodes', 10 * MINUTE_MS],
		['notifications', 7 * DAY_MS],
		['orders', 7 * DAY_MS],
		['orderStatus.dlq', 30 * DAY_MS],
	] as const) {
		test(`of ${topic} for ${keptMs / MINUTE_MS} minutes`, async () => {
			if (topic === 'orderStatus.dlq') await shop.topics.publish('orderStatus', { key: 'kept', value: 'no command' })
			else await shop.topics.publish(topic, { key: 'kept', value: 'told' })
			await eventually(async () => assert.deepEqual(await keysOf(topic), ['kept']))
			await age(keptMs - MINUTE_MS)
			await dropOldMessages(shop.sql)
			assert.deepEqual(await keysOf(topic), ['kept'])
			await age(2 * MINUTE_MS)
			await dropOldMessages(shop.sql)
			assert.deepEqual(await keysOf(topic), [])
		})
	}

	test('as long as the contract says', () => {
		assert.equal(TOPIC_TRAITS.loginCodes.retentionMs, 10 * MINUTE_MS)
		assert.equal(TOPIC_TRAITS.users.retentionMs, 7 * DAY_MS)
		assert.equal(DEAD_LETTER_TRAITS.retentionMs, 30 * DAY_MS)
	})

	test('of a compacted topic until a later one of its key replaces it', async () => {
		await putProducts(shop, { id: 1 }, { id: 2 }, { id: 1, version: 2 })
		await shop.topics.publish('products', { key: '2', value: null }, { value: productMessage({ id: 1, version: 3 }) })
		await age(365 * DAY_MS)
		await dropOldMessages(shop.sql)
		const left = await shop.topics.read('products')
		assert.deepEqual(
			left.map(({ key, value }) => [key, value?.version ?? null]),
			[
				['2', null],
				['1', 3],
			],
		)
	})

	test('and whoever consumes goes on behind what was dropped', async () => {
		await shop.topics.publish('orderStatus', { key: 'one', value: 'no command' })
		await shop.topics.find('orderStatus.dlq', ({ key }) => key === 'one')
		await age(8 * DAY_MS)
		await dropOldMessages(shop.sql)
		assert.deepEqual(await keysOf('orderStatus'), [])
		await shop.topics.publish('orderStatus', { key: 'two', value: 'no command' })
		await shop.topics.find('orderStatus.dlq', ({ key }) => key === 'two')
		assert.deepEqual(await keysOf('orderStatus'), ['two'])
	})
})
