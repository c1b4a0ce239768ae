import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { lockCustomer } from './admin-queries.ts'
import { customerProblem } from './problems.ts'
import { deleteSessions } from './queries.ts'

/** Ends all sessions of a customer. `by`: the member of the staff who does it. Throws `user_not_found`. */
export async function signOutCustomer({ sql }: Service, id: number, by: number): Promise<void> {
	await sql.begin(async (tx) => {
		if ((await lockCustomer(tx, id)) === undefined) throw customerProblem('user_not_found')
		const sessions = await deleteSessions(tx, id)
		await appendAudit(tx, [{ staffId: by, action: 'user_signed_out', subject: { type: 'user', id }, details: { sessions } }])
	})
}
