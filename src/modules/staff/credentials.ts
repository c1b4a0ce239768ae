import type { Sql, Tx } from '../../platform/db/database.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import { canonicalEmail } from './email.ts'
import { hashOfNobody, verifyPassword } from './password.ts'
import { staffProblem } from './problems.ts'
import { hashRecoveryCode } from './recovery-code.ts'
import { type Account, forgiveTry, takeRecoveryCode, takeTotpStep, takeTry } from './sign-in-queries.ts'
import type { StaffMember } from './staff-member.ts'
import { newTotpSecret, totpStep } from './totp.ts'
import type { TotpVault } from './totp-vault.ts'

export type Credentials = {
	readonly email: string
	readonly password: string
	/** What the authenticator app shows, or a recovery code. */
	readonly totp: string
}

/** Credentials that were right when they were looked at; the code is not used up yet. */
export type RightCredentials = {
	readonly id: number
	/** Undefined for a recovery code. */
	readonly step: number | undefined
	readonly recoveryCodeHash: Buffer
	readonly failureId: number
}

/**
 * Looks at credentials, for whoever works one by one: it hashes. Throws `credentials_wrong`, which does not tell what was wrong,
 * or `too_many_requests` when the email has failed too often, the same for every email, known or not.
 */
export type ProveCredentials = (credentials: Credentials) => Promise<RightCredentials>

export function createProof(sql: Sql, vault: TotpVault): ProveCredentials {
	// Stands in where there is no account, so that the same work is done for every email.
	let nobody: Account | undefined
	const createNobody = (): Account => ({
		id: 0,
		password_hash: hashOfNobody(),
		totp_secret: vault.seal(0, newTotpSecret()),
		totp_last_step: 0,
		has_recovery_code: false,
	})
	return async ({ email, password, totp }) => {
		const recoveryCodeHash = hashRecoveryCode(totp)
		const attempt = await sql.begin((tx) => takeTry(tx, canonicalEmail(email), recoveryCodeHash))
		const { failureId, retryAfterS, now, account = (nobody ??= createNobody()) } = attempt
		if (failureId === null) throw httpProblem('too_many_requests', {}, { 'retry-after': String(retryAfterS) })
		const secret = vault.open(account.id, account.totp_secret)
		const step = secret === undefined ? undefined : totpStep(secret, totp, now)
		const codeRight = step === undefined ? account.has_recovery_code : step > account.totp_last_step
		const passwordRight = await verifyPassword(password, account.password_hash)
		if (!passwordRight || !codeRight) throw staffProblem('credentials_wrong')
		return { id: account.id, step, recoveryCodeHash, failureId }
	}
}

/** Uses the code up and gives the try back. Throws `credentials_wrong` when somebody has used the code in the meantime. */
export async function useCredentials(tx: Tx, { id, step, recoveryCodeHash, failureId }: RightCredentials): Promise<StaffMember> {
	const member = await (step === undefined ? takeRecoveryCode(tx, id, recoveryCodeHash) : takeTotpStep(tx, id, step))
	if (member === undefined) throw staffProblem('credentials_wrong')
	await forgiveTry(tx, failureId)
	return member
}
