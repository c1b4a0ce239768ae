import { setTimeout as sleep } from 'node:timers/promises'
import type { Service } from '../service.ts'
import { renewLease, type TakenReport } from './queries.ts'
import type { Progress } from './write-report.ts'

/** How often a worker says that it lives, and how far it is. */
const RENEW_MS = 1_000

export type Lease = {
	/** Whoever makes the report counts here; it is told with the next renewal. */
	readonly progress: Progress
	/** Aborted when the report is another worker's. */
	readonly lost: AbortSignal
	end(): void
}

/**
 * Holds a report while it is made. A renewal that fails is made up for by the next one; the lease is lost only when another
 * worker has taken the report, for until then nobody is in the way.
 */
export function keepLease({ sql, log }: Pick<Service, 'sql' | 'log'>, report: TakenReport, leaseMs: number): Lease {
	const progress: Progress = { lines: 0, bytes: 0 }
	const lost = new AbortController()
	const ended = new AbortController()
	const keep = async () => {
		for (;;) {
			await sleep(Math.min(RENEW_MS, leaseMs / 3), undefined, { signal: ended.signal }).catch(() => undefined)
			if (ended.signal.aborted) return
			try {
				if (!(await renewLease(sql, report, { ...progress, leaseMs }))) return lost.abort(new Error('another worker has it'))
			} catch (error) {
				log.debug({ err: error, report_id: report.id }, 'a lease could not be renewed')
			}
		}
	}
	void keep()
	return { progress, lost: lost.signal, end: () => ended.abort() }
}
