import type { Sql } from '../../platform/db/database.ts'
import { appendAudit } from './audit-queries.ts'
import { staffProblem } from './problems.ts'
import { deleteSession } from './queries.ts'

/** Ends a session of this member of the staff, somewhere else. Throws `staff_session_not_found` when it is none of theirs. */
export async function endSession(sql: Sql, id: number, sessionId: string): Promise<void> {
	await sql.begin(async (tx) => {
		if (!(await deleteSession(tx, { id, sessionId }))) throw staffProblem('staff_session_not_found')
		const details = { session_id: sessionId }
		await appendAudit(tx, [{ staffId: id, action: 'staff_session_ended', subject: { type: 'staff', id }, details }])
	})
}
