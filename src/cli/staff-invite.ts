import { invitationLink, makeInvitation } from '../modules/staff/index.ts'
import { publicUrlOf, readSettings, withDatabase } from './ground.ts'
import type { Terminal } from './terminal.ts'

/** Invites somebody to the staff and prints the link to open; it works once, for 72 hours. */
export async function inviteToStaff(wish: { email: string; role: string }, { print }: Terminal): Promise<void> {
	await withDatabase(readSettings(), {}, async ({ config, sql }) => {
		const { token } = await makeInvitation(sql, wish, null)
		await print(invitationLink(publicUrlOf(config), token))
	})
}
