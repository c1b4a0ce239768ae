import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { applyProducts } from '../../src/modules/catalog/consumer.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import { createTestDatabase } from '../support/database.ts'

const RUNS = 60
const PRODUCTS = 3
const START_MS = Date.parse('2026-11-23T10:00:00Z')

type Event = Parameters<typeof applyProducts>[1][number]

let sql: Sql
before(async () => {
	sql = (await createTestDatabase()).sql
})

/** What the inventory service publishes: of each product ever greater versions, and withdrawals between them. */
const published = fc
	.array(fc.record({ id: fc.nat(PRODUCTS - 1), withdrawn: fc.boolean(), cost: fc.nat(1_000) }), { minLength: 1, maxLength: 12 })
	.map((facts) =>
		facts.map(({ id, withdrawn, cost }, index): Event => {
			const product = { id, name: 'велосипед', description: '', cost, tax: 0, version: index }
			const publishedAt = new Date(START_MS + index * 1_000)
			return { key: String(id), data: withdrawn ? null : product, publishedAt }
		}),
	)

/** The same events in any order, each at least once, in batches of any size. */
const delivered = (events: readonly Event[]) =>
	fc
		.tuple(
			fc.shuffledSubarray([...events], { minLength: events.length }),
			fc.array(fc.constantFrom(...events), { maxLength: 12 }),
			fc.integer({ min: 1, max: 6 }),
		)
		.map(([once, again, size]) => {
			const all = [...again, ...once, ...again.toReversed()]
			return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
		})

/** The catalogue after these batches, each of them one transaction, on an empty table. */
async function tableAfter(batches: readonly (readonly Event[])[]) {
	await sql`truncate products`
	for (const batch of batches) {
		const rejected = await sql.begin((tx) => applyProducts(tx, batch))
		assert.ok(rejected.every((rejection) => rejection === undefined))
	}
	return [...(await sql`select id, name, price, version, changed_at, withdrawn_at from products order by id`)]
}

test('products and withdrawals that come twice, late and shuffled lead to the same table', async () => {
	const sent = published.chain((events) => fc.tuple(fc.constant(events), delivered(events)))
	await fc.assert(
		fc.asyncProperty(sent, async ([events, batches]) => {
			const table = await tableAfter(events.map((event) => [event]))
			assert.deepEqual(await tableAfter(batches), table)
			for (const [id, last] of new Map(events.map((event) => [Number(event.key), event]))) {
				const row = table.find((one) => one['id'] === id)
				assert.equal(row?.['withdrawn_at'] === null, last.data !== null, `${id} is on sale when its last message says so`)
			}
		}),
		{ numRuns: RUNS },
	)
})
