import { createHash } from 'node:crypto'
import { invalid } from '../../platform/http/problem.ts'
import { orderProblem, type SalesPeriod } from '../orders/index.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { findRequested, insertReport } from './queries.ts'
import type { Report, Requester } from './report.ts'
import type { ReportBody } from './schemas.ts'

export type ReportRequest = {
	readonly requestedBy: Requester
	readonly idempotencyKey: string | undefined
	readonly period: SalesPeriod
}

/**
 * Writes a report down to be made, and wakes the workers; that of somebody of the staff is audited. Asked again with the same Idempotency-Key and period it is the same
 * report (`replayed`); with another period it throws `idempotency_key_reused`.
 */
export async function requestReport(
	{ sql, signals }: Pick<Service, 'sql' | 'signals'>,
	{ requestedBy, idempotencyKey, period }: ReportRequest,
): Promise<{ report: Report; replayed: boolean }> {
	const requestHash = hashOf(period)
	const replay = async () => {
		const before = idempotencyKey === undefined ? undefined : await findRequested(sql, requestedBy, idempotencyKey)
		if (before !== undefined && !before.requestHash.equals(requestHash)) throw orderProblem('idempotency_key_reused')
		return before && { report: before.report, replayed: true }
	}
	// Looked for first, so that a repeated request takes no number.
	const before = await replay()
	if (before !== undefined) return before
	const report = await sql.begin(async (tx) => {
		const inserted = await insertReport(tx, { requestedBy, idempotencyKey: idempotencyKey ?? null, requestHash, period })
		if (inserted !== undefined && requestedBy.type === 'staff') await appendAudit(tx, [requestEntry(inserted)])
		return inserted
	})
	if (report !== undefined) {
		signals.announce('reports')
		return { report, replayed: false }
	}
	// Another request with this key was quicker.
	const other = await replay()
	if (other === undefined) throw new Error('a report was neither written nor there before')
	return other
}

const requestEntry = ({ id, number, period, requestedBy }: Report) =>
	({
		staffId: requestedBy.id,
		action: 'report_requested',
		subject: { type: 'report', id },
		details: { number, from: period.from, to: period.to },
	}) as const

/** What makes two requests with one key the same. */
const hashOf = ({ from, to }: SalesPeriod): Buffer =>
	createHash('sha256')
		.update(JSON.stringify([from, to]))
		.digest()

/** No order is older; and what is much older is written by the database in ways that a date is not read from. */
const EARLIEST = new Date('1970-01-01T00:00:00.000Z')

/** The period that is asked for. Throws `validation_failed` where it lies before 1970 or ends before it begins. */
export function salesPeriodOf(body: ReportBody): SalesPeriod {
	const period = { from: momentOf('/from', body?.from), to: momentOf('/to', body?.to) }
	if (period.from !== null && period.to !== null && period.from >= period.to) {
		const message = { en: 'must be later than "from"', ru: 'должно быть позже "from"' }
		throw invalid({ in: 'body', pointer: '/to', code: 'period', message })
	}
	return period
}

function momentOf(pointer: string, text: string | null | undefined): Date | null {
	if (text === null || text === undefined) return null
	const moment = new Date(text)
	if (moment < EARLIEST) {
		const message = {
			en: 'must not be before 1970: leave it out for all there is',
			ru: 'должно быть не раньше 1970 года: не указывайте, если нужны все заказы',
		}
		throw invalid({ in: 'body', pointer, code: 'moment', message })
	}
	return moment
}
