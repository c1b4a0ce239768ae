import type { Sql } from '../../platform/db/database.ts'
import { hashToken, newToken } from '../../platform/http/credentials.ts'
import { STAFF_ROLES, type StaffRole } from '../../platform/http/policy.ts'
import { appendAudit } from './audit-queries.ts'
import { requireOwner } from './change-staff.ts'
import { requireEmail } from './email.ts'
import { deleteInvitation, hasOwnerOr, type PutInvitation, putInvitation } from './invitation-queries.ts'
import { staffProblem } from './problems.ts'
import { isStaffRole } from './roles.ts'

type StaffWish = { readonly email: string; readonly role: string }

/** An invitation with the token of its link: the only time it is seen. */
export type MadeInvitation = PutInvitation & { readonly email: string; readonly role: StaffRole; readonly token: string }

/**
 * Invites somebody to the staff by a link that is good for 72 hours and once. A new invitation voids the one before for the same
 * email. Throws an Error that says what to do for an email or role that there can't be, and `staff_exists` when the email has an
 * account. `by`: who invites; null: the command line.
 */
export async function makeInvitation(sql: Sql, { email, role }: StaffWish, by: number | null): Promise<MadeInvitation> {
	if (!isStaffRole(role)) throw new Error(`There is no role "${role}": choose one of ${STAFF_ROLES.join(', ')}`)
	const made = await invite(sql, { email: requireEmail(email), role }, by)
	if (made === undefined) throw staffProblem('staff_exists')
	return made
}

/** Invites the first owner, so that a new shop has somebody who can invite the others; undefined when it has an owner. */
export async function inviteFirstOwner(sql: Sql, email: string): Promise<string | undefined> {
	const address = requireEmail(email)
	// With an account of another role that email is nobody to invite, and no reason not to start either.
	if (await hasOwnerOr(sql, address)) return undefined
	return (await invite(sql, { email: address, role: 'owner' }, null))?.token
}

type Invited = { readonly email: string; readonly role: StaffRole }

async function invite(sql: Sql, { email, role }: Invited, by: number | null): Promise<MadeInvitation | undefined> {
	const token = newToken()
	return sql.begin(async (tx) => {
		await requireOwner(tx, by)
		const put = await putInvitation(tx, { tokenHash: hashToken(token), email, role, staffId: null, by })
		if (put === undefined) return undefined
		const subject = { type: 'invitation', id: email } as const
		await appendAudit(tx, [{ staffId: by, action: 'staff_invited', subject, details: { role } }])
		return { ...put, email, role, token }
	})
}

/** Voids an invitation. Throws `invitation_not_found` when it was used, or is void already. */
export async function withdrawInvitation(sql: Sql, id: number, by: number): Promise<void> {
	await sql.begin(async (tx) => {
		const email = await deleteInvitation(tx, id)
		if (email === undefined) throw staffProblem('invitation_not_found')
		const subject = { type: 'invitation', id: email } as const
		await appendAudit(tx, [{ staffId: by, action: 'staff_invitation_withdrawn', subject, details: {} }])
	})
}

/** The link to open: the token stands in the fragment, which browsers send to nobody, so no log ever holds it. */
export const invitationLink = (publicUrl: string, token: string): string => `${publicUrl}/admin/invitation#token=${token}`
