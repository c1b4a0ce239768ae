import type { Tx } from '../../platform/db/database.ts'
import type { Service } from '../service.ts'
import { appendAudit } from './audit-queries.ts'
import { insertInvited, insertRecoveryCodes, type NewCredentials, renewCredentials, takeStaffId } from './credential-queries.ts'
import { oneByOne } from './one-by-one.ts'
import { type OpenedLink, openInvitation } from './open-invitation.ts'
import { hashPassword, requirePassword } from './password.ts'
import { staffProblem } from './problems.ts'
import { deleteSessions } from './queries.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.ts'
import { type OpenedSession, openSession } from './session.ts'
import type { StaffMember } from './staff-member.ts'
import { totpStep } from './totp.ts'
import { createTotpVault } from './totp-vault.ts'

type Acceptance = {
	/** Of the link. */
	readonly token: string
	readonly password: string
	/** What the authenticator app shows after it has taken the secret. */
	readonly totp: string
	readonly userAgent: string | null
}

type Accepted = OpenedSession & { readonly recoveryCodes: readonly string[] }

/**
 * Makes the account that an invitation is for, or the new credentials of an account whose sessions end, and signs in. Throws
 * `invitation_not_found`, `validation_failed` for a password that is too easy to guess, or `totp_wrong`.
 */
export type AcceptInvitation = (acceptance: Acceptance) => Promise<Accepted>

export function createAcceptInvitation(service: Service): AcceptInvitation {
	const { sql } = service
	// Only who holds an invitation gets as far as a hash.
	const hash = oneByOne(hashPassword)
	const vault = createTotpVault(service)
	return async ({ token, password, totp, userAgent }) => {
		const link = await openInvitation(sql, token)
		requirePassword(password, link.email)
		const step = totpStep(link.secret, totp, link.now)
		if (step === undefined) throw staffProblem('totp_wrong')
		const passwordHash = await hash(password)
		const accepted = await sql.begin(async (tx) => {
			const id = link.staff_id ?? (await takeStaffId(tx))
			const member = await useLink(tx, link, { id, passwordHash, totpSecret: vault.seal(id, link.secret), totpStep: step })
			return member && signInFirst(tx, member, userAgent)
		})
		if (accepted === undefined) throw staffProblem('invitation_not_found')
		return accepted
	}
}

/** Undefined when the link was used or replaced in the meantime. */
async function useLink(
	tx: Tx,
	{ staff_id, tokenHash }: OpenedLink,
	credentials: NewCredentials,
): Promise<StaffMember | undefined> {
	const renews = staff_id !== null
	const member = await (renews ? renewCredentials : insertInvited)(tx, tokenHash, credentials)
	if (member === undefined) return undefined
	const { id, role } = member
	const action = renews ? 'staff_credentials_renewed' : 'staff_joined'
	await Promise.all([
		deleteSessions(tx, id),
		appendAudit(tx, [{ staffId: id, action, subject: { type: 'staff', id }, details: renews ? {} : { role } }]),
	])
	return member
}

async function signInFirst(tx: Tx, member: StaffMember, userAgent: string | null): Promise<Accepted> {
	const recoveryCodes = newRecoveryCodes()
	const [session] = await Promise.all([
		openSession(tx, member, userAgent),
		insertRecoveryCodes(tx, member.id, recoveryCodes.map(hashRecoveryCode)),
	])
	return { ...session, recoveryCodes }
}
