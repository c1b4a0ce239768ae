import { type Page, toPage } from '../../platform/http/pages.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { type ListedCustomer, listCustomers, USER_SORT } from './admin-queries.ts'
import type { AdminUserListed, AdminUserQuery } from './admin-schemas.ts'
import type { AdminUserDeps } from './read-user.ts'
import { searchKind } from './search-kind.ts'

/**
 * A page of users for the staff. Each page that shows anybody leaves a line in the audit log: by what was searched, not the
 * text, which is somebody's name, phone or email itself, and how many were shown.
 */
export async function listUsers(
	service: Service,
	{ countOrders }: Pick<AdminUserDeps, 'countOrders'>,
	{ query, staffId }: { readonly query: AdminUserQuery; readonly staffId: number },
): Promise<Page<AdminUserListed>> {
	const { sql, config } = service
	const rows = await listCustomers(sql, query, config.PHONE_COUNTRY)
	const orders = await countOrders(rows.map((row) => row.id))
	const page = toPage(rows, query.limit, {
		item: (row) => listedOf(row, orders.get(row.id) ?? 0),
		cursor: (row) => [USER_SORT, row.id],
	})
	if (page.data.length > 0) {
		const details = { ...(query.search !== undefined && { search: searchKind(query.search) }), shown: page.data.length }
		await appendAudit(sql, [{ staffId, action: 'users_listed', subject: { type: 'user', id: '*' }, details }])
	}
	return page
}

const listedOf = ({ created_at, ...row }: ListedCustomer, orders: number): AdminUserListed => ({
	...row,
	orders,
	created_at: created_at.toISOString(),
})
