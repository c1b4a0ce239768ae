import type { Service } from '../service.ts'
import { readStaffEmails } from '../staff/index.ts'
import type { CustomerRecord } from './admin-queries.ts'
import type { AdminUser } from './admin-schemas.ts'
import { requireRecord } from './require-customer.ts'

/** Orders are another module's. */
export type AdminUserDeps = {
	/** How many orders each of these customers has placed; customers without one may be missing. */
	readonly countOrders: (customerIds: readonly number[]) => Promise<Map<number, number>>
	/** How many orders of a customer are neither received nor cancelled. */
	readonly countOrdersUnderWay: (customerId: number) => Promise<number>
}

/** A user as the staff sees one; throws `user_not_found` or `user_erased`. */
export async function readUser({ sql }: Service, deps: AdminUserDeps, id: number): Promise<AdminUser> {
	const [record, orders, underWay] = await Promise.all([
		requireRecord(sql, id),
		deps.countOrders([id]),
		deps.countOrdersUnderWay(id),
	])
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
