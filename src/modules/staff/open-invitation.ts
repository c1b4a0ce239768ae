import type { Sql } from '../../platform/db/database.ts'
import { hashToken } from '../../platform/http/credentials.ts'
import { findInvitation, type Invitation } from './invitation-queries.ts'
import { staffProblem } from './problems.ts'
import { totpSecretOf } from './totp.ts'

export type OpenedLink = Pick<Invitation, 'email' | 'role' | 'staff_id' | 'now'> & {
	readonly tokenHash: Buffer
	/** For the authenticator app. */
	readonly secret: string
}

/** What the link with that token is for. Throws `invitation_not_found` when it was used, replaced or is too old. */
export async function openInvitation(sql: Sql, token: string): Promise<OpenedLink> {
	const tokenHash = hashToken(token)
	const invitation = await findInvitation(sql, tokenHash)
	if (invitation === undefined) throw staffProblem('invitation_not_found')
	const { totp_secret, ...rest } = invitation
	return { ...rest, tokenHash, secret: totp_secret ?? totpSecretOf(token) }
}
