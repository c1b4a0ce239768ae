import type { Sql } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'
import { readCustomerContacts } from '../customers/index.ts'
import type { StaffOrderSummary } from './list-schemas.ts'
import type { Order } from './order.ts'
import { NEXT_STATUSES } from './order-status.ts'
import { readSummaries } from './read-order.ts'
import { bodyOf, headOf, ownedOf, tailOf, type WholeOrder } from './view-order.ts'

/** An order of the staff's list, with its customer's name. */
export type ListedOrder = Omit<WholeOrder, 'history'> & { readonly customerName: string }

/** Whatever the list shows of orders, in their order; each kind of it by one statement for all. */
export async function readListed(sql: Sql, orders: readonly Order[]): Promise<ListedOrder[]> {
	if (orders.length === 0) return []
	const customerIds = [...new Set(orders.map(({ customerId }) => customerId))]
	const [summaries, customers] = await Promise.all([readSummaries(sql, orders), readCustomerContacts(sql, customerIds)])
	return summaries.map((summary) => ({ ...summary, customerName: customers.get(summary.order.customerId)?.name ?? '' }))
}

/** The order in the staff's list. */
export function viewListed({ order, lines, delivery, customerName }: ListedOrder, locale: Locale): StaffOrderSummary {
	return {
		...headOf(order, locale),
		...bodyOf(order, lines),
		...ownedOf(order),
		user_name: customerName,
		delivery,
		next_statuses: [...NEXT_STATUSES.staff[order.status]],
		...tailOf(order),
	}
}
