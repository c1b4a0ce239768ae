import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { registerBulkStatus } from './admin-bulk-routes.ts'
import { registerNotes } from './admin-note-routes.ts'
import { registerStaffOrder } from './admin-order-routes.ts'
import { registerOrderListRoutes } from './list-routes.ts'

/** What staff do with orders. */
export function registerOrderAdminRoutes(app: App, service: Service): void {
	registerOrderListRoutes(app, service)
	registerStaffOrder(app, service)
	registerBulkStatus(app, service)
	registerNotes(app, service)
}
