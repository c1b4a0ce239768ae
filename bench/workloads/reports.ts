import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeKey } from '../../src/modules/staff/index.ts'
import { type Server, startService } from '../children.ts'
import { memoryOf } from '../footprint.ts'
import { runCopy } from '../psql.ts'
import { seedCustomers } from '../seed.ts'
import { seedOrders } from '../seed-orders.ts'
import { type Cost, costOf, type Measured, measureService, spentBy } from '../service-load.ts'
import { type Bench, figuresOf, measurePaired, type Row, type Workload } from '../workload.ts'
import { placingJob, seedUntracked } from './placing.ts'

/** Lines that a report is to have at least. The greater one where so many orders are asked for that it comes about. */
const LINES = [1_000_000, 10_000_000] as const
const LINES_QUICK = [10_000] as const
/** Of three lines an order, less the cancelled ones. */
const LINES_PER_ORDER = 2.78
const CUSTOMERS = 20_000
const CUSTOMERS_QUICK = 2_000
const YEAR_MS = 365 * 24 * 3_600_000

/** What the shop does meanwhile: well below what it can do. */
const CONNECTIONS = 16
const RATE = 200
const RATE_QUICK = 50

/** W6: a report, beside what psql takes to write the same file, and what the shop's customers notice of it. */
export const reports: Workload = {
	id: 'w6',
	title: 'reports of 1,000,000 lines, and what placing notices of them (W6)',
	async run(bench) {
		const { ground, quick } = bench
		await seedUntracked(ground.sql)
		const tokens = await seedCustomers(ground.sql, quick ? CUSTOMERS_QUICK : CUSTOMERS)
		const { key } = await makeKey(ground.sql, { name: 'bench', scopes: ['reports'] }, null)
		const rows: Row[] = []
		let orders = 0
		for (const lines of quick
			? LINES_QUICK
			: LINES.filter((lines, index) => index === 0 || lines / LINES_PER_ORDER <= bench.orders)) {
			const wanted = Math.ceil(lines / LINES_PER_ORDER)
			bench.say(`  ${wanted.toLocaleString('en')} orders are made`)
			await seedOrders(ground.sql, { from: new Date(Date.now() - YEAR_MS), count: wanted - orders })
			orders = wanted
			rows.push(...(await measureWith(bench, { key, tokens })))
		}
		return rows
	},
}

type Ground = { readonly key: string; readonly tokens: readonly string[] }

/** The service with all its roles in one process: who makes the report is who answers the customers. */
async function measureWith(bench: Bench, ground: Ground): Promise<Row[]> {
	const service = await startService(bench.ground)
	try {
		const stage = { bench, service, ...ground }
		// Placing changes what a report holds: it comes last.
		return [...(await speed(stage)), await placingBeside(stage)]
	} finally {
		await service.close()
	}
}

type Stage = Ground & { readonly bench: Bench; readonly service: Server }

/** A report by the service, with what psql makes of the same statement by the same plan, and by the plan that it takes unasked. */
async function speed(stage: Stage): Promise<Row[]> {
	const { bench } = stage
	const { sha256, lines } = await copy(bench, SAME_PLAN)
	const copied = async (settings: Readonly<Record<string, string>>) => {
		const other = await copy(bench, settings)
		if (other.sha256 !== sha256) throw new Error('psql writes the same lines in another order')
		return lines / other.seconds
	}
	const unasked: number[] = []
	const { ours, limits, ratios } = await measurePaired(bench, {
		async ours() {
			const report = await makeReport(stage)
			if (report.sha256 !== sha256) throw new Error(`the report is not what psql writes: ${report.sha256} and not ${sha256}`)
			unasked.push(await copied({}))
			return report
		},
		limit: () => copied(SAME_PLAN),
	})
	const name = `W6 report of ${lines.toLocaleString('en')} lines`
	bench.say(`  ${name}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of \\copy by the same plan`)
	const figures = {
		unit: 'lines/s',
		ours: figuresOf(ours.map((round) => round.perSecond)),
		processorUs: {
			service: figuresOf(ours.map((round) => round.serviceUs)).median,
			database: figuresOf(ours.map((round) => round.databaseUs)).median,
		},
	}
	return [
		{
			...figures,
			workload: name,
			limit: { name: 'psql \\copy, same plan', ...figuresOf(limits) },
			ratio: figuresOf(ratios),
			goal: '≥0.8',
		},
		{
			...figures,
			workload: `${name}, beside a plan with all cores`,
			limit: { name: 'psql \\copy', ...figuresOf(unasked) },
			ratio: figuresOf(ours.map((round, index) => round.perSecond / (unasked[index] ?? 0))),
		},
		{
			workload: `${name}: memory that the service takes more`,
			unit: 'MB',
			ours: figuresOf(ours.map((round) => round.peakMb - round.beforeMb)),
			limit: { name: 'before', ...figuresOf(ours.map((round) => round.beforeMb)) },
			goal: '<150 MB',
		},
	]
}

/** What a report is, written here once more: the service's own statement would agree with itself. */
const QUERY = `select '{"product_name": ' || to_json(line.name) || ', "price": ' || line.price || ', "amount": ' || line.quantity
	|| ', "user": {"id": ' || orders.customer_id || '}}'
	from orders join order_lines as line on line.order_id = orders.id
	where orders.status <> 'cancelled'
	order by orders.number, line.position`.replaceAll(/\s+/g, ' ')

/** Has psql's statement read by the indexes, row by row, as the service's does (ADR 23). */
const SAME_PLAN = Object.fromEntries([
	['max_parallel_workers_per_gather', '0'],
	...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material', 'sort'].map((name) => [`enable_${name}`, 'off'] as const),
])

