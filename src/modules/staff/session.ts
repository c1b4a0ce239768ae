import type { Tx } from '../../platform/db/database.ts'
import { hashToken, newToken } from '../../platform/http/credentials.ts'
import { insertSession } from './queries.ts'
import type { StaffMember } from './staff-member.ts'

export type OpenedSession = { readonly token: string; readonly expiresAt: Date; readonly staff: StaffMember }

/** Signs a member of the staff in, as a part of the transaction that has looked at the credentials. */
export async function openSession(tx: Tx, staff: StaffMember, userAgent: string | null): Promise<OpenedSession> {
	const token = newToken()
	return { token, expiresAt: await insertSession(tx, { staffId: staff.id, tokenHash: hashToken(token), userAgent }), staff }
}
