import type { Sql, Tx } from '../../platform/db/database.ts'
import type { StaffRole } from '../../platform/http/policy.ts'
import { canonicalEmail } from './email.ts'

/** A member of the staff as the owners see them. */
export type StaffRecord = {
	readonly id: number
	readonly email: string
	readonly role: StaffRole
	readonly deactivated_at: Date | null
	readonly last_signed_in_at: Date | null
	readonly created_at: Date
	/** How many are left. */
	readonly recovery_codes: number
	readonly sessions: number
	/** Until when a link for new credentials is good; null where there is none. */
	readonly reset_expires_at: Date | null
}

const selectRecords = (sql: Sql) => sql`
	select id, email, role, deactivated_at, last_signed_in_at, created_at,
		(select count(*)::int from staff_recovery_codes where staff_id = staff.id) as recovery_codes,
		(select count(*)::int from staff_sessions where staff_id = staff.id and expires_at > now()) as sessions,
		(select expires_at from staff_invitations where staff_id = staff.id and expires_at > now()) as reset_expires_at
	from staff`

/** The staff by email, those after that one; `limit` at the most. */
export async function listStaff(sql: Sql, after: string, limit: number): Promise<StaffRecord[]> {
	return sql<StaffRecord[]>`${selectRecords(sql)} where email > ${after} order by email limit ${limit}`
}

export async function findStaff(sql: Sql, id: number): Promise<StaffRecord | undefined> {
	const [record] = await sql<StaffRecord[]>`${selectRecords(sql)} where id = ${id}`
	return record
}

/** The id of who has that email, however it is typed. */
export async function findStaffId(sql: Sql, email: string): Promise<number | undefined> {
	const [row] = await sql<{ id: number }[]>`select id from staff where email = ${canonicalEmail(email)}`
	return row?.id
}

export type Standing = {
	readonly role: StaffRole
	readonly active: boolean
	readonly email: string
	/** Whether there is an owner besides, who may come in. */
	readonly otherOwner: boolean
}

/**
 * How a member of the staff stands, undefined when there is none, and no other change of roles comes in between until the
 * transaction ends: two owners who demote each other do so one after the other.
 */
export async function lockStanding(tx: Tx, id: number): Promise<Standing | undefined> {
	const lock = tx`select pg_advisory_xact_lock(hashtextextended('prilavok staff roles', 0))`
	// A second statement: one that waits for a lock and reads beside it would read the past.
	const read = tx<Standing[]>`
		select role, email, deactivated_at is null as active, exists (
				select from staff as other where role = 'owner' and deactivated_at is null and other.id <> staff.id
			) as "otherOwner"
		from staff where id = ${id} for update`
	const [, [standing]] = await Promise.all([lock, read])
	return standing
}

/** Whether that is an owner who may come in; it stays so until the transaction ends. */
export async function isActiveOwner(tx: Tx, id: number): Promise<boolean> {
	const { count } = await tx`
		select from staff where id = ${id} and role = 'owner' and deactivated_at is null for share`
	return count > 0
}

export async function setStanding(tx: Tx, id: number, { role, active }: Pick<Standing, 'role' | 'active'>): Promise<void> {
	await tx`
		update staff set role = ${role}, deactivated_at = case when ${active} then null else coalesce(deactivated_at, now()) end
		where id = ${id}`
}
