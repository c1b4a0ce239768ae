import { localeOf } from '../../platform/http/locale.ts'
import { toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { appendAudit, hasJustLeft, staffOf } from '../staff/index.ts'
import { registerOrderExport } from './export-routes.ts'
import { auditedFilter, filterOf } from './list-filter.ts'
import { cursorOf, listOrders } from './list-queries.ts'
import { StaffOrderPage, StaffOrderQuery } from './list-schemas.ts'
import { readListed, viewListed } from './read-listed.ts'
import { registerSavedViews } from './saved-view-routes.ts'

/**
 * What an open list shows is read by its ids again and again: then a line of the audit log stands for so long, but who reads by ids
 * alone leaves one too.
 */
const READ_AGAIN_MINUTES = 5

/** The staff's list of orders: its pages, all of it as a file, and what each member keeps of it as views. */
export function registerOrderListRoutes(app: App, service: Service): void {
	registerList(app, service)
	registerOrderExport(app, service)
	registerSavedViews(app, service)
}

function registerList(app: App, service: Service): void {
	const { sql } = service
	app.get(
		'/admin/orders',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags: ['admin: orders'],
				summary: 'List orders',
				querystring: StaffOrderQuery,
				response: { 200: StaffOrderPage },
			},
		},
		async (request) => {
			const { sort, limit, cursor, ids, ...query } = request.query
			const { filter, nameTooCommon } = await filterOf(service, query)
			if (filter === undefined) return { data: [], next_cursor: null, name_too_common: false }
			const orders = await listOrders(sql, { ...filter, ids: ids?.split(',') }, { sort, limit, cursor })
			const locale = localeOf(request)
			const shown = Math.min(orders.length, limit)
			const details = { filter: { ...auditedFilter(query), ...(ids !== undefined && { ids: true }) }, sort, shown }
			const look = { staffId: staffOf(request).id, action: 'orders_listed' } as const
			const leaveLine = async () => {
				if (shown === 0 || (ids !== undefined && (await hasJustLeft(sql, { ...look, minutes: READ_AGAIN_MINUTES })))) return
				await appendAudit(sql, [{ ...look, subject: { type: 'order', id: '*' }, details }])
			}
			const [found] = await Promise.all([readListed(sql, orders), leaveLine()])
			const page = toPage(found, limit, {
				item: (listed) => viewListed(listed, locale),
				cursor: ({ order }) => cursorOf(sort, order),
			})
			return { ...page, name_too_common: nameTooCommon }
		},
	)
}
