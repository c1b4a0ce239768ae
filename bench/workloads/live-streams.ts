import { setTimeout as sleep } from 'node:timers/promises'
import { makeKey } from '../../src/modules/staff/index.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import { freePort } from '../../src/platform/free-port.ts'
import { type Readers, runLoad, type Server, startReaders, startService } from '../children.ts'
import { memoryOf } from '../footprint.ts'
import type { ReadersReport, StreamToRead } from '../load/readers.ts'
import { seedCustomers } from '../seed.ts'
import { type Measured, measureService } from '../service-load.ts'
import { type Bench, figuresOf, one, type Row, type Workload } from '../workload.ts'
import { placingJob, seedUntracked } from './placing.ts'

const STREAMS = [1, 1_000, 10_000] as const
const STREAMS_QUICK = [1, 50] as const
/** Beside those who watch: each places one order a round. */
const BUYERS = 60_000
const BUYERS_QUICK = 3_000
const CHANGES_PER_S = 200
const CHANGES_PER_S_QUICK = 50
const MOVERS = 32
const STATUSES = ['assembling', 'ready', 'received'] as const
const PLACING_CONNECTIONS = 64
const ARRIVAL_TIMEOUT_MS = 20_000
const LOOK_EVERY_MS = 100
const KB_PER_MB = 1_000

/** W9: changes of status as those see them who watch, what the streams cost, and a restart under all of them. */
export const liveStreams: Workload = {
	id: 'w9',
	title: 'orders followed live (W9)',
	async run(bench) {
		const counts = bench.quick ? STREAMS_QUICK : STREAMS
		const most = Math.max(...counts)
		const { sql } = bench.ground
		await seedUntracked(sql)
		const orders = most + 6 * changesOf(bench)
		const tokens = await seedCustomers(sql, orders + (bench.quick ? BUYERS_QUICK : BUYERS))
		const { key } = await makeKey(sql, { name: 'bench', scopes: ['orders:status'] }, null)
		const port = await freePort('127.0.0.1')
		const start = () => startService({ ...bench.ground, settings: { ROLE: 'api', PORT: String(port) } })
		const watched = await seedOrders(sql, tokens.slice(0, orders))
		const shop: Watched = { bench, key, watched, buyers: tokens.slice(orders), service: await start() }
		const readers = startReaders()
		try {
			const rows: Row[] = []
			const unwatched = await placeUnderChanges(shop, 4 * changesOf(bench))
			const before = (await memoryOf(shop.service.pid)).idleRssMb
			let open = 0
			for (const [step, count] of counts.entries()) {
				await readers.open(
					shop.service.url,
					watched.slice(open, count).map(({ stream }) => stream),
				)
				open = count
				rows.push(await measureChanges(shop, readers, { count, status: STATUSES[step] ?? '' }))
			}
			const after = (await memoryOf(shop.service.pid)).idleRssMb
			rows.push({
				workload: `W9 memory of a stream, ${most} open`,
				unit: 'kB',
				ours: one(((after - before) * KB_PER_MB) / most),
				goal: '≤20 kB',
			})
			rows.push(placingRow(unwatched, await placeUnderChanges(shop, 2 * changesOf(bench))))
			await expectAllSeen(shop, readers, most)
			rows.push(await measureReturn(shop, readers, { count: most, start }))
			return rows
		} finally {
			await readers.close()
			await shop.service.close()
		}
	},
}

type WatchedOrder = { readonly id: string; readonly stream: StreamToRead }

type Watched = {
	readonly bench: Bench
	readonly service: Server
	readonly key: string
	readonly watched: readonly WatchedOrder[]
	readonly buyers: readonly string[]
}

/** An order for each of the customers, as placing writes it. */
async function seedOrders(sql: Sql, tokens: readonly string[]): Promise<WatchedOrder[]> {
	const rows = await sql<{ id: string }[]>`
		with placed as (
			insert into orders (id, number, customer_id, idempotency_key, request_hash, status, version, total, currency, phone,
				delivery_method, created_at, updated_at)
			select uuidv7(), nextval('order_numbers'), id, 'watched', sha256('watched'), 'paid', 1, 500, 'RUB', phone, 'courier', now(), now()
			from customers order by id limit ${tokens.length}
			returning *
		), lines as (
			insert into order_lines (order_id, position, product_id, name, price, quantity)
			select placed.id, 1, products.id, products.name, 500, 1 from placed cross join (select * from products limit 1) as products
		), history as (
			insert into order_history (order_id, version, status, actor_type, actor_id, source, at)
			select id, 1, 'paid', 'customer', customer_id, 'api', created_at from placed
		), deliveries as (
			insert into deliveries (order_id, order_number, customer_id, method, full_address)
			select id, number, customer_id, 'courier', 'Москва, Тверская ул., 1' from placed
		)
		select id from placed order by customer_id`
	return rows.map(({ id }, index) => ({ id, stream: { path: `/v1/orders/${id}/events`, token: tokens[index] ?? '' } }))
}

/** Without the comparison of events that W4 makes: changes of status have events as well. */
async function placeOrders({ bench, service, buyers }: Watched, run: string): Promise<Measured> {
	const job = await placingJob(bench.ground.sql, { tokens: buyers, run })
	return measureService(bench, service, { job, connections: PLACING_CONNECTIONS })
}

