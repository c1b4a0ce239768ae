import type { Files } from '../../platform/files/port.ts'
import { inTime } from '../../platform/in-time.ts'
import type { Service } from '../service.ts'
import { fileNameOf } from './report.ts'
import { expireReports, hasNoFile, noteRemoval, takeRemoval } from './retention-queries.ts'

/** A storage that takes longer hangs: whoever waits goes on, and the file is tried again later. */
const REMOVE_TIMEOUT_MS = 5_000
/** Reports that one statement makes expired. */
const EXPIRE_MAX = 100
/** How long one round may take: what is left waits for the next, and a process that closes for no longer. */
const ROUND_MS = 5_000

type Remover = Pick<Service, 'sql' | 'log'>

/**
 * Gives one round of cleaning up, for the worker, once in a while: completed reports older than REPORT_KEEP_DAYS expire, then
 * the files go that nobody is told of any more. The status comes first and is committed, so nobody is sent to a file that is
 * being removed; which files are still to go stands in the database, so what a worker that dies leaves behind is another's.
 * Any number of them may run at once. A round returns how many reports it dealt with.
 */
export function createReportsCleanUp({ sql, log, config }: Pick<Service, 'sql' | 'log' | 'config'>, files: Files) {
	return async (): Promise<number> => {
		const until = performance.now() + ROUND_MS
		let count = 0
		for (;;) {
			const expired = await expireReports(sql, { keepDays: config.REPORT_KEEP_DAYS, limit: EXPIRE_MAX })
			count += expired
			const removed = await removeDue({ sql, log }, files, until)
			count += removed
			if (performance.now() >= until || expired + removed === 0) return count
		}
	}
}

/** Removes what is due until then, one after the other; a file that is not removed comes again later and stops no other. */
async function removeDue(remover: Remover, files: Files, until: number): Promise<number> {
	let removed = 0
	while (performance.now() < until) {
		const id = await takeRemoval(remover.sql)
		if (id === undefined) break
		if (await removeFileOf(remover, files, id)) removed++
	}
	return removed
}

/** The same for one report, if it is due. Never throws. */
export async function removeIfDue(remover: Remover, files: Files, id: string): Promise<void> {
	await toldIfFailed(remover, id, async () => {
		if ((await takeRemoval(remover.sql, id)) !== undefined) await removeFileOf(remover, files, id)
	})
}

/**
 * For a worker that has stopped writing a report that is no longer its own: when the report has ended without a file, what the
 * worker has left goes. Never throws.
 */
export async function removeLeftovers(remover: Remover, files: Files, id: string): Promise<void> {
	await toldIfFailed(remover, id, async () => {
		if (await hasNoFile(remover.sql, id)) await removeFileOf(remover, files, id)
	})
}

/** Removes what there is of a report's file and notes that; false when it is still to be done. Never throws. */
export const removeFileOf = (remover: Remover, files: Files, id: string): Promise<boolean> =>
	toldIfFailed(remover, id, async () => {
		await withinTime(files.remove(fileNameOf(id)))
		await noteRemoval(remover.sql, id)
	})

/** What is not removed stays written down as due: that it failed is all there is to tell. */
async function toldIfFailed({ log }: Remover, id: string, run: () => Promise<void>): Promise<boolean> {
	try {
		await run()
		return true
	} catch (error) {
		log.warn({ err: error, report_id: id }, 'the file of a report could not be removed; tried again later')
		return false
	}
}

async function withinTime(removal: Promise<void>): Promise<void> {
	if (!(await inTime(removal, REMOVE_TIMEOUT_MS))) throw new Error(`the storage has not answered for ${REMOVE_TIMEOUT_MS} ms`)
}
