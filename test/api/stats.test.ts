import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { addUpStats } from '../../src/modules/stats/index.ts'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { recordSales } from '../support/sales.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'
import { assertStats } from '../support/stats-oracle.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let shop: TestShop
let anna: Person
let viewer: StaffMember
let operator: StaffMember
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 10 }, { id: 11, cost: 30 })
	anna = await registerPerson(shop)
	viewer = await signInStaff(shop, 'viewer')
	operator = await signInStaff(shop, 'operator')
})

async function statsOf(query = '', by = viewer) {
	const { status, body, text } = await by.get(`/admin/stats${query}`)
	assert.equal(status, 200, text)
	return body
}

const standing = (stats: { now: { status: string; orders: number }[] }, status: string): number =>
	stats.now.find((row) => row.status === status)?.orders ?? Number.NaN

suite('The figures of the shop', () => {
	test('are zeros in a new one: every status, every hour of today', async () => {
		const own = await startTestShop({ ROLE: 'api' })
		const stats = await statsOf('', await signInStaff(own, 'viewer'))
		assert.deepEqual(
			stats.now.map(({ status, orders, total }: never) => [status, orders, total]),
			['paid', 'assembling', 'ready', 'received', 'cancelled'].map((status) => [status, 0, 0]),
		)
		assert.deepEqual([stats.step, stats.time_zone, stats.currency], ['hour', 'UTC', 'RUB'])
		assert.match(stats.from, /T00:00:00\.000Z$/)
		assert.equal(stats.series.length, Math.round((Date.parse(stats.to) - Date.parse(stats.from)) / HOUR_MS))
		assert.deepEqual(stats.stays[0], { status: 'paid', orders: 0, mean_s: null, median_s: null, p90_s: null, histogram: [] })
		await assertStats(own.sql, stats)
	})

	test('follow an order at once: placed, on its way, received, cancelled', async () => {
		const before = await statsOf()
		const [one, two] = [await placeOrder(anna, { 10: 2, 11: 1 }), await placeOrder(anna, { 10: 1 })]
		const placed = await statsOf()
		assert.equal(placed.placed.orders - before.placed.orders, 2)
		assert.equal(placed.placed.total - before.placed.total, 1_530)
		assert.equal(standing(placed, 'paid') - standing(before, 'paid'), 2)
		await moveOrder(operator, one.id, 'assembling')
		await moveOrder(operator, one.id, 'ready')
		await moveOrder(operator, one.id, 'received')
		assert.equal((await anna.post(`/orders/${two.id}/cancel`)).status, 200)
		const after = await statsOf()
		assert.equal(standing(after, 'received') - standing(before, 'received'), 1)
		assert.equal(standing(after, 'paid'), standing(before, 'paid'))
		assert.deepEqual([after.cancelled.orders - before.cancelled.orders, after.cancelled.total - before.cancelled.total], [1, 500])
		assert.equal(after.stays[0].orders - before.stays[0].orders, 2)
		await assertStats(shop.sql, after)
	})

	test('count every step of an order that takes several at once', async () => {
		const order = await placeOrder(anna, { 10: 1 })
		const commands = ['assembling', 'ready', 'received'].map((status) => ({
			value: { event_id: randomUUID(), order_id: order.id, status },
		}))
		await shop.topics.publish('orderStatus', ...commands)
		await eventually(async () => assert.equal((await anna.get(`/orders/${order.id}`)).body.status, 'received'))
		await assertStats(shop.sql, await statsOf())
	})

	test('are the same before and after they are added up', async () => {
		const own = await startTestShop({ ROLE: 'api' })
		const looker = await signInStaff(own, 'viewer')
		await recordSales(own.sql, [
			{ lines: [{ name: 'чай' }], at: new Date(Date.now() - 3 * HOUR_MS).toISOString() },
			{ lines: [{ name: 'чай', price: 7 }], status: 'received' },
		])
		const query = `?from=${new Date(Date.now() - 20 * DAY_MS).toISOString()}`
		const noted = await statsOf(query, looker)
		assert.equal(noted.placed.total, 507)
		assert.ok((await addUpStats(own.sql)) > 0)
		assert.equal(await addUpStats(own.sql), 0)
		const added = await statsOf(query, looker)
		assert.deepEqual({ ...added, to: noted.to }, noted)
		await assertStats(own.sql, added)
	})

	test('tell of more money than JSON tells exactly that it is at least so much, noted or added up', async () => {
		const own = await startTestShop()
		const looker = await signInStaff(own, 'viewer')
		await putProducts(own, { id: 1, cost: Number.MAX_SAFE_INTEGER })
		const vera = await registerPerson(own)
		const orders = []
		for (let count = 0; count < 4; count++) orders.push(await placeOrder(vera, { 1: 1 }))
		for (const { id } of orders.slice(2)) assert.equal((await vera.post(`/orders/${id}/cancel`)).status, 200)
		const assertCapped = async () => {
			const stats = await statsOf('', looker)
			const standing = stats.now.filter(({ orders }: { orders: number }) => orders > 0)
			assert.deepEqual(standing, [
				{ status: 'paid', orders: 2, total: Number.MAX_SAFE_INTEGER },
				{ status: 'cancelled', orders: 2, total: Number.MAX_SAFE_INTEGER },
			])
			assert.deepEqual(stats.placed, { orders: 4, total: Number.MAX_SAFE_INTEGER })
			assert.deepEqual(stats.cancelled, { orders: 2, total: Number.MAX_SAFE_INTEGER })
		}
		await assertCapped()
		// Here or by its worker.
		await addUpStats(own.sql)
		await assertCapped()
	})

	test('are added up by a worker', async () => {
		await placeOrder(anna, { 10: 1 })
		await eventually(async () => {
			const [row] = await shop.sql<[{ noted: number }]>`select count(*) as noted from order_stats_pending`
			assert.equal(row.noted, 0)
		})
		await assertStats(shop.sql, await statsOf())
	})
})

