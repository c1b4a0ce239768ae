import type { Sql } from '../../platform/db/database.ts'
import { hashToken, newToken } from '../../platform/http/credentials.ts'
import type { StaffRole } from '../../platform/http/policy.ts'
import { appendAudit } from './audit.ts'
import { requireEmail } from './email.ts'
import { hasOwnerOr, putInvitation } from './invitation-queries.ts'
import { isStaffRole, STAFF_ROLES } from './roles.ts'
import { newTotpSecret } from './totp.ts'

type StaffWish = { readonly email: string; readonly role: string }

/**
 * Invites somebody to the staff and returns the token of the link, which is good for 72 hours and once. A new invitation voids
 * the one before for the same email. Throws an Error that says what to do for an email or role that there can't be, and when
 * the email has an account. `by`: who invites; null: the command line.
 */
export async function inviteStaff(sql: Sql, { email, role }: StaffWish, by: number | null = null): Promise<string> {
	if (!isStaffRole(role)) throw new Error(`There is no role "${role}": choose one of ${STAFF_ROLES.join(', ')}`)
	const address = requireEmail(email)
	const token = await invite(sql, { email: address, role }, by)
	if (token === undefined) throw new Error(`${address} has an account already: sign in with it`)
	return token
}

/** Invites the first owner, so that a new shop has somebody who can invite the others; undefined when it has an owner. */
export async function inviteFirstOwner(sql: Sql, email: string): Promise<string | undefined> {
	const address = requireEmail(email)
	// With an account of another role that email is nobody to invite, and no reason not to start either.
	return (await hasOwnerOr(sql, address)) ? undefined : invite(sql, { email: address, role: 'owner' }, null)
}

type Invited = { readonly email: string; readonly role: StaffRole }

async function invite(sql: Sql, { email, role }: Invited, by: number | null): Promise<string | undefined> {
	const token = newToken()
	const invitation = { tokenHash: hashToken(token), email, role, totpSecret: newTotpSecret() }
	return sql.begin(async (tx) => {
		if (!(await putInvitation(tx, invitation))) return undefined
		const subject = { type: 'invitation', id: email } as const
		await appendAudit(tx, [{ staffId: by, action: 'staff_invited', subject, details: { role } }])
		return token
	})
}

/** The link to open: the token stands in the fragment, which browsers send to nobody, so no log ever holds it. */
export const invitationLink = (publicUrl: string, token: string): string => `${publicUrl}/admin/invitation#token=${token}`
