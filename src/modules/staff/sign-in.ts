import type { Service } from '../service.ts'
import { appendAudit } from './audit-queries.ts'
import { createProof, type Credentials, useCredentials } from './credentials.ts'
import { oneByOne } from './one-by-one.ts'
import { type OpenedSession, openSession } from './session.ts'
import { createTotpVault } from './totp-vault.ts'

type SignInAttempt = Credentials & { readonly userAgent: string | null }

/** Opens a session. Throws as `ProveCredentials` does. */
export type SignIn = (attempt: SignInAttempt) => Promise<OpenedSession>

export function createSignIn(service: Service): SignIn {
	const { sql } = service
	const prove = createProof(sql, createTotpVault(service))
	return oneByOne(async (attempt: SignInAttempt) => {
		const proved = await prove(attempt)
		const details = { code: proved.step === undefined ? 'recovery_code' : 'totp' }
		return sql.begin(async (tx) => {
			const member = await useCredentials(tx, proved)
			const { id } = member
			const [opened] = await Promise.all([
				openSession(tx, member, attempt.userAgent),
				appendAudit(tx, [{ staffId: id, action: 'staff_signed_in', subject: { type: 'staff', id }, details }]),
			])
			return opened
		})
	})
}
