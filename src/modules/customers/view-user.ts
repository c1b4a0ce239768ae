import type { Service } from '../service.ts'
import { appendAudit, readStaffEmails } from '../staff/index.ts'
import { type CustomerRecord, readCustomerRecord } from './admin-queries.ts'
import type { AdminUser } from './admin-schemas.ts'
import { customerProblem } from './problems.ts'
import { userErased } from './require-customer.ts'

/** Orders are another module's. */
export type AdminUserDeps = {
	/** How many orders each of these customers has placed; customers without one may be missing. */
	readonly countOrders: (customerIds: readonly number[]) => Promise<Map<number, number>>
	/** How many orders of a customer are neither received nor cancelled. */
	readonly countOrdersUnderWay: (customerId: number) => Promise<number>
}

/** A user as the staff sees one; throws `user_not_found` or `user_erased`. */
export async function viewUser({ sql }: Service, deps: AdminUserDeps, id: number): Promise<AdminUser> {
	const [found, orders, underWay] = await Promise.all([
		readCustomerRecord(sql, id),
		deps.countOrders([id]),
		deps.countOrdersUnderWay(id),
	])
	if (found === undefined) throw customerProblem('user_not_found')
	const { erased_at, ...record } = found
	if (erased_at !== null) throw userErased(erased_at)
	const emails = record.blocked_by === null ? undefined : await readStaffEmails(sql, [record.blocked_by])
	return { ...adminUserOf(record, emails), orders: orders.get(id) ?? 0, orders_under_way: underWay }
}

function adminUserOf(
	{ created_at, consented_at, blocked_at, blocked_by, ...record }: Omit<CustomerRecord, 'erased_at'>,
	emails: ReadonlyMap<number, string> | undefined,
) {
	return {
		...record,
		blocked_at: blocked_at?.toISOString() ?? null,
		blocked_by: blocked_by === null ? null : { id: blocked_by, email: emails?.get(blocked_by) ?? null },
		created_at: created_at.toISOString(),
		consented_at: consented_at.toISOString(),
	}
}

/** Which of somebody's data were looked at. */
type Part = 'profile' | 'sessions'

/** Writes down that a member of the staff looks at somebody's data, before they are shown. */
export const noteLook = ({ sql }: Service, staffId: number, { id, part }: { id: number; part: Part }): Promise<void> =>
	appendAudit(sql, [{ staffId, action: 'user_viewed', subject: { type: 'user', id }, details: { part } }])