async function copy({ ground }: Bench, settings: Readonly<Record<string, string>>) {
	const file = join(ground.dataDir, 'copied.jsonl')
	try {
		const seconds = await runCopy({ databaseUrl: ground.databaseUrl, query: QUERY, file, settings })
		return { seconds, ...(await hashOf(file)) }
	} finally {
		await rm(file, { force: true })
	}
}

const NEWLINE = 10

async function hashOf(file: string): Promise<{ sha256: string; lines: number }> {
	const hash = createHash('sha256')
	let lines = 0
	for await (const chunk of createReadStream(file)) {
		if (!Buffer.isBuffer(chunk)) throw new TypeError('a file is read as bytes')
		hash.update(chunk)
		for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++
	}
	return { sha256: hash.digest('hex'), lines }
}

type Made = Cost & { readonly perSecond: number; readonly sha256: string; readonly beforeMb: number; readonly peakMb: number }

const LOOK_EVERY_MS = 50
/** Ten million lines on a slow machine. */
const REPORT_TIMEOUT_MS = 30 * 60_000

type Report = { readonly report_id: string; readonly status: string; readonly lines: number; readonly sha256: string | null }

/** Asks for a report and waits until it is completed, as another service does; looks at the memory of its maker meanwhile. */
async function makeReport({ bench, service, key }: Stage): Promise<Made> {
	const { ground } = bench
	const before = await spentBy(service, ground)
	const { idleRssMb: beforeMb } = await memoryOf(service.pid)
	const began = performance.now()
	const { report_id: id } = await call(service, key, 'POST /v1/reports')
	let peakMb = beforeMb
	for (;;) {
		const [report, memory] = await Promise.all([call(service, key, `GET /v1/reports/${id}`), memoryOf(service.pid)])
		peakMb = Math.max(peakMb, memory.idleRssMb)
		if (report.status === 'completed') {
			const perSecond = report.lines / ((performance.now() - began) / 1_000)
			const cost = costOf(before, await spentBy(service, ground), report.lines)
			const { sha256 } = await hashOf(join(ground.dataDir, `reports/${id}.jsonl`))
			if (sha256 !== report.sha256) throw new Error(`the file of report ${id} is not what its SHA-256 says`)
			await rm(join(ground.dataDir, `reports/${id}.jsonl`))
			return { ...cost, perSecond, sha256, beforeMb, peakMb }
		}
		if (!['pending', 'running'].includes(report.status)) throw new Error(`a report is ${report.status}`)
		if (performance.now() - began > REPORT_TIMEOUT_MS) throw new Error(`a report is still ${report.status}`)
		await sleep(LOOK_EVERY_MS)
	}
}

async function call({ url }: Server, key: string, route: string): Promise<Report> {
	const [method = '', path = ''] = route.split(' ')
	const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${key}` } })
	const text = await answer.text()
	if (!answer.ok) throw new Error(`${route} answers ${answer.status}: ${text}`)
	const report: Report = JSON.parse(text)
	return report
}

/** Orders at a constant rate: alone, while one report after the other is made, and alone again. */
async function placingBeside(stage: Stage): Promise<Row> {
	const { bench } = stage
	const perSecond = bench.quick ? RATE_QUICK : RATE
	const alone = [await place(stage, { perSecond, run: 'alone-0' })]
	const beside: Measured[] = []
	for (let round = 0; round < bench.rounds; round++) {
		beside.push(await whileReporting(stage, () => place(stage, { perSecond, run: `beside-${round}` })))
		alone.push(await place(stage, { perSecond, run: `alone-${round + 1}` }))
	}
	const p99At = (round: number): number => alone[round]?.p99 ?? 0
	const ratio = figuresOf(beside.map(({ p99 }, round) => p99 / ((p99At(round) + p99At(round + 1)) / 2)))
	bench.say(`  placing beside a report: p99 ${beside.map(({ p99 }) => p99.toFixed(1)).join(' ')} ms`)
	return {
		workload: `W6 placing beside a report, ${perSecond} offered a second`,
		connections: CONNECTIONS,
		ours: figuresOf(beside.map((round) => round.perSecond)),
		p50Ms: figuresOf(beside.map(({ p50 }) => p50)),
		p99Ms: figuresOf(beside.map(({ p99 }) => p99)),
		limit: { name: 'p99 without one', ...figuresOf(alone.map(({ p99 }) => p99)) },
		ratio,
		goal: 'p99 ≤1.2 of it without',
	}
}

/** Has a report made all the time, from before the work begins until it ends. */
async function whileReporting<Result>(stage: Stage, work: () => Promise<Result>): Promise<Result> {
	let over = false
	const reporting = (async () => {
		while (!over) await makeReport(stage)
	})()
	// The first to fail ends both.
	const working = work().finally(() => (over = true))
	const [result] = await Promise.all([working, reporting])
	return result
}

async function place(
	{ bench, service, tokens }: Stage,
	{ perSecond, run }: { readonly perSecond: number; readonly run: string },
): Promise<Measured> {
	const { sql } = bench.ground
	const ordersOf = async () => (await sql<[{ orders: number }]>`select count(*) as orders from orders`)[0].orders
	const before = await ordersOf()
	// The same run on a database that has grown would bring the same keys, and get the orders that it has placed.
	const job = await placingJob(sql, { tokens, run: `${before}-${run}` })
	const measured = await measureService(bench, service, { job, connections: CONNECTIONS, perSecond })
	const placed = (await ordersOf()) - before
	if (placed !== measured.acknowledged['orders'])
		throw new Error(`the database holds ${placed} more orders, but ${measured.acknowledged['orders']} were acknowledged`)
	return measured
}
