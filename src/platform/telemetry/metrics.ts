import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Sql } from '../db/database.ts'
import { readOutboxState } from '../outbox/outbox-state.ts'

/** What is counted, for Prometheus. */
export type Metrics = {
	readonly registry: Registry
	/** Requests by method, route pattern and status, with their duration in seconds. */
	readonly requests: Histogram<'method' | 'route' | 'status'>
	/** Requests answered since the start; `givingWay` reads from it how busy the process is. */
	answered: number
	/** Messages that could not be applied, by topic. */
	readonly deadLetters: Counter<'topic'>
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

/** Adds what is read of the database when somebody asks: the events that wait in the outbox. */
export function addStateMetrics({ registry }: Metrics, sql: Sql): void {
	const registers = [registry]
	const age = new Gauge({ name: 'outbox_oldest_seconds', help: 'Age of the oldest event that waits for the broker', registers })
	new Gauge({
		name: 'outbox_waiting',
		help: `Events that wait for the broker; counted up to ${OUTBOX_COUNT_MAX}`,
		registers,
		async collect() {
			const { waiting, oldestS } = await readOutboxState(sql, OUTBOX_COUNT_MAX)
			this.set(waiting)
			age.set(oldestS)
		},
	})
}
