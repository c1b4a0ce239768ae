import type { Files } from '../../platform/files/port.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { reportProblem } from './problems.ts'
import { cancelUnfinished, findReport } from './queries.ts'
import { removeIfDue } from './remove-files.ts'
import type { Report } from './report.ts'
import { failedValue } from './view-report.ts'

type Cancelling = {
	readonly id: string
	/** Who of the staff cancels it, to be audited; null: a service. */
	readonly staffId: number | null
}

/**
 * Ends a report that waits or is being made: it has failed, as `cancelled`, and tells so by its event, at once; its worker is
 * told to stop. Against a completion at the same moment the first to write wins. Again it is the same answer. Throws
 * `report_not_found`, and `report_finished` for one that ended otherwise.
 */
export async function cancelReport(service: Service, files: Files, { id, staffId }: Cancelling): Promise<Report> {
	const { sql, signals, topicNames, log } = service
	const cancelled = await sql.begin(async (tx) => {
		const report = await cancelUnfinished(tx, id)
		if (report === undefined) return undefined
		const value = failedValue(report, 'cancelled')
		await appendEvents(tx, [{ topic: topicNames.reports, key: report.id, type: 'report.failed', value }])
		if (staffId !== null) {
			const { number } = report
			await appendAudit(tx, [{ staffId, action: 'report_cancelled', subject: { type: 'report', id }, details: { number } }])
		}
		return report
	})
	if (cancelled === undefined) {
		const report = await findReport(sql, id)
		if (report === undefined) throw reportProblem('report_not_found')
		if (report.failure !== 'cancelled') throw reportProblem('report_finished', { report_status: report.status })
		return report
	}
	signals.announce('outbox')
	signals.announce('reports_cancelled')
	log.info({ report_id: id, number: cancelled.number }, 'a report was cancelled')
	// What earlier attempts have left; what a worker is writing just now is that worker's to remove. The answer needs neither.
	void removeIfDue(service, files, id)
	return cancelled
}
