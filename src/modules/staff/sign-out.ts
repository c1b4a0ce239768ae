import type { Sql } from '../../platform/db/database.ts'
import { appendAudit } from './audit-queries.ts'
import { deleteSession } from './queries.ts'
import type { SignedInStaff } from './staff-member.ts'

/** Ends the session that a member of the staff has come with. Once: of many at the same moment one leaves a line. */
export async function signOut(sql: Sql, session: SignedInStaff): Promise<void> {
	const { id } = session
	await sql.begin(async (tx) => {
		if (!(await deleteSession(tx, session))) return
		await appendAudit(tx, [{ staffId: id, action: 'staff_signed_out', subject: { type: 'staff', id }, details: {} }])
	})
}
