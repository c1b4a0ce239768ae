import type { Files } from '../../platform/files/port.ts'
import { inTime } from '../../platform/in-time.ts'
import { createWaker } from '../../platform/waker.ts'
import type { Service } from '../service.ts'
import { DEFAULT_LIMITS, generateReport, type GenerationLimits } from './generate-report.ts'
import { takeReport } from './queries.ts'

/** What a lost signal costs at the most. */
const POLL_MS = 1_000
/** How long giving a report back may take; with the time to finish it well below what a process has for its end. */
const GIVE_BACK_MS = 8_000

/**
 * Makes the reports that were asked for, REPORT_CONCURRENCY at once; any number of workers may run. `close` finishes what is
 * nearly ready and gives the rest back for another worker.
 */
export function startReportWorker(
	service: Service,
	files: Files,
	limits: GenerationLimits = { ...DEFAULT_LIMITS, timeoutMs: service.config.REPORT_MAX_MINUTES * 60_000 },
): { close(): Promise<void> } {
	const { sql, log, signals, config } = service
	const stop = new AbortController()
	const interrupt = new AbortController()

	const startSlot = () => {
		const waker = createWaker()
		const off = signals.on('reports', waker.wake)
		stop.signal.addEventListener('abort', waker.wake)
		const loop = async () => {
			while (!stop.signal.aborted) {
				try {
					const report = await takeReport(sql, limits.leaseMs)
					if (report === undefined) await waker.wait(POLL_MS)
					else await generateReport(service, files, { report, limits, closing: interrupt.signal })
				} catch (error) {
					log.warn({ err: error }, 'reports can’t be worked on; tried again soon')
					await waker.wait(POLL_MS)
				}
			}
			off()
		}
		return loop()
	}
	const running = Promise.all(Array.from({ length: config.REPORT_CONCURRENCY }, startSlot))
	return {
		async close() {
			stop.abort()
			if (await inTime(running, limits.finishMs)) return
			interrupt.abort(new Error('the worker is closed'))
			if (!(await inTime(running, GIVE_BACK_MS)))
				log.warn('a report could not be given back: it is taken over when its lease expires')
		},
	}
}