/** How many changes a round makes. */
const changesOf = ({ quick, seconds }: Pick<Bench, 'quick' | 'seconds'>): number =>
	(quick ? CHANGES_PER_S_QUICK : CHANGES_PER_S) * seconds

/** Gives orders from the n-th on that status: twice as many as there is time for, since the movers do not share them equally. */
function changeOrders({ bench, key, service, watched }: Watched, { from, status }: { from: number; status: string }) {
	const orders = watched.slice(from, from + 2 * changesOf(bench)).map(({ id }) => id)
	const job = { kind: 'move', key, orders, statuses: [status] } as const
	const perSecond = bench.quick ? CHANGES_PER_S_QUICK : CHANGES_PER_S
	return runLoad({ url: service.url, job, connections: MOVERS, warmUpS: 0, seconds: bench.seconds, perSecond })
}

/** The versions of the orders that are watched by so many. */
async function versionsOf({ bench, watched }: Watched, count: number): Promise<number> {
	const ids = watched.slice(0, count).map(({ id }) => id)
	const [row] = await bench.ground.sql<[{ sum: number }]>`
		select sum(version)::bigint as sum from orders
		where id = any(array(select value::uuid from json_array_elements_text(${bench.ground.sql.typed.json(ids)})))`
	return row.sum
}

/** Waits until those who read have seen what the database holds; throws where something is missing or came twice. */
async function expectAllSeen(shop: Watched, readers: Readers, count: number): Promise<ReadersReport[]> {
	const expected = await versionsOf(shop, count)
	const deadline = performance.now() + ARRIVAL_TIMEOUT_MS
	const reports: ReadersReport[] = []
	for (;;) {
		const report = await readers.report()
		reports.push(report)
		if (report.missed > 0 || report.doubled > 0)
			throw new Error(`${report.missed} changes were not told, ${report.doubled} were told twice`)
		if (report.sumOfVersions === expected && report.open === count) return reports
		if (performance.now() > deadline)
			throw new Error(
				`the versions seen add up to ${report.sumOfVersions} and not ${expected}; ${report.open} of ${count} are open`,
			)
		await sleep(LOOK_EVERY_MS)
	}
}

type Step = { readonly count: number; readonly status: string }

async function measureChanges(shop: Watched, readers: Readers, { count, status }: Step): Promise<Row> {
	await readers.report()
	await changeOrders(shop, { from: 0, status })
	// What is seen within the time of the load is nearly all; what comes later is waited for, and counted with it.
	const [report, ...later] = await expectAllSeen(shop, readers, count)
	const p99 = Math.max(report?.p99 ?? 0, ...later.filter(({ changes }) => changes > 0).map((one) => one.p99))
	const row: Row = {
		workload: `W9 change → seen, ${count} streams`,
		connections: count,
		unit: 'changes',
		ours: one([report, ...later].reduce((sum, part) => sum + (part?.changes ?? 0), 0)),
		p50Ms: figuresOf([report?.p50 ?? 0]),
		p99Ms: figuresOf([p99]),
		goal: 'p99 <250 ms',
	}
	shop.bench.say(`  ${row.workload}: p50 ${report?.p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`)
	return row
}

/** Placing while orders from the n-th on are changed: what the changes cost themselves is on both sides of the comparison. */
async function placeUnderChanges(shop: Watched, from: number): Promise<Measured> {
	const changing = changeOrders(shop, { from, status: STATUSES[0] })
	const measured = await placeOrders(shop, `beside changes from ${from}`)
	await changing
	return measured
}

function placingRow(unwatched: Measured, watched: Measured): Row {
	return {
		workload: 'W9 placing beside changes and all streams',
		connections: PLACING_CONNECTIONS,
		ours: one(watched.perSecond),
		p50Ms: one(watched.p50),
		p99Ms: one(watched.p99),
		processorUs: { service: watched.serviceUs, database: watched.databaseUs },
		limit: { name: 'with nobody who watches', ...one(unwatched.perSecond) },
		ratio: one(watched.perSecond / unwatched.perSecond),
		goal: '≥0.9',
	}
}

type Return = { readonly count: number; readonly start: () => Promise<Server> }

/** After a restart all come again by themselves; what another instance changed while they were away is told as well. */
async function measureReturn(shop: Watched, readers: Readers, { count, start }: Return): Promise<Row> {
	await shop.service.close()
	const other = await startService({ ...shop.bench.ground, settings: { ROLE: 'api' } })
	await changeOrders({ ...shop, service: other }, { from: 2 * changesOf(shop.bench), status: STATUSES[1] })
	await other.close()
	const restarted = await start()
	try {
		const begin = performance.now()
		await expectAllSeen(shop, readers, count)
		const seconds = (performance.now() - begin) / 1_000
		shop.bench.say(`  ${count} streams are back ${seconds.toFixed(1)} s after the restarted service answers`)
		return {
			workload: `W9 ${count} streams back after a restart`,
			connections: count,
			unit: 's',
			ours: one(seconds),
			goal: '<10 s',
		}
	} finally {
		await restarted.close()
	}
}
