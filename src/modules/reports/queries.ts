import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import type { SalesPeriod } from '../orders/index.ts'
import type { FailureCode } from './failures.ts'
import type { Report, ReportFile, ReportStatus, Requester } from './report.ts'

type ReportRow = {
	id: string
	number: number
	status: ReportStatus
	requested_by: number | null
	requested_by_staff: number | null
	period_from: Date | null
	period_to: Date | null
	lines: number
	lines_estimate: number | null
	bytes: number
	sha256: string | null
	error_code: FailureCode | null
	requested_at: Date
	completed_at: Date | null
	taken_ms: number | null
}
const COLUMNS = [
	'id',
	'number',
	'status',
	'requested_by',
	'requested_by_staff',
	'period_from',
	'period_to',
	'lines',
	'lines_estimate',
	'bytes',
	'sha256',
	'error_code',
	'requested_at',
	'completed_at',
] as const
/** A report's row, with how long its worker has had it, by the database's clock. */
const columns = (sql: Sql | Tx): Fragment =>
	sql`${sql([...COLUMNS])}, (extract(epoch from now() - taken_at) * 1000)::bigint as taken_ms`

const reportOf = (row: ReportRow): Report => ({
	id: row.id,
	number: row.number,
	status: row.status,
	period: { from: row.period_from, to: row.period_to },
	requestedBy: requesterOf(row),
	lines: row.lines,
	linesEstimate: row.lines_estimate,
	bytes: row.bytes,
	sha256: row.sha256,
	failure: row.error_code,
	requestedAt: row.requested_at,
	completedAt: row.completed_at,
	takenMs: row.taken_ms,
})

function requesterOf({ id, requested_by, requested_by_staff }: ReportRow): Requester {
	if (requested_by_staff !== null) return { type: 'staff', id: requested_by_staff }
	if (requested_by === null) throw new Error(`nobody has asked for the report ${id}`)
	return { type: 'service', id: requested_by }
}

export type NewReport = {
	readonly requestedBy: Requester
	readonly idempotencyKey: string | null
	readonly requestHash: Buffer
	readonly period: SalesPeriod
}

/**
 * An order has the time at which it was decided, and is written by the next statement: it comes to light so much later at most, as
 * that one begins within 5 s (`GROUND_GOOD_FOR_S` in orders/placing-queries.ts), and statements are ended after 4 s.
 */
const COMES_TO_LIGHT_S = 10
/** So far a caller's clock may be ahead of the database's. */
const AHEAD_MAX_S = 60

/**
 * Writes a report down as pending; undefined when its caller has one with this key already. One whose period ends just now, as at
 * midnight, is not made before all orders of the period have come to light: they would be in no report.
 */
export async function insertReport(tx: Tx, report: NewReport): Promise<Report | undefined> {
	const { requestedBy, idempotencyKey, requestHash, period } = report
	const [row] = await tx<ReportRow[]>`
		insert into reports (${tx(columnOf(requestedBy))}, idempotency_key, request_hash, period_from, period_to, lease_until)
		select ${requestedBy.id}, ${idempotencyKey}, ${requestHash}, ${period.from}, period_to,
			case when period_to between now() - late and now() + ${AHEAD_MAX_S} * interval '1 second' then period_to + late end
		from (select ${period.to}::timestamptz as period_to, ${COMES_TO_LIGHT_S} * interval '1 second' as late) as asked
		on conflict (${tx(columnOf(requestedBy))}, idempotency_key) do nothing
		returning ${columns(tx)}`
	return row && reportOf(row)
}

const columnOf = ({ type }: Requester) => (type === 'staff' ? 'requested_by_staff' : 'requested_by')

export type RequestedBefore = { readonly report: Report; readonly requestHash: Buffer }

/** The report that this caller asked for with this key. */
export async function findRequested(sql: Sql, requestedBy: Requester, key: string): Promise<RequestedBefore | undefined> {
	const [row] = await sql<(ReportRow & { request_hash: Buffer })[]>`
		select ${columns(sql)}, request_hash from reports
		where ${sql(columnOf(requestedBy))} = ${requestedBy.id} and idempotency_key = ${key}`
	return row && { report: reportOf(row), requestHash: row.request_hash }
}

export async function findReport(sql: Sql, id: string): Promise<Report | undefined> {
	const [row] = await sql<ReportRow[]>`select ${columns(sql)} from reports where id = ${id}`
	return row && reportOf(row)
}

