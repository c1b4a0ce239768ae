import type { Locale } from '../../platform/http/problem.ts'
import type { ReportCompleted, ReportFailed } from '../../events/reports.ts'
import { FAILURES, type FailureCode } from './failures.ts'
import { fileNameOf, type Report, type ReportFile } from './report.ts'
import type { ReportView } from './schemas.ts'

const textOf = (moment: Date | null): string | null => moment?.toISOString() ?? null

export const errorOf = (code: FailureCode, locale: Locale) => ({ code, message: FAILURES[code][locale] })

/** A report as the API shows it. */
export const viewReport = (report: Report, locale: Locale): ReportView => ({
	report_id: report.id,
	number: report.number,
	status: report.status,
	lines: report.lines,
	bytes: report.bytes,
	sha256: report.sha256,
	from: textOf(report.period.from),
	to: textOf(report.period.to),
	error: report.failure && errorOf(report.failure, locale),
	requested_at: report.requestedAt.toISOString(),
	completed_at: textOf(report.completedAt),
})

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
