import type { Files } from '../../platform/files/port.ts'
import { isTransient } from '../../platform/db/errors.ts'
import { StorageError } from '../../platform/files/errors.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import type { FailureCode } from './failures.ts'
import { keepLease, type Lease } from './lease.ts'
import { completeReport, failReport, returnReport, type TakenReport } from './queries.ts'
import { removeFileOf, removeLeftovers } from './remove-files.ts'
import type { ReportFile } from './report.ts'
import { completedValue, failedValue } from './view-report.ts'
import { writeReport } from './write-report.ts'

/** What a report may take. */
export type GenerationLimits = {
	/** What it may take in all, from being taken to its file: the database's time and the storage's. */
	readonly timeoutMs: number
	/** How long a worker holds a report without a sign of life. */
	readonly leaseMs: number
	/** How often it may fail for reasons that may pass, or lose its worker. */
	readonly failuresMax: number
	/** The pause after the first failure; it doubles with each, up to RETRY_MAX_MS. */
	readonly retryFirstMs: number
	/** How long a report that runs may take to be finished when its worker is closed, before it is given back. */
	readonly finishMs: number
}

export const DEFAULT_LIMITS: Omit<GenerationLimits, 'timeoutMs'> = {
	leaseMs: 15_000,
	failuresMax: 10,
	retryFirstMs: 1_000,
	finishMs: 5_000,
}
const RETRY_MAX_MS = 60_000

export type Generation = {
	readonly report: TakenReport
	readonly limits: GenerationLimits
	/** Aborted when the worker must go: the report is then given back. */
	readonly closing: AbortSignal
}

/**
 * Makes a report that this worker has taken: writes its file, then makes it completed and writes its event in one
 * transaction, which is guarded by `attempt`: a worker that has lost its lease, and wakes up late, changes nothing. What may
 * pass is tried again later; what does not makes it failed, with an event as well. Throws what the database throws when even
 * that can't be written; the lease then expires and the report is taken again.
 */
export async function generateReport(service: Service, files: Files, generation: Generation): Promise<void> {
	const { log } = service
	const { report, limits, closing } = generation
	const context = { report_id: report.id, number: report.number, attempt: report.attempt }
	const startedAt = performance.now()
	const ms = () => Math.round(performance.now() - startedAt)
	if (report.failures >= limits.failuresMax) {
		log.error(context, 'a report has failed or lost its worker too often and is given up')
		return giveUp(service, files, report, 'internal')
	}
	const lease = keepLease(service, report, limits.leaseMs)
	const late = new AbortController()
	const deadline = setTimeout(() => late.abort(new Error('the report took too long')), limits.timeoutMs)
	try {
		const signal = AbortSignal.any([closing, lease.lost, late.signal])
		const writing = writeReport(service, files, { report, progress: lease.progress, timeoutMs: limits.timeoutMs, signal })
		const file = await orLeftAlone(writing, signal, () => removeLeftovers(service, files, report.id))
		if (await publish(service, report, file)) log.info({ ...context, ...file, ms: ms() }, 'a report was completed')
		else await leave(service, files, report)
	} catch (error) {
		await settle(service, files, { ...generation, lease, error, late: late.signal.aborted || ms() >= limits.timeoutMs })
	} finally {
		clearTimeout(deadline)
		lease.end()
	}
}

/** How long writing that was told to stop may take to do so: the database, then the storage. */
const STOP_TIMEOUT_MS = 6_000

/**
 * The outcome of `writing`, which is told to stop by the signal; if it does not, because the storage hangs, it is left alone
 * and the signal's reason is thrown. `ended` is called should it come to an end after all.
 */
async function orLeftAlone<Result>(writing: Promise<Result>, signal: AbortSignal, ended: () => Promise<void>): Promise<Result> {
	const { promise: leftAlone, reject } = Promise.withResolvers<never>()
	let timer: NodeJS.Timeout | undefined
	const stop = () => {
		timer = setTimeout(() => {
			void writing.then(ended, ended)
			reject(signal.reason)
		}, STOP_TIMEOUT_MS)
	}
	if (signal.aborted) stop()
	else signal.addEventListener('abort', stop)
	try {
		return await Promise.race([writing, leftAlone])
	} finally {
		signal.removeEventListener('abort', stop)
		clearTimeout(timer)
	}
}

/** Drops a report that another worker has by now, or that was cancelled. */
async function leave(service: Service, files: Files, { id, number, attempt }: TakenReport): Promise<void> {
	service.log.warn({ report_id: id, number, attempt }, 'a report was taken over by another worker, or cancelled')
	await removeLeftovers(service, files, id)
}

type Ending = Generation & { readonly lease: Lease; readonly error: unknown; readonly late: boolean }

/** Decides what an error means for the report. */
async function settle(service: Service, files: Files, ending: Ending): Promise<void> {
	const { sql, log, signals } = service
	const { report, limits, lease, error, late } = ending
	const context = { report_id: report.id, number: report.number, attempt: report.attempt }
	if (lease.lost.aborted) return leave(service, files, report)
	if (ending.closing.aborted) {
		await returnReport(sql, report, { delayMs: 0, failed: false })
		signals.announce('reports')
		return log.info(context, 'a report was given back: this worker is closed')
	}
	const { code, mayPass } = late ? TOO_LONG : causeOf(error)
	if (mayPass && report.failures + 1 < limits.failuresMax) {
		const delayMs = Math.min(limits.retryFirstMs * 2 ** report.failures, RETRY_MAX_MS)
		log.warn({ ...context, err: error, retry_ms: delayMs }, 'a report failed and is tried again')
		return returnReport(sql, report, { delayMs, failed: true })
	}
	log.error({ ...context, err: error, failure: code }, 'a report failed')
	await giveUp(service, files, report, code)
}

const TOO_LONG = { code: 'too_long', mayPass: false } as const

/** What went wrong, and whether it may go well another time. */
function causeOf(error: unknown): { code: FailureCode; mayPass: boolean } {
	if (error instanceof StorageError) {
		if (error.fault === 'full') return { code: 'storage_full', mayPass: false }
		return { code: 'storage_refused', mayPass: error.fault === 'unavailable' }
	}
	return { code: 'internal', mayPass: isTransient(error) }
}

/** Makes it completed and tells so; false when another worker has it. */
async function publish({ sql, signals, topicNames }: Service, held: TakenReport, file: ReportFile): Promise<boolean> {
	const completed = await sql.begin(async (tx) => {
		const report = await completeReport(tx, held, file)
		if (report === undefined) return false
		const value = completedValue(report, file)
		await appendEvents(tx, [{ topic: topicNames.reports, key: report.id, type: 'report.completed', value }])
		return true
	})
	if (completed) signals.announce('outbox')
	return completed
}

/** Makes it failed and tells so. A failed report has no file, not even one that an attempt had finished. */
async function giveUp(service: Service, files: Files, held: TakenReport, code: FailureCode): Promise<void> {
	const { sql, signals, topicNames } = service
	const failed = await sql.begin(async (tx) => {
		const report = await failReport(tx, held, code)
		if (report === undefined) return false
		await appendEvents(tx, [
			{ topic: topicNames.reports, key: report.id, type: 'report.failed', value: failedValue(report, code) },
		])
		return true
	})
	if (!failed) return leave(service, files, held)
	signals.announce('outbox')
	await removeFileOf(service, files, held.id)
}
