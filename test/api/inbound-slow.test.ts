import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { consumeInbound } from '../../src/platform/inbound.ts'
import { atEnd } from '../support/at-end.ts'
import { eventually } from '../support/eventually.ts'
import { putProducts } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
before(async () => {
	shop = await startTestShop()
})

suite('A batch that takes the database too long', () => {
	const PRODUCTS = 400
	/** All together take more than a statement of a request may, a hundred take less than one of a batch may. */
	const EACH_S = 0.012

	test('is applied in parts', async () => {
		await shop.sql.unsafe(`
			create function be_slow() returns trigger language plpgsql as $$
			begin
				if new.name = 'медленный' then perform pg_sleep(${EACH_S}); end if;
				return new;
			end $$;
			create trigger be_slow before insert on products for each row execute function be_slow()`)
		const slow = Array.from({ length: PRODUCTS }, (_, index) => ({ id: 1_000 + index, name: 'медленный' }))
		await putProducts(shop, ...slow)
		assert.deepEqual(await shop.topics.read('products.dlq'), [])
	})

	test('goes whole again when it only waited for somebody who had locked a row', async () => {
		await putProducts(shop, { id: 1 })
		const { promise: locked, resolve: hold } = Promise.withResolvers<void>()
		const holding = shop.sql.begin(async (tx) => {
			await tx`select from products where id = 1 for update`
			hold()
			await sleep(5_000)
		})
		await locked
		await putProducts(shop, ...[1, 2, 3].map((id) => ({ id, version: 2 })))
		await holding
		assert.deepEqual(await shop.topics.read('products.dlq'), [])
	})
})

suite('A message that takes the database too long by itself', () => {
	const LIMITS = { batchMax: 100, togetherMs: 200, aloneMs: 400, aloneTriesMax: 3 }
	const Message = Type.Object({ id: Type.Integer() })

	/** Consumes a topic whose messages do nothing but take their time. */
	const consumeSlowly = async (secondsOf: (id: number) => number) => {
		const topic = `slow-${randomUUID().slice(0, 8)}`
		const spec = { retentionMs: 3_600_000, compacted: false, maxMessageBytes: 1_000_000 }
		await shop.service.topics.ensureTopics([topic, `${topic}.dlq`].map((name) => ({ name, ...spec })))
		const applied: number[] = []
		const ids = Array.from({ length: 20 }, (_, index) => index)
		await shop.service.topics.publishBatch(
			ids.map((id) => ({ topic, key: Buffer.from(String(id)), value: Buffer.from(JSON.stringify({ id })), headers: {} })),
		)
		const inbound = { topic, schema: Message, tombstones: false }
		const consumer = consumeInbound(
			{ ...shop.service, group: topic, limits: LIMITS },
			{
				...inbound,
				async apply(tx, events) {
					for (const { data } of events) await tx`select pg_sleep(${secondsOf(data?.id ?? 0)})`
					applied.push(...events.map(({ data }) => data?.id ?? 0))
					return events.map(() => undefined)
				},
			},
		)
		atEnd(() => consumer.close())
		const letters = () => shop.sql<{ key: string; reason: string }[]>`
			select convert_from(key, 'UTF8') as key, reason from dead_letters where topic = ${topic}`
		return { ids, applied: () => [...new Set(applied)].sort((one, other) => one - other), letters }
	}

	test('again and again is put aside, and the others are applied', async () => {
		const { ids, applied, letters } = await consumeSlowly((id) => (id === 7 ? 60 : 0))
		await eventually(async () =>
			assert.deepEqual(
				applied(),
				ids.filter((id) => id !== 7),
			),
		)
		assert.deepEqual([...(await letters())], [{ key: '7', reason: 'too_slow' }])
	})

	test('is applied when the database was only slow for a while', async () => {
		const slowUntil = performance.now() + 2_500
		const { ids, applied, letters } = await consumeSlowly((id) => (id === 7 && performance.now() < slowUntil ? 60 : 0))
		await eventually(async () => assert.deepEqual(applied(), ids))
		assert.deepEqual([...(await letters())], [])
	})
})
