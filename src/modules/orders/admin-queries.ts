import { type Kysely, type SelectQueryBuilder, sql as expression } from 'kysely'
import { ORDER_STATUSES, type OrderStatus } from '../../events/orders.ts'
import type { DB } from '../../platform/db/types.ts'
import { type Cursor, decodeCursor } from '../../platform/http/pages.ts'
import type { Order } from './order.ts'
import { type OrderRow, orderOf } from './queries.ts'
import type { StaffOrderQuery, StaffSort } from './schemas.ts'

export type OrderFilter = Pick<StaffOrderQuery, 'status' | 'method' | 'number' | 'from' | 'to' | 'total_min' | 'total_max'> & {
	/** E.164. */
	readonly phone: string | undefined
	/** Only these customers' orders. */
	readonly customerIds: readonly number[] | undefined
}
export type OrderListing = { readonly sort: StaffSort; readonly limit: number; readonly cursor: string | undefined }

type List = SelectQueryBuilder<DB, 'orders', OrderRow>

/** The orders that fit the filter, one more than the page holds. */
export async function listOrders(kysely: Kysely<DB>, filter: OrderFilter, listing: OrderListing): Promise<Order[]> {
	const list = kysely
		.selectFrom('orders')
		.selectAll()
		.$castTo<OrderRow>()
		.limit(listing.limit + 1)
	const rows = await sorted(filtered(list, filter), listing).execute()
	return rows.map(orderOf)
}

function filtered(list: List, filter: OrderFilter): List {
	const { status, method, number, phone, from, to, total_min, total_max, customerIds } = filter
	return list
		.$if(status !== undefined, (query) => query.where('status', 'in', statusesOf(status)))
		.$if(method !== undefined, (query) => query.where('delivery_method', '=', method ?? ''))
		.$if(number !== undefined, (query) => query.where('number', '=', number ?? 0))
		.$if(phone !== undefined, (query) => query.where('phone', '=', phone ?? ''))
		.$if(from !== undefined, (query) => query.where('created_at', '>=', new Date(from ?? 0)))
		.$if(to !== undefined, (query) => query.where('created_at', '<', new Date(to ?? 0)))
		.$if(total_min !== undefined, (query) => query.where('total', '>=', total_min ?? 0))
		.$if(total_max !== undefined, (query) => query.where('total', '<=', total_max ?? 0))
		.$if(customerIds !== undefined, (query) => query.where('customer_id', 'in', [...(customerIds ?? [])]))
}

const statusesOf = (text = ''): OrderStatus[] => ORDER_STATUSES.filter((status) => text.split(',').includes(status))

function sorted(list: List, { sort, cursor }: OrderListing): List {
	const direction = sort === 'newest' || sort === '-total' ? 'desc' : 'asc'
	const comparison = direction === 'desc' ? '<' : '>'
	if (sort === 'newest' || sort === 'oldest') {
		const page = list.orderBy('number', direction)
		if (cursor === undefined) return page
		const [number] = decodeCursor(cursor, sort, ['number'])
		return page.where('number', comparison, number)
	}
	const page = list.orderBy('total', direction).orderBy('number', direction)
	if (cursor === undefined) return page
	const [total, number] = decodeCursor(cursor, sort, ['number', 'number'])
	const key = expression`(total, number)`
	const last = expression`(${total}::bigint, ${number}::bigint)`
	return page.where(direction === 'desc' ? expression<boolean>`${key} < ${last}` : expression<boolean>`${key} > ${last}`)
}

/** Where a page of this sort ended. */
export const cursorOf = (sort: StaffSort, { number, total }: Order): Cursor =>
	sort === 'newest' || sort === 'oldest' ? [sort, number] : [sort, total, number]
