import type { Tx } from '../../platform/db/database.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import type { Service } from '../service.ts'
import { appendAudit } from './audit.ts'
import { canonicalEmail } from './email.ts'
import { oneByOne } from './one-by-one.ts'
import { hashOfNobody, verifyPassword } from './password.ts'
import { staffProblem } from './problems.ts'
import { hashRecoveryCode } from './recovery-code.ts'
import { type OpenedSession, openSession } from './session.ts'
import { type Account, forgiveTry, takeRecoveryCode, takeTotpStep, takeTry } from './sign-in-queries.ts'
import { newTotpSecret, totpStep } from './totp.ts'

type SignInAttempt = {
	readonly email: string
	readonly password: string
	/** What the authenticator app shows, or a recovery code. */
	readonly totp: string
}

/**
 * Opens a session. Throws `credentials_wrong`, which does not tell what was wrong, or `too_many_requests` when the email has
 * failed too often, the same for every email, known or not.
 */
export type SignIn = (attempt: SignInAttempt) => Promise<OpenedSession>

export function createSignIn(service: Service): SignIn {
	// Stands in where there is no account, so that the same work is done for every email.
	const nobody: Account = {
		id: 0,
		password_hash: hashOfNobody(),
		totp_secret: newTotpSecret(),
		totp_last_step: 0,
		has_recovery_code: false,
	}
	return oneByOne(service.log, 'staff sign-in', (attempt) => signIn(service, attempt, nobody))
}

async function signIn({ sql }: Service, attempt: SignInAttempt, nobody: Account): Promise<OpenedSession> {
	const recoveryCodeHash = hashRecoveryCode(attempt.totp)
	const {
		failureId,
		retryAfterS,
		now,
		account = nobody,
	} = await sql.begin((tx) => takeTry(tx, canonicalEmail(attempt.email), recoveryCodeHash))
	if (failureId === null) throw httpProblem('too_many_requests', {}, { 'retry-after': String(retryAfterS) })
	const step = totpStep(account.totp_secret, attempt.totp, now)
	const codeRight = step === undefined ? account.has_recovery_code : step > account.totp_last_step
	const passwordRight = await verifyPassword(attempt.password, account.password_hash)
	if (!passwordRight || !codeRight) throw staffProblem('credentials_wrong')
	const opened = await sql.begin((tx) => useCode(tx, { id: account.id, step, recoveryCodeHash, failureId }))
	if (opened === undefined) throw staffProblem('credentials_wrong')
	return opened
}

type RightCode = {
	readonly id: number
	/** Undefined for a recovery code. */
	readonly step: number | undefined
	readonly recoveryCodeHash: Buffer
	readonly failureId: number
}

/** Undefined when somebody has used the code in the meantime. */
async function useCode(tx: Tx, { id, step, recoveryCodeHash, failureId }: RightCode): Promise<OpenedSession | undefined> {
	const member = await (step === undefined ? takeRecoveryCode(tx, id, recoveryCodeHash) : takeTotpStep(tx, id, step))
	if (member === undefined) return undefined
	const details = { code: step === undefined ? 'recovery_code' : 'totp' }
	const [opened] = await Promise.all([
		openSession(tx, member),
		forgiveTry(tx, failureId),
		appendAudit(tx, [{ staffId: id, action: 'staff_signed_in', subject: { type: 'staff', id }, details }]),
	])
	return opened
}
