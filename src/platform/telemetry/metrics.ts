import type { Logger } from 'pino'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Sql } from '../db/database.ts'
import { inTime } from '../in-time.ts'
import { type OutboxState, readOutboxState } from '../outbox/outbox-state.ts'

/** What is counted, for Prometheus. */
export type Metrics = {
	readonly registry: Registry
	/** Requests by method, route pattern and status, with their duration in seconds. */
	readonly requests: Histogram<'method' | 'route' | 'status'>
	/** Requests answered since the start; `givingWay` reads from it how busy the process is. */
	answered: number
	/** Messages that could not be applied, by topic. */
	readonly deadLetters: Counter<'topic'>
	/** Events that were void before their topic took them, by topic. */
	readonly voidEvents: Counter<'topic'>
	/** Commands of other services that the status table refused, by the status they asked for. */
	readonly refusedCommands: Counter<'status'>
	/** Streams of live events that are open, by whose they are. */
	readonly liveStreams: Gauge<'kind'>
	/** Streams that were cut because their reader was too slow. */
	readonly liveStreamsCut: Counter
	close(): void
}

const DURATIONS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const OUTBOX_COUNT_MAX = 100_000
/** What a scrape waits for the database: well below the ten seconds that Prometheus waits for the scrape. */
const STATE_PATIENCE_MS = 1_000

export function createMetrics(): Metrics {
	const registry = new Registry()
	const registers = [registry]
	return {
		registry,
		requests: new Histogram({
			name: 'http_request_duration_seconds',
			help: 'Duration of requests',
			labelNames: ['method', 'route', 'status'],
			buckets: DURATIONS_S,
			registers,
		}),
		answered: 0,
		deadLetters: new Counter({
			name: 'dead_letters_total',
			help: 'Messages that could not be applied',
			labelNames: ['topic'],
			registers,
		}),
		voidEvents: new Counter({
			name: 'outbox_void_total',
			help: 'Events that were void before their topic took them, and were not sent',
			labelNames: ['topic'],
			registers,
		}),
		refusedCommands: new Counter({
			name: 'refused_status_commands_total',
			help: 'Commands of other services that the status table refused',
			labelNames: ['status'],
			registers,
		}),
		liveStreams: new Gauge({
			name: 'live_streams',
			help: 'Streams of live events that are open',
			labelNames: ['kind'],
			registers,
		}),
		liveStreamsCut: new Counter({
			name: 'live_streams_cut_total',
			help: 'Streams of live events that were cut because their reader was too slow',
			registers,
		}),
		close: () => registry.clear(),
	}
}

/** Adds what is read of the process when somebody asks. */
export const addProcessMetrics = (registry: Registry): void => collectDefaultMetrics({ register: registry })

/**
 * Adds what is read of the database when somebody asks: the events that wait in the outbox. While it is away they have no
 * value: a collector that throws would take all the others of the scrape with it, just when they are needed.
 */
export function addStateMetrics({ registry }: Metrics, sql: Sql, log: Logger): void {
	/** One question at a time: each scrape of a silent database would hold another of the pool's connections. */
	let asked: Promise<OutboxState> | undefined
	const look = async (): Promise<OutboxState | undefined> => {
		asked ??= readOutboxState(sql, OUTBOX_COUNT_MAX).finally(() => (asked = undefined))
		const asking = asked
		try {
			if (await inTime(asking, STATE_PATIENCE_MS)) return await asking
			log.warn({ timeout_ms: STATE_PATIENCE_MS }, 'metrics go without the outbox: the database does not answer')
		} catch (error) {
			log.warn({ err: error }, 'metrics go without the outbox')
		}
		return undefined
	}
	const addGauge = (name: string, help: string, valueOf: (state: OutboxState) => number) =>
		new Gauge({
			name,
			help,
			registers: [registry],
			async collect() {
				const state = await look()
				if (state === undefined) this.remove()
				else this.set(valueOf(state))
			},
		})
	addGauge('outbox_oldest_seconds', 'Age of the oldest event that waits for the broker', ({ oldestS }) => oldestS)
	addGauge('outbox_waiting', `Events that wait for the broker; counted up to ${OUTBOX_COUNT_MAX}`, ({ waiting }) => waiting)
}