/** The reports that were asked for before this one, or all, newest first; `limit` at the most. */
export async function listReports(sql: Sql, before: number | undefined, limit: number): Promise<Report[]> {
	const rows = await sql<ReportRow[]>`
		select ${columns(sql)} from reports where ${before === undefined ? sql`true` : sql`number < ${before}`}
		order by number desc limit ${limit}`
	return rows.map(reportOf)
}

/** A report in the hands of a worker. `attempt` is its right to it: whoever takes the report next makes it void. */
export type TakenReport = Report & {
	readonly attempt: number
	/** How often it failed or lost its worker so far. */
	readonly failures: number
}

/** Takes the oldest report that waits, or whose worker has let its lease expire. */
export async function takeReport(sql: Sql, leaseMs: number): Promise<TakenReport | undefined> {
	const [row] = await sql<(ReportRow & { attempt: number; failures: number })[]>`
		update reports
		set status = 'running', attempt = attempt + 1, failures = failures + (status = 'running')::int, lines = 0, bytes = 0,
			lines_estimate = null, taken_at = now(), lease_until = now() + ${leaseMs} * interval '1 millisecond'
		where id = (
			select id from reports
			where status in ('pending', 'running') and (lease_until is null or lease_until < now())
			order by number limit 1 for update skip locked
		)
		returning ${columns(sql)}, attempt, failures`
	return row && { ...reportOf(row), attempt: row.attempt, failures: row.failures }
}

/** What every statement of a worker is guarded by. */
type Held = Pick<TakenReport, 'id' | 'attempt'>

export type Renewal = {
	readonly lines: number
	readonly bytes: number
	readonly linesEstimate: number | null
	readonly leaseMs: number
}

/** Tells how far the report is and holds it for longer; false when it is somebody else's by now. */
export async function renewLease(sql: Sql, { id, attempt }: Held, renewal: Renewal): Promise<boolean> {
	const { lines, bytes, linesEstimate, leaseMs } = renewal
	const { count } = await sql`
		update reports set lines = ${lines}, bytes = ${bytes}, lines_estimate = ${linesEstimate},
			lease_until = now() + ${leaseMs} * interval '1 millisecond'
		where id = ${id} and attempt = ${attempt} and status = 'running'`
	return count > 0
}

export type Return = {
	/** When it may be taken again. */
	readonly delayMs: number
	/** Whether it counts as a failure, or its worker just had to go. */
	readonly failed: boolean
}

/** Puts a report back for whoever takes it next. */
export async function returnReport(sql: Sql, { id, attempt }: Held, { delayMs, failed }: Return): Promise<void> {
	await sql`
		update reports set status = 'pending', lines = 0, bytes = 0, lines_estimate = null, failures = failures + ${failed ? 1 : 0},
			lease_until = now() + ${delayMs} * interval '1 millisecond'
		where id = ${id} and attempt = ${attempt} and status = 'running'`
}

/** Makes a report completed, and locks it; undefined when it is somebody else's by now. */
export async function completeReport(tx: Tx, { id, attempt }: Held, file: ReportFile): Promise<Report | undefined> {
	const [row] = await tx<ReportRow[]>`
		update reports set status = 'completed', lines = ${file.lines}, bytes = ${file.bytes}, sha256 = ${file.sha256},
			lease_until = null, completed_at = now()
		where id = ${id} and attempt = ${attempt} and status = 'running'
		returning ${columns(tx)}`
	return row && reportOf(row)
}

/** Gives a report up for good, and locks it; undefined when it is somebody else's by now. */
export async function failReport(tx: Tx, { id, attempt }: Held, code: FailureCode): Promise<Report | undefined> {
	const [row] = await tx<ReportRow[]>`
		update reports set status = 'failed', lines = 0, bytes = 0, error_code = ${code}, lease_until = null, completed_at = now(),
			remove_file_at = now()
		where id = ${id} and attempt = ${attempt} and status = 'running'
		returning ${columns(tx)}`
	return row && reportOf(row)
}

/**
 * Ends a report that is not finished, whoever makes it, and locks it; undefined when there is none, or it is finished. Its
 * worker removes what it has written; should that worker be dead, it is left to others when the lease has expired.
 */
export async function cancelUnfinished(tx: Tx, id: string): Promise<Report | undefined> {
	const [row] = await tx<ReportRow[]>`
		update reports set status = 'failed', lines = 0, bytes = 0, error_code = 'cancelled', lease_until = null, completed_at = now(),
			remove_file_at = case when attempt > 0 then case status when 'running' then greatest(lease_until, now()) else now() end end
		where id = ${id} and status in ('pending', 'running')
		returning ${columns(tx)}`
	return row && reportOf(row)
}
