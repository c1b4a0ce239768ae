import { findStaffId, invitationLink, resetStaff } from '../modules/staff/index.ts'
import { publicUrlOf, readSettings, withDatabase } from './ground.ts'
import type { Terminal } from './terminal.ts'

/** Prints a link by which somebody of the staff chooses another password and registers another authenticator app. */
export async function makeReset(email: string, { print }: Terminal): Promise<void> {
	await withDatabase(readSettings(), {}, async ({ config, sql }) => {
		const id = await findStaffId(sql, email)
		if (id === undefined) throw new Error(`Nobody of the staff has the email ${email}: "staff invite" invites somebody.`)
		const { token } = await resetStaff(sql, { id, by: null })
		await print(invitationLink(publicUrlOf(config), token))
	})
}
