import type { Tx } from '../../platform/db/database.ts'
import { isUniqueViolation } from '../../platform/db/errors.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { type CustomerFields, type LockedCustomer, writeCustomer } from './admin-queries.ts'
import { phoneChangedSms } from './messages.ts'
import { customerProblem } from './problems.ts'
import { deleteSessions } from './queries.ts'
import { requireCustomer } from './require-customer.ts'

export type Edit = {
	readonly id: number
	/** The version that the staff have seen. */
	readonly version: number
	readonly by: number
	/** What is left out stays. The phone is E.164. */
	readonly change: Readonly<Partial<CustomerFields>>
}

/** `stale`: somebody has changed the customer since; nothing is written. */
type EditOutcome = 'changed' | 'unchanged' | 'stale'

/**
 * Changes a customer's data on behalf of the staff. The phone is what the account is known by: with another one all sessions
 * end, so that whoever has the old phone is out, and both phones are told. Orders that were placed keep theirs.
 *
 * Throws `user_not_found`, `user_erased` or `phone_taken`.
 */
export async function editCustomer(service: Service, edit: Edit): Promise<EditOutcome> {
	try {
		const outcome = await service.sql.begin((tx) => editLocked(tx, service, edit))
		if (outcome === 'changed') service.signals.announce('outbox')
		return outcome
	} catch (error) {
		if (isUniqueViolation(error, 'customers_phone_key')) throw customerProblem('phone_taken')
		throw error
	}
}

async function editLocked(tx: Tx, { topicNames }: Service, { id, version, by, change }: Edit): Promise<EditOutcome> {
	const before = await requireCustomer(tx, id)
	if (before.version !== version) return 'stale'
	const after: CustomerFields = {
		name: change.name ?? before.name,
		email: change.email ?? before.email,
		locale: change.locale ?? before.locale,
		phone: change.phone ?? before.phone,
	}
	const fields = changedFields(before, after)
	if (fields.length === 0) return 'unchanged'
	await writeCustomer(tx, id, after)
	await appendAudit(tx, [{ staffId: by, action: 'user_edited', subject: { type: 'user', id }, details: { fields } }])
	if (after.phone === before.phone) return 'changed'
	const told = { topic: topicNames.notifications, key: String(id), type: 'notification.requested' }
	await Promise.all([
		deleteSessions(tx, id),
		appendEvents(tx, [
			{ ...told, value: phoneChangedSms({ phone: before.phone, locale: after.locale }, 'former') },
			{ ...told, value: phoneChangedSms({ phone: after.phone, locale: after.locale }, 'current') },
		]),
	])
	return 'changed'
}

const FIELDS = ['name', 'email', 'locale', 'phone'] as const

const changedFields = (before: LockedCustomer, after: CustomerFields) => FIELDS.filter((field) => before[field] !== after[field])
