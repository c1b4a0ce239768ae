import type { Sql, Tx } from '../../platform/db/database.ts'
import { hashToken, newToken } from '../../platform/http/credentials.ts'
import type { StaffRole } from '../../platform/http/policy.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import type { AuditEntry } from './audit.ts'
import { appendAudit } from './audit-queries.ts'
import { deleteLinksMadeBy, deleteReset, type PutInvitation, putInvitation } from './invitation-queries.ts'
import { staffProblem } from './problems.ts'
import { deleteSessions } from './queries.ts'
import { isActiveOwner, lockStanding, setStanding, type Standing } from './team-queries.ts'

/** Who is changed, and by whom. */
export type Change = {
	readonly id: number
	/** Null: the command line. */
	readonly by: number | null
}

type NewStanding = { readonly role?: StaffRole | undefined; readonly active?: boolean | undefined }

/**
 * Changes what somebody may do, or shuts them out or lets them in again. Whatever changes, their sessions end at once; the links
 * that an owner has made end with their being one, or they would come back by them. Throws `staff_not_found`, `last_owner` when
 * nobody would be left who may manage the staff, and `unauthenticated` when whoever asks has ceased to be an owner at the same moment.
 */
export async function changeStaff(sql: Sql, { id, by }: Change, wish: NewStanding): Promise<void> {
	await sql.begin(async (tx) => {
		const standing = await standingOf(tx, id)
		const next = { role: wish.role ?? standing.role, active: wish.active ?? standing.active }
		const resigns = standing.role === 'owner' && standing.active && !(next.role === 'owner' && next.active)
		if (resigns && !standing.otherOwner) throw staffProblem('last_owner')
		await requireOwner(tx, by)
		const entries = entriesOf({ id, by }, standing, next)
		if (entries.length === 0) return
		await setStanding(tx, id, next)
		await Promise.all([
			deleteSessions(tx, id),
			next.active ? undefined : deleteReset(tx, id),
			resigns ? deleteLinksMadeBy(tx, id) : undefined,
			appendAudit(tx, entries),
		])
	})
}

function entriesOf({ id, by }: Change, before: Standing, next: Pick<Standing, 'role' | 'active'>): AuditEntry[] {
	const about = { staffId: by, subject: { type: 'staff', id } } as const
	const entries: AuditEntry[] = []
	if (next.role !== before.role)
		entries.push({ ...about, action: 'staff_role_changed', details: { from: before.role, to: next.role } })
	if (next.active !== before.active)
		entries.push({ ...about, action: next.active ? 'staff_reactivated' : 'staff_deactivated', details: {} })
	return entries
}

/** A link with its token: the only time it is seen. */
export type MadeReset = Pick<PutInvitation, 'expires_at'> & { readonly token: string }

/**
 * Makes a link by which somebody chooses another password and registers another authenticator app, good for 72 hours and once;
 * their sessions end at once. Until it is used the old credentials are good: whoever must not come in is deactivated. Throws
 * `staff_not_found`, and `staff_deactivated` for who can't come in anyhow.
 */
export async function resetStaff(sql: Sql, { id, by }: Change): Promise<MadeReset> {
	const token = newToken()
	return sql.begin(async (tx) => {
		const { email, role, active } = await standingOf(tx, id)
		if (!active) throw staffProblem('staff_deactivated')
		await requireOwner(tx, by)
		const put = await putInvitation(tx, { tokenHash: hashToken(token), email, role, staffId: id, by })
		if (put === undefined) throw staffProblem('staff_not_found')
		await Promise.all([
			deleteSessions(tx, id),
			appendAudit(tx, [{ staffId: by, action: 'staff_reset', subject: { type: 'staff', id }, details: {} }]),
		])
		return { token, expires_at: put.expires_at }
	})
}

async function standingOf(tx: Tx, id: number): Promise<Standing> {
	const standing = await lockStanding(tx, id)
	if (standing === undefined) throw staffProblem('staff_not_found')
	return standing
}

/** The guard has let an owner in; but another one may have ended that since, which is `unauthenticated`. */
export async function requireOwner(tx: Tx, by: number | null): Promise<void> {
	if (by !== null && !(await isActiveOwner(tx, by))) throw httpProblem('unauthenticated')
}
