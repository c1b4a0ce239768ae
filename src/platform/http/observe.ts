import type { Logger } from 'pino'
import type { Metrics } from '../telemetry/metrics.ts'

/** A request that has been answered. */
export type Observed = {
	readonly id: string
	readonly method: string
	/** The route's pattern, not the address: what stands in an address may be somebody's phone. */
	readonly route: string
	readonly status: number
	readonly ms: number
}

export type ObserveRequest = (request: Observed) => void

/** One line in the log and one observation a request. */
export function createObserver(log: Logger, metrics: Metrics): ObserveRequest {
	// Nothing stands in this line that could have to be hidden, and looking for it costs more than writing it.
	const requestLog = log.child({}, { redact: [] })
	return ({ id, method, route, status, ms }) => {
		metrics.answered++
		metrics.requests.observe({ method, route, status }, ms / 1_000)
		requestLog.info({ req_id: id, method, route, status, ms: Math.round(ms * 10) / 10 }, 'request')
	}
}
