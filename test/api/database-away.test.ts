import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { pino } from 'pino'
import { openDatabase } from '../../src/platform/db/database.ts'
import { atEnd } from '../support/at-end.ts'
import type { Client } from '../support/client.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { putProducts, registerPerson } from '../support/people.ts'
import { type ProxiedShop, startProxiedShop, startProxy } from '../support/proxy.ts'

/** Far below the deadline of an answer, far above what a busy machine needs to say no. */
const TOLD_WITHIN_MS = 3_000
/** With 5 kinds of requests, more than the pool has connections. */
const ROUNDS_AT_ONCE = 8

suite('While its database is away, the shop', () => {
	let away: ProxiedShop
	let requests: readonly (() => ReturnType<Client['get']>)[]
	let pagesSeen = 0
	/** What was looked at before, as it was shown. */
	let kept: Readonly<Record<string, string>>
	before(async () => {
		away = await startProxiedShop()
		const { guest } = away.shop
		const anna = await registerPerson(away.shop)
		await putProducts(away.shop, { id: 1 })
		// Pages that nobody has looked at yet.
		requests = [
			() => guest.get(`/products?price_min=${++pagesSeen % 500}&price_max=${1_000 + pagesSeen}`),
			() => guest.get(`/products/1?${++pagesSeen}`),
			() => guest.get('//health/ready'),
			() => anna.get('/cart'),
			() => anna.put('/cart/items/1', { body: { quantity: 1 } }),
		]
	})
	const lookAgain = () => Promise.all(Object.keys(kept).map((path) => away.shop.guest.get(path)))
	const askAll = () => Promise.all(Array.from({ length: ROUNDS_AT_ONCE }, () => requests.map((ask) => ask())).flat())

	for (const how of ['reset', 'end'] as const) {
		test(`says so soon, shows what it has shown before, and serves again as soon as it is back, however often (connections ${how})`, async () => {
			for (let time = 1; time <= 4; time++) {
				const attempts = away.proxy.connections()
				kept = Object.fromEntries(
					await Promise.all(['/products', '/products/1'].map(async (path) => [path, (await away.shop.guest.get(path)).text])),
				)
				away.proxy.cut(how)
				for (let round = 1; round <= 2; round++) {
					const start = performance.now()
					for (const answer of await askAll()) {
						assert.equal(answer.status, 503)
						assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]/)
					}
					assert.ok(performance.now() - start < TOLD_WITHIN_MS, `told after ${performance.now() - start} ms`)
					// Guests go on looking at what they have looked at before.
					const shown = await lookAgain()
					assert.deepEqual(
						shown.map(({ status, text }) => [status, text]),
						Object.values(kept).map((text) => [200, text]),
					)
				}
				assert.equal((await away.shop.guest.get('//health/live')).status, 200)
				assert.ok(away.proxy.connections() - attempts < 300, `asked for ${away.proxy.connections() - attempts} connections`)
				away.proxy.heal()
				await eventually(async () => assert.equal((await requests[0]?.())?.status, 200))
				for (const answer of await askAll()) assert.equal(answer.status, 200)
			}
		})
	}

	test('loses no connection of its pool by that', async () => {
		const [row] = await away.database.sql<[{ used: number }]>`
			select count(*) as used from pg_stat_activity where datname = current_database() and application_name like 'prilavok all%'`
		assert.ok(row.used > 5, `${row.used} connections are left`)
	})
})

suite('A transaction whose connection breaks', () => {
	async function openPairs(connectionsMax: number) {
		const direct = await createTestDatabase()
		await direct.sql`create table halves (pair integer not null, half integer not null)`
		const proxy = await startProxy(direct.url)
		const pool = openDatabase({ url: proxy.url, log: pino({ level: 'silent' }), name: 'test pairs', connectionsMax })
		atEnd(pool.close)
		return { direct: direct.sql, proxy, sql: pool.sql }
	}

	test('does not go on over the connection when it is somebody else’s', async () => {
		const { direct, sql } = await openPairs(1)
		const gate = Promise.withResolvers<void>()
		const broken = sql.begin(async (tx) => {
			const [{ pid }] = await tx<[{ pid: number }]>`select pg_backend_pid() as pid`
			await tx`insert into halves values (1, 1)`
			await direct`select pg_terminate_backend(${pid})`
			await gate.promise
			await tx`insert into halves values (1, 2)`
		})
		await assert.rejects(broken)
		await sql.begin(async (tx) => {
			await tx`insert into halves values (2, 1)`
			gate.resolve()
			await tx`insert into halves values (2, 2)`
		})
		assert.deepEqual(
			[...(await direct`select pair, half from halves order by half`)],
			[
				{ pair: 2, half: 1 },
				{ pair: 2, half: 2 },
			],
		)
	})

	test('is whole or not there at all, and ends in either case, wherever it breaks', async () => {
		const { direct, proxy, sql } = await openPairs(4)
		const acked: number[] = []
		let pairs = 0
		let over = false
		const work = async () => {
			while (!over) {
				const pair = ++pairs
				const insert = sql.begin(async (tx) => {
					await Promise.all([tx`insert into halves values (${pair}, 1)`, tx`select pg_sleep(${(pair % 7) / 1_000})`])
					await tx`insert into halves values (${pair}, 2)`
				})
				await insert.then(
					() => acked.push(pair),
					() => undefined,
				)
			}
		}
		const working = Promise.all(Array.from({ length: 12 }, work))
		for (let round = 1; round <= 9; round++) {
			const acksBefore = acked.length
			await eventually(async () => assert.ok(acked.length > acksBefore + 12))
			if (round % 3 === 0) {
				await direct`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test pairs' and pid % 2 = 0`
			} else {
				const failuresBefore = pairs - acked.length
				proxy.cut(round % 3 === 1 ? 'reset' : 'end')
				await eventually(async () => assert.ok(pairs - acked.length > failuresBefore + 12))
				proxy.heal()
			}
		}
		over = true
		await working
		const rows = await direct<{ pair: number; halves: number }[]>`select pair, count(*) as halves from halves group by pair`
		assert.deepEqual(
			rows.filter(({ halves }) => halves !== 2),
			[],
		)
		const there = new Set(rows.map(({ pair }) => pair))
		assert.deepEqual(
			acked.filter((pair) => !there.has(pair)),
			[],
		)
	})
})
