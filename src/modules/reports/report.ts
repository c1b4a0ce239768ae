import type { SalesPeriod } from '../orders/index.ts'
import type { FailureCode } from './failures.ts'

/** `expired`: it was completed, and is older than its file is kept. */
export const REPORT_STATUSES = ['pending', 'running', 'completed', 'failed', 'expired'] as const
export type ReportStatus = (typeof REPORT_STATUSES)[number]

/** Who asks for reports: a service by its key, or somebody of the staff. */
export type Requester = { readonly type: 'service' | 'staff'; readonly id: number }

/** A report as it is kept. */
export type Report = {
	readonly id: string
	/** Its badge, for people. */
	readonly number: number
	readonly status: ReportStatus
	readonly period: SalesPeriod
	readonly requestedBy: Requester
	/** Of the file; while it is written, of what stands in it so far. */
	readonly lines: number
	/** What the file may come to; null while nobody knows. */
	readonly linesEstimate: number | null
	readonly bytes: number
	readonly sha256: string | null
	readonly failure: FailureCode | null
	readonly requestedAt: Date
	/** When it was completed or failed. */
	readonly completedAt: Date | null
	/** How long ago its worker, the last one, has taken it; null where none has. */
	readonly takenMs: number | null
}

/** What a completed report's file is. */
export type ReportFile = { readonly lines: number; readonly bytes: number; readonly sha256: string }

/** The name of a report's file below REPORTS_URL. */
export const fileNameOf = (reportId: string): string => `reports/${reportId}.jsonl`
