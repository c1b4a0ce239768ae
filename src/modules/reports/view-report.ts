import type { Locale } from '../../platform/http/problem.ts'
import type { ReportCompleted, ReportFailed } from '../../events/reports.ts'
import { FAILURES, type FailureCode } from './failures.ts'
import { fileNameOf, type Report, type ReportFile, type Requester } from './report.ts'
import type { ReportView, StaffReportView } from './schemas.ts'

const textOf = (moment: Date | null): string | null => moment?.toISOString() ?? null

export const errorOf = (code: FailureCode, locale: Locale) => ({ code, message: FAILURES[code][locale] })

/**
 * How far a report is. While it is made its lines are estimated, but never as fewer than there are; the rest is expected to go
 * as fast as what is done went.
 */
function estimateOf({ status, lines, linesEstimate, sha256, takenMs }: Report): ReportView['estimate'] {
	if (sha256 !== null) return { lines_total: lines, seconds_left: 0 }
	if (status !== 'running' || linesEstimate === null || takenMs === null) return null
	const left = linesEstimate - lines
	const known = lines > 0 && left > 0
	return {
		lines_total: Math.max(linesEstimate, lines),
		seconds_left: known ? Math.ceil(((left / lines) * takenMs) / 1_000) : null,
	}
}

/** A report as the API shows it. */
export const viewReport = (report: Report, locale: Locale): ReportView => ({
	report_id: report.id,
	number: report.number,
	status: report.status,
	lines: report.lines,
	bytes: report.bytes,
	estimate: estimateOf(report),
	sha256: report.sha256,
	from: textOf(report.period.from),
	to: textOf(report.period.to),
	error: report.failure && errorOf(report.failure, locale),
	requested_at: report.requestedAt.toISOString(),
	completed_at: textOf(report.completedAt),
})

/** What those who ask for reports are called: services by their name, the staff by their email. */
export type RequesterNames = { readonly [Type in Requester['type']]: ReadonlyMap<number, string> }

/** A report as the staff see it. */
export const viewForStaff = (report: Report, names: RequesterNames, locale: Locale): StaffReportView => {
	const { type, id } = report.requestedBy
	return { ...viewReport(report, locale), requested_by: { type, id, name: names[type].get(id) ?? null } }
}

/** A completed report as its event tells it. */
export const completedValue = ({ id, number, period }: Report, { lines, bytes, sha256 }: ReportFile): ReportCompleted => ({
	report_id: id,
	number,
	result: 'success',
	lines,
	bytes,
	sha256,
	file: fileNameOf(id),
	from: textOf(period.from),
	to: textOf(period.to),
})

/** A failed report as its event tells it. */
export const failedValue = ({ id, number }: Report, code: FailureCode): ReportFailed => ({
	report_id: id,
	number,
	result: 'fail',
	error: errorOf(code, 'en'),
})
