import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { deleteOldLetters } from '../../src/platform/dead-letters/queries.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test looks into what it finds
type Letter = any

suite('The list of dead letters', () => {
	let seller: TestShop
	let desk: StaffMember
	before(async () => {
		seller = await startTestShop({ ROLE: 'api' })
		desk = await signInStaff(seller, 'operator')
		await seller.sql`
			insert into dead_letters (direction, topic, partition, "offset", published_at, key, headers, value, bytes, whole, reason, message,
				attempts, state, decided_at)
			select 'in', 'topic.' || n % 2, 0, n, now(), 'k', '{}', 'v', 1, true, (array['wrong_schema', 'unknown_order', 'failed'])[1 + n % 3],
				'…', 1, (array['open', 'open', 'replayed', 'dropped'])[1 + n / 6 % 4], now()
			from generate_series(0, 47) as n`
	})

	test('comes in pages, newest first, each letter once, by topic, reason and state', async () => {
		for (const [query, where] of [
			['', 'true'],
			['state=open', "state = 'open'"],
			['topic=topic.1', "topic = 'topic.1'"],
			['reason=failed', "reason = 'failed'"],
			['topic=topic.0&reason=unknown_order', "topic = 'topic.0' and reason = 'unknown_order'"],
			['topic=topic.0&reason=unknown_order&state=open', "topic = 'topic.0' and reason = 'unknown_order' and state = 'open'"],
			['reason=failed&state=dropped', "reason = 'failed' and state = 'dropped'"],
		] as const) {
			const expected = await seller.sql.unsafe(`select id from dead_letters where ${where} order by id desc`)
			const seen: number[] = []
			let cursor: string | null = null
			do {
				const { body } = await desk.get(`/admin/dead-letters?limit=5&${query}${cursor === null ? '' : `&cursor=${cursor}`}`)
				seen.push(...body.data.map(({ id }: Letter) => id))
				cursor = body.next_cursor
			} while (cursor !== null)
			assert.ok(seen.length > 0)
			assert.deepEqual(
				seen,
				expected.map(({ id }) => id),
				query,
			)
		}
	})

	test('is counted by topic and reason, of those that are open, up to 1,000 each', async () => {
		await seller.sql`
			insert into dead_letters (direction, topic, partition, "offset", published_at, bytes, whole, reason, message, attempts)
			select 'in', 'topic.2', 0, n, now(), 1, true, 'failed', '…', 1 from generate_series(1, 1_001) as n`
		const { status, body } = await desk.get('/admin/dead-letters/counts')
		assert.equal(status, 200)
		const counted = await seller.sql`
			select topic, reason, least(count(*), 1_000)::int as letters from dead_letters where state = 'open'
			group by topic, reason order by topic, reason`
		assert.equal(counted.length, 7)
		assert.deepEqual(
			body.data.map(({ topic, reason, letters }: Letter) => ({ topic, reason, letters })),
			[...counted],
		)
		assert.deepEqual(
			body.data.map(({ more }: Letter) => more),
			[false, false, false, false, false, false, true],
		)
	})

	test('forgets messages after 30 days, and events of ours 30 days after somebody has decided', async () => {
		const insert = (direction: string, days: number, state: string) => seller.sql`
			insert into dead_letters (direction, topic, bytes, whole, reason, message, attempts, at, state, decided_at)
			values (${direction}, 'old', 1, true, ${`${direction}_${state}`}, '…', ${days}, now() - make_interval(days => ${days}), ${state},
				case when ${state} <> 'open' then now() - make_interval(days => ${days}) end)`
		for (const direction of ['in', 'out'])
			for (const days of [29, 31]) for (const state of ['open', 'dropped']) await insert(direction, days, state)
		assert.equal(await deleteOldLetters(seller.sql), 3)
		const { body } = await desk.get('/admin/dead-letters?topic=old&limit=100')
		assert.deepEqual(body.data.map(({ reason, attempts }: Letter) => `${reason} ${attempts}`).toSorted(), [
			'in_dropped 29',
			'in_open 29',
			'out_dropped 29',
			'out_open 29',
			'out_open 31',
		])
	})
})
