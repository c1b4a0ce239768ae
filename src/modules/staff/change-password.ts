import type { Service } from '../service.ts'
import { appendAudit } from './audit-queries.ts'
import { setPassword } from './credential-queries.ts'
import { createProof, useCredentials } from './credentials.ts'
import { deleteReset } from './invitation-queries.ts'
import { oneByOne } from './one-by-one.ts'
import { hashPassword, requirePassword } from './password.ts'
import { deleteSessions } from './queries.ts'
import type { SignedInStaff } from './staff-member.ts'
import { createTotpVault } from './totp-vault.ts'

type PasswordChange = {
	readonly session: SignedInStaff
	readonly currentPassword: string
	readonly password: string
	/** What the authenticator app shows, or a recovery code. */
	readonly totp: string
}

/**
 * Gives a member of the staff another password. Whoever has only found the session open does not get that far: the current
 * password and a code are asked for, with the tries of a sign-in. The other sessions end. Throws as `ProveCredentials` does, and
 * `validation_failed` for a password that is too easy to guess.
 */
export type ChangePassword = (change: PasswordChange) => Promise<void>

export function createChangePassword(service: Service): ChangePassword {
	const { sql } = service
	const prove = createProof(sql, createTotpVault(service))
	const change = oneByOne(async ({ session, currentPassword, password, totp }: PasswordChange) => {
		const { email, sessionId } = session
		const proved = await prove({ email, password: currentPassword, totp })
		const passwordHash = await hashPassword(password)
		return sql.begin(async (tx) => {
			const { id } = await useCredentials(tx, proved)
			await setPassword(tx, id, passwordHash)
			await Promise.all([
				deleteSessions(tx, id, sessionId),
				deleteReset(tx, id),
				appendAudit(tx, [{ staffId: id, action: 'staff_password_changed', subject: { type: 'staff', id }, details: {} }]),
			])
			// A lane wants to hear of each request.
			return id
		})
	})
	return async (wish) => {
		requirePassword(wish.password, wish.session.email)
		await change(wish)
	}
}
