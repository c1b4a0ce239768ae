import type { Tx } from '../../platform/db/database.ts'
import { hashToken } from '../../platform/http/credentials.ts'
import type { Service } from '../service.ts'
import { appendAudit } from './audit.ts'
import { findInvitation, insertInvited, insertRecoveryCodes, type NewCredentials } from './invitation-queries.ts'
import { oneByOne } from './one-by-one.ts'
import { hashPassword, requirePassword } from './password.ts'
import { staffProblem } from './problems.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.ts'
import { type OpenedSession, openSession } from './session.ts'
import { totpStep } from './totp.ts'

type Acceptance = {
	/** Of the link. */
	readonly token: string
	readonly password: string
	/** What the authenticator app shows after it has taken the secret. */
	readonly totp: string
}

type Accepted = OpenedSession & { readonly recoveryCodes: readonly string[] }

/**
 * Makes the account that an invitation is for, and signs it in. Throws `invitation_not_found`, `validation_failed` for a
 * password that is too easy to guess, or `totp_wrong`.
 */
export type AcceptInvitation = (acceptance: Acceptance) => Promise<Accepted>

export function createAcceptInvitation({ sql, log }: Service): AcceptInvitation {
	// Only who holds an invitation gets as far as a hash.
	const hash = oneByOne(log, 'staff passwords', hashPassword)
	return async ({ token, password, totp }) => {
		const tokenHash = hashToken(token)
		const invitation = await findInvitation(sql, tokenHash)
		if (invitation === undefined) throw staffProblem('invitation_not_found')
		requirePassword(password, invitation.email)
		const step = totpStep(invitation.totp_secret, totp, invitation.now)
		if (step === undefined) throw staffProblem('totp_wrong')
		const credentials = { passwordHash: await hash(password), totpStep: step }
		const accepted = await sql.begin((tx) => makeAccount(tx, tokenHash, credentials))
		if (accepted === undefined) throw staffProblem('invitation_not_found')
		return accepted
	}
}

/** Undefined when the invitation was used or replaced in the meantime. */
async function makeAccount(tx: Tx, tokenHash: Buffer, credentials: NewCredentials): Promise<Accepted | undefined> {
	const member = await insertInvited(tx, tokenHash, credentials)
	if (member === undefined) return undefined
	const recoveryCodes = newRecoveryCodes()
	const { id: staffId, role } = member
	const [session] = await Promise.all([
		openSession(tx, member),
		insertRecoveryCodes(tx, staffId, recoveryCodes.map(hashRecoveryCode)),
		appendAudit(tx, [{ staffId, action: 'staff_joined', subject: { type: 'staff', id: staffId }, details: { role } }]),
	])
	return { ...session, recoveryCodes }
}
