import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { before, suite, test } from 'node:test'
import { appendEvents } from '../../src/platform/outbox/outbox.ts'
import { eventually } from '../support/eventually.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** Long enough for the relay to have given up looking for events with lower ids, if it does. */
const LATE_MS = 2_000
const EVERY_MS = 20

let shop: TestShop
before(async () => {
	shop = await startTestShop()
})

const event = (key: string, value: unknown = key) => ({
	topic: shop.service.topicNames.orders,
	key,
	type: 'test.happened',
	value,
})

async function tell(key: string, value?: unknown): Promise<void> {
	await shop.sql.begin((tx) => appendEvents(tx, [event(key, value)]))
	shop.service.signals.announce('outbox')
}

const allAreTold = () => eventually(async () => assert.equal((await shop.sql`select from outbox`).count, 0))

/** The others go on, each with a higher id than the one before. */
async function others(done: Promise<unknown>): Promise<void> {
	let over = false
	void done.finally(() => (over = true))
	for (let told = 0; !over; told++) {
		await tell(`other ${told}`)
		await sleep(EVERY_MS)
	}
	await done
}

const valuesOf = async (wanted: string) =>
	(await shop.topics.read('orders')).filter(({ key }) => key === wanted).map(({ value }) => value)

suite('An event is told', () => {
	test('of the newest transaction that writes, however late it ends, though an older one has told an event with a higher id', async () => {
		const [written, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
		let newest: Promise<unknown> = Promise.resolve()
		await shop.sql.begin(async (tx) => {
			await tx`select pg_current_xact_id()`
			newest = shop.sql.begin(async (later) => {
				await appendEvents(later, [event('newest')])
				written.resolve()
				await over.promise
			})
			await written.promise
			await appendEvents(tx, [event('older')])
		})
		// Nothing is announced, for that is a transaction, too: then this one would not be the newest any more.
		await sleep(2 * LATE_MS)
		over.resolve()
		await newest
		await allAreTold()
		assert.deepEqual(await valuesOf('newest'), ['newest'])
	})

	test('that was written long before its transaction ended, and before the next one of its key', async () => {
		await others(
			shop.sql.begin(async (tx) => {
				await appendEvents(tx, [event('late', 'first')])
				await sleep(LATE_MS)
			}),
		)
		await tell('late', 'second')
		await allAreTold()
		assert.deepEqual(await valuesOf('late'), ['first', 'second'])
	})

	test('whose id was given long before it was written', async () => {
		// A process of the database that stands still for a while, after the first thing it did in its transaction.
		await others(
			shop.sql`
				insert into outbox (id, topic, key, type, value) overriding system value
				select nextval(pg_get_serial_sequence('outbox', 'id')), ${shop.service.topicNames.orders}, 'slow', 'test.happened',
					convert_to('"slow"' || pg_sleep(${LATE_MS / 1_000})::text, 'UTF8')`,
		)
		await allAreTold()
		assert.deepEqual(await valuesOf('slow'), ['slow'])
	})
})

suite('Beside a report, or a backup, which keeps what is deleted in the tables', () => {
	const EVENTS = 5_000
	const MORE = 50
	/** Statistics are told by each process of the database once a second. */
	const STATISTICS_MS = 1_500

	const entriesRead = async () => {
		await sleep(STATISTICS_MS)
		const [row] = await shop.sql<[{ read: number }]>`
			select idx_tup_read::float8 as read from pg_stat_user_indexes where indexrelname = 'outbox_pkey'`
		return row.read
	}

	test('an event costs no more for all those that were told before', async (t) => {
		const backup = await shop.sql.reserve()
		await backup`begin isolation level repeatable read read only`
		await backup`select count(*) from orders`
		await shop.sql.begin((tx) =>
			appendEvents(
				tx,
				Array.from({ length: EVENTS }, () => event('told before')),
			),
		)
		shop.service.signals.announce('outbox')
		await allAreTold()
		await others(sleep(LATE_MS))
		const before = await entriesRead()
		for (let told = 0; told < MORE; told++) await tell('more')
		await allAreTold()
		const read = (await entriesRead()) - before
		await backup`rollback`
		backup.release()
		t.diagnostic(`${read} entries of the index for ${MORE} events`)
		assert.ok(read < MORE * EVENTS * 0.1)
	})
})
