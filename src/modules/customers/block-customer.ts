import type { UserEventType } from '../../events/users.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { lockCustomer, setBlocked } from './admin-queries.ts'
import { customerProblem } from './problems.ts'
import { deleteSessions } from './queries.ts'
import { userEvent } from './user-events.ts'

/**
 * Shuts a customer out: no session stays, none can be opened. Blocking somebody who is blocked changes nothing, the reason
 * neither, and tells nobody. Throws `user_not_found`.
 */
export const blockCustomer = (service: Service, id: number, reason: string): Promise<void> =>
	changeBlock(service, id, { reason, type: 'user.blocked' })

/** Lets a customer in again. Throws `user_not_found`. */
export const unblockCustomer = (service: Service, id: number): Promise<void> =>
	changeBlock(service, id, { reason: null, type: 'user.unblocked' })

type BlockChange = { readonly reason: string | null; readonly type: UserEventType }

async function changeBlock({ sql, topicNames, signals }: Service, id: number, { reason, type }: BlockChange): Promise<void> {
	await sql.begin(async (tx) => {
		const customer = await lockCustomer(tx, id)
		if (customer === undefined) throw customerProblem('user_not_found')
		if (customer.blocked === (reason !== null)) return
		await Promise.all([
			setBlocked(tx, id, reason),
			deleteSessions(tx, id),
			appendEvents(tx, [userEvent(topicNames.users, type, customer)]),
		])
	})
	signals.announce('outbox')
}
