import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { customerProblem } from './problems.ts'
import { deleteSession, deleteSessions } from './queries.ts'
import { requireCustomer } from './require-customer.ts'

/** Ends all sessions of a customer. `by`: the member of the staff who does it. Throws `user_not_found` or `user_erased`. */
export async function signOutCustomer({ sql }: Service, id: number, by: number): Promise<void> {
	await sql.begin(async (tx) => {
		await requireCustomer(tx, id)
		const sessions = await deleteSessions(tx, id)
		await appendAudit(tx, [{ staffId: by, action: 'user_signed_out', subject: { type: 'user', id }, details: { sessions } }])
	})
}

/** Ends one session of a customer. Throws the same, or `session_not_found`. */
export async function endSession(
	{ sql }: Service,
	{ id, sessionId }: { readonly id: number; readonly sessionId: string },
	by: number,
): Promise<void> {
	await sql.begin(async (tx) => {
		await requireCustomer(tx, id)
		if (!(await deleteSession(tx, id, sessionId))) throw customerProblem('session_not_found')
		const details = { session_id: sessionId }
		await appendAudit(tx, [{ staffId: by, action: 'user_session_ended', subject: { type: 'user', id }, details }])
	})
}
