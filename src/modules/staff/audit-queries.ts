import { sql as expression } from 'kysely'
import type { DeleteBatch } from '../../platform/db/delete-in-batches.ts'
import { and, given } from '../../platform/db/conditions.ts'
import type { Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import { planAnew } from '../../platform/db/statements.ts'
import { type Cursor, decodeCursor, momentOfCursor } from '../../platform/http/pages.ts'
import type { AuditAction, AuditEntry, AuditSubjectType } from './audit.ts'
import type { AuditQuery } from './audit-schemas.ts'

/**
 * Writes down what was done, as a part of the transaction that does it: there is no change without its line, and no line
 * without its change. Of what was only looked at, by itself.
 */
export async function appendAudit(tx: Sql | Tx, entries: readonly AuditEntry[]): Promise<void> {
	if (entries.length === 0) return
	const rows = entries.map(({ staffId, action, subject, details }) => ({
		staff_id: staffId,
		action,
		subject_type: subject.type,
		subject_id: String(subject.id),
		details,
	}))
	await tx`
		insert into audit_log (staff_id, action, subject_type, subject_id, details)
		select staff_id, action, subject_type, subject_id, details from json_to_recordset(${tx.typed.json(rows)})
			as entry (staff_id bigint, action text, subject_type text, subject_id text, details jsonb)`
}

/** Whether that member of the staff has left such a line in the last minutes. */
export async function hasJustLeft(
	sql: Sql,
	{ staffId, action, minutes }: { readonly staffId: number; readonly action: AuditAction; readonly minutes: number },
): Promise<boolean> {
	const { count } = await sql`
		select from audit_log
		where staff_id = ${staffId} and action = ${action} and at > now() - make_interval(mins => ${minutes}) limit 1`
	return count > 0
}

/**
 * Takes the reasons out of what was written down of these subjects: what somebody wrote of a person who is erased now. Who did
 * what and when stays.
 */
export async function forgetReasons(tx: Tx, type: AuditSubjectType, ids: readonly (string | number)[]): Promise<void> {
	await tx`
		update audit_log set details = details - 'reason'
		where subject_type = ${type}
			and subject_id = ${oneOf(tx, ids.map(String), 'text')}
			and details ? 'reason'`
}

/** The list has one order, newest first: its name in the cursor. */
const SORT = 'newest'
/** Stands for the command line where a member of the staff is asked for. */
const COMMAND_LINE = 0

export type AuditLine = {
	readonly id: number
	readonly at: Date
	/** Null: the command line. */
	readonly staff_id: number | null
	/** Null also when the account is gone. */
	readonly email: string | null
	readonly action: AuditAction
	readonly subject_type: AuditSubjectType
	readonly subject_id: string
	readonly details: Record<string, unknown>
}

/** The lines that fit the query, newest first, one more than its page holds. Each filter is an index in the order of the list. */
export async function listAudit(sql: Sql, query: AuditQuery): Promise<readonly AuditLine[]> {
	const { staff_id, action, subject_type, subject_id, from, to, cursor, limit } = query
	const conditions = [
		...given(staff_id, (id) => (id === COMMAND_LINE ? expression`staff_id is null` : expression`staff_id = ${id}`)),
		...given(action, (value) => expression`action = ${value}`),
		...given(subject_type, (value) => expression`subject_type = ${value}`),
		...given(subject_id, (value) => expression`subject_id = ${value}`),
		...given(from, (value) => expression`at >= ${new Date(value)}`),
		...given(to, (value) => expression`at < ${new Date(value)}`),
		...given(cursor, (value) => {
			const [at, id] = decodeCursor(value, SORT, ['number', 'number'])
			return expression`(at, audit_log.id) < (${momentOfCursor(at)}::timestamptz, ${id}::bigint)`
		}),
	]
	const statement = expression<AuditLine>`
		select line.*, staff.email from (
			select id, at, staff_id, action, subject_type, subject_id, details from audit_log
			where ${and(conditions)} order by at desc, id desc limit ${limit + 1}
		) as line left join staff on staff.id = line.staff_id
		order by line.at desc, line.id desc`
	return planAnew(sql, statement)
}

/** Where a page ended. */
export const auditCursorOf = ({ at, id }: AuditLine): Cursor => [SORT, at.getTime(), id]

/** Forgets what was done more than so many days ago. */
export const deleteAuditOlderThan =
	(days: number): DeleteBatch =>
	async (sql, limit) => {
		const { count } = await sql`
			delete from audit_log where id in (
				select id from audit_log where at < now() - make_interval(days => ${days})
				order by at limit ${limit} for update skip locked)`
		return count
	}
