import { setTimeout as sleep } from 'node:timers/promises'
import type { Topics } from '../../src/platform/topics/port.ts'
import { type Server, startService } from '../children.ts'
import { openTopics } from '../kafka.ts'
import { seedCustomers } from '../seed.ts'
import { type Measured, measureService } from '../service-load.ts'
import { type Bench, figuresOf, type Row, type Workload } from '../workload.ts'
import { drainBacklog } from './backlog.ts'
import { customersOf, fillCarts, seedUntracked } from './placing.ts'

/**
 * Orders a second. The service, its PostgreSQL, the broker and the load share the machine: where the greater rate is more than it
 * can take, the smaller one shows what an order waits that meets no queue.
 */
const RATES = [200, 1_000] as const
const RATES_QUICK = [100] as const
const CONNECTIONS = 64
/** Each places one order a round, and connections do not take exactly equal shares. */
const CUSTOMERS_SPARE = 1.5
const ARRIVAL_TIMEOUT_MS = 30_000
const LOOK_EVERY_MS = 50
const TOPIC = 'bench.orders'

/** W8: order placed → event on Kafka, and the drain of a backlog. */
export const ordersOut: Workload = {
	id: 'w8',
	title: 'orders on Kafka: how soon, and a backlog (W8)',
	async run(bench) {
		return [...(await measureDelay(bench)), ...(await drainBacklog(bench))]
	},
}

async function measureDelay(bench: Bench): Promise<Row[]> {
	const { ground, quick } = bench
	const rates = quick ? RATES_QUICK : RATES
	const most = Math.max(...rates) * (bench.warmUpS + bench.seconds) * CUSTOMERS_SPARE
	await seedUntracked(ground.sql)
	const tokens = await seedCustomers(ground.sql, Math.ceil(most))
	const broker = await bench.broker()
	const settings = { KAFKA_BROKERS: broker.address, TOPIC_ORDERS: TOPIC, KAFKA_GROUP: TOPIC }
	const service = await startService({ ...ground, settings })
	const topics = openTopics(broker)
	const listener = listen(topics)
	try {
		const rows: Row[] = []
		for (const perSecond of rates) rows.push(await measureAtRate({ bench, service, listener, tokens, perSecond }))
		return rows
	} finally {
		await listener.close()
		await topics.close()
		await service.close()
	}
}

type AtRate = {
	readonly bench: Bench
	readonly service: Server
	readonly listener: Listener
	readonly tokens: readonly string[]
	readonly perSecond: number
}

async function measureAtRate({ bench, service, listener, tokens, perSecond }: AtRate): Promise<Row> {
	const rounds: (Measured & { readonly delays: readonly number[] })[] = []
	for (let round = 0; round < bench.rounds; round++) {
		await fillCarts(bench.ground.sql)
		const job = { kind: 'place', ...customersOf(tokens), run: `rate-${perSecond}-${round}` } as const
		const warmUntil = Date.now() + bench.warmUpS * 1_000
		const measured = await measureService(bench, service, { job, connections: CONNECTIONS, perSecond })
		const placed = measured.acknowledged['orders'] ?? 0
		const arrivals = await listener.take(placed)
		const delays = arrivals.filter(({ placedAt }) => placedAt >= warmUntil).map((one) => one.arrivedAt - one.placedAt)
		rounds.push({ ...measured, delays: delays.toSorted((one, other) => one - other) })
	}
	const percentile = (part: number) =>
		figuresOf(rounds.map(({ delays }) => delays[Math.min(delays.length - 1, Math.floor(delays.length * part))] ?? 0))
	const row: Row = {
		workload: `W8 order placed → on Kafka, ${perSecond} offered a second`,
		connections: CONNECTIONS,
		ours: figuresOf(rounds.map((round) => round.perSecond)),
		p50Ms: percentile(0.5),
		p99Ms: percentile(0.99),
		processorUs: {
			service: figuresOf(rounds.map((round) => round.serviceUs)).median,
			database: figuresOf(rounds.map((round) => round.databaseUs)).median,
		},
		goal: 'p99 <50 ms at 1,000/s',
	}
	bench.say(
		`  ${row.workload}: p99 ${row.p99Ms?.median} ms; answered within p99 ${rounds.map(({ p99 }) => p99.toFixed(0)).join(' ')} ms`,
	)
	return row
}

/** Both in ms since 1970, by the same machine's clock. */
type Arrival = { readonly placedAt: number; readonly arrivedAt: number }

type Listener = {
	/** The arrivals since it was called last: waits until there are so many. Throws unless each event came once. */
	take(count: number): Promise<Arrival[]>
	close(): Promise<void>
}

/** Listens to the topic as another service would. `ce_time` is when the order's transaction began. */
function listen(topics: Topics): Listener {
	const stop = new AbortController()
	const seen = new Set<string>()
	let arrivals: Arrival[] = []
	const listening = (async () => {
		for await (const { headers } of topics.read(TOPIC, { fromBeginning: true, follow: true, signal: stop.signal })) {
			if (headers['ce_type'] !== 'order.placed') continue
			arrivals.push({ placedAt: Date.parse(headers['ce_time'] ?? ''), arrivedAt: Date.now() })
			seen.add(headers['ce_id'] ?? '')
		}
	})()
	return {
		async take(count) {
			const deadline = performance.now() + ARRIVAL_TIMEOUT_MS
			while (seen.size < count && performance.now() < deadline) await Promise.race([sleep(LOOK_EVERY_MS), listening])
			if (seen.size !== count || arrivals.length !== count)
				throw new Error(`of ${count} orders ${seen.size} are told of, by ${arrivals.length} messages`)
			const taken = arrivals
			arrivals = []
			seen.clear()
			return taken
		},
		async close() {
			stop.abort()
			await listening
		},
	}
}
