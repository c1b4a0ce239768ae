import type { UserEventType } from '../../events/users.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { setBlocked } from './admin-queries.ts'
import { deleteSessions } from './queries.ts'
import { requireCustomer } from './require-customer.ts'
import { userEvent } from './user-events.ts'

/**
 * Shuts a customer out: no session stays, none can be opened. Blocking somebody who is blocked changes nothing, the reason
 * neither, and tells nobody. `by`: the member of the staff who does it. Returns whether anything changed. Throws `user_not_found`
 * or `user_erased`.
 */
export const blockCustomer = (service: Service, id: number, { by, reason }: { by: number; reason: string }): Promise<boolean> =>
	changeBlock(service, id, { by, reason, type: 'user.blocked', action: 'user_blocked' })

/** Lets a customer in again. `by`: the member of the staff who does it. Returns and throws the same. */
export const unblockCustomer = (service: Service, id: number, by: number): Promise<boolean> =>
	changeBlock(service, id, { by, reason: null, type: 'user.unblocked', action: 'user_unblocked' })

type BlockChange = {
	readonly by: number
	readonly reason: string | null
	readonly type: UserEventType
	readonly action: 'user_blocked' | 'user_unblocked'
}

async function changeBlock({ sql, topicNames, signals }: Service, id: number, change: BlockChange): Promise<boolean> {
	const { by, reason, type, action } = change
	const changed = await sql.begin(async (tx) => {
		const customer = await requireCustomer(tx, id)
		if (customer.blocked === (reason !== null)) return false
		await Promise.all([
			setBlocked(tx, id, reason === null ? null : { by, reason }),
			deleteSessions(tx, id),
			appendEvents(tx, [userEvent(topicNames.users, type, customer)]),
			appendAudit(tx, [{ staffId: by, action, subject: { type: 'user', id }, details: reason === null ? {} : { reason } }]),
		])
		return true
	})
	if (changed) signals.announce('outbox')
	return changed
}