suite('A period', () => {
	test('of up to eight days is told by the hour, a longer one by the day of the time zone', async () => {
		const hours = await statsOf('?from=2026-01-01T10:20:00Z&to=2026-01-09T10:20:00Z')
		assert.deepEqual(
			[hours.step, hours.from, hours.to, hours.series.length],
			['hour', '2026-01-01T10:00:00.000Z', '2026-01-09T11:00:00.000Z', 8 * 24 + 1],
		)
		const days = await statsOf('?from=2026-01-01T10:20:00Z&to=2026-01-10T21:00:00Z&time_zone=Europe/Moscow')
		assert.deepEqual(
			[days.step, days.from, days.to, days.series.length],
			['day', '2025-12-31T21:00:00.000Z', '2026-01-10T21:00:00.000Z', 10],
		)
	})

	test('has days of 23 and 25 hours where clocks are changed', async () => {
		const stats = await statsOf('?from=2026-03-01T05:00:00Z&to=2026-04-01T04:00:00Z&time_zone=America/New_York')
		assert.equal(stats.series.length, 31)
		assert.deepEqual([stats.series[7].at, stats.series[8].at], ['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'])
	})

	test('begins with the day in the time zone where it is left out', async () => {
		const stats = await statsOf('?time_zone=Asia/Vladivostok')
		assert.match(stats.from, /T14:00:00\.000Z$/)
	})

	for (const [what, query, pointer] of [
		['that ends before it begins', '?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', '/to'],
		['of more than two years', '?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', '/to'],
		['in a time zone that nobody knows', '?time_zone=Europe/Nowhere', '/time_zone'],
		['in an offset', '?time_zone=%2B03:00', '/time_zone'],
		['in a notation of the database’s own', '?time_zone=ABC3DEF', '/time_zone'],
	] as const) {
		test(`${what} is refused`, async () => {
			const { status, body } = await viewer.get(`/admin/stats${query}`)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', pointer])
		})
	}
})

suite('What waits is told', () => {
	test('of the topics that come in: nothing while all is worked off', async () => {
		const { inbound } = await eventually(async () => {
			const stats = await statsOf()
			assert.ok(stats.inbound.every(({ waiting }: { waiting: number }) => waiting === 0))
			return stats
		})
		assert.deepEqual(
			inbound.map(({ topic }: { topic: string }) => topic),
			[shop.service.topicNames.products, shop.service.topicNames.orderStatus, shop.service.topicNames.tracking],
		)
	})

	test('of an outbox that nobody empties: how much, and since when', async () => {
		const own = await startTestShop({ ROLE: 'api' })
		const looker = await signInStaff(own, 'viewer')
		await own.sql`
			insert into outbox (topic, key, value, created_at)
			select 't', '', '', '2026-01-01T00:00:00Z'::timestamptz + make_interval(mins => n) from generate_series(0, 2) as n`
		const { outbox } = await statsOf('', looker)
		assert.deepEqual(outbox, { waiting: 3, oldest_at: '2026-01-01T00:00:00.000Z' })
	})

	test('of dead letters that nobody has decided on', async () => {
		const before = await statsOf()
		await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: randomUUID(), status: 'ready' } })
		await eventually(async () => assert.equal((await statsOf()).dead_letters, before.dead_letters + 1))
	})

	test('without a broker in good time, and that it can’t be said', async () => {
		const own = await startTestShop({ ROLE: 'api', KAFKA_BROKERS: '127.0.0.1:1' })
		const looker = await signInStaff(own, 'viewer')
		const start = performance.now()
		const { inbound } = await statsOf('', looker)
		assert.ok(performance.now() - start < 3_000)
		assert.deepEqual(
			inbound.map(({ waiting, oldest_at }: never) => [waiting, oldest_at]),
			[1, 2, 3].map(() => [null, null]),
		)
	})
})
