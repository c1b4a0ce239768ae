import { createWaker } from '../../platform/waker.ts'
import type { Service } from '../service.ts'
import { renewLease, type TakenReport } from './queries.ts'
import type { Progress } from './write-report.ts'

/** How often a worker says that it lives, and how far it is. */
const RENEW_MS = 500

export type Lease = {
	/** Whoever makes the report counts here; it is told with the next renewal. */
	readonly progress: Progress
	/** Aborted when the report is no longer this worker's: another one has it, or it was cancelled. */
	readonly lost: AbortSignal
	end(): void
}

/**
 * Holds a report while it is made. A renewal that fails is made up for by the next one; the lease is lost only when the
 * report was cancelled or another worker has taken it, for until then nobody is in the way.
 */
export function keepLease(service: Pick<Service, 'sql' | 'log' | 'signals'>, report: TakenReport, leaseMs: number): Lease {
	const { sql, log, signals } = service
	const progress: Progress = { lines: 0, bytes: 0, linesEstimate: null }
	const lost = new AbortController()
	const waker = createWaker()
	const off = signals.on('reports_cancelled', waker.wake)
	let ended = false
	const keep = async () => {
		for (;;) {
			await waker.wait(Math.min(RENEW_MS, leaseMs / 3))
			if (ended) return
			try {
				if (!(await renewLease(sql, report, { ...progress, leaseMs }))) return lost.abort(new Error('it is no longer ours'))
			} catch (error) {
				log.debug({ err: error, report_id: report.id }, 'a lease could not be renewed')
			}
		}
	}
	void keep()
	const end = () => {
		ended = true
		off()
		waker.wake()
	}
	return { progress, lost: lost.signal, end }
}
