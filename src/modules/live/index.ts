import type { App } from '../../platform/http/server.ts'
import { type ChangeListener, createChangeFeed } from '../../platform/live/change-feed.ts'
import { createEventStreams } from '../../platform/live/event-streams.ts'
import { createCustomerGuard } from '../customers/index.ts'
import type { Service } from '../service.ts'
import { createStaffGuard } from '../staff/index.ts'
import { registerCustomerStreams } from './customer-routes.ts'
import { createCustomerStreams } from './customer-streams.ts'
import type { ShopChange } from './shop-change.ts'
import { registerStaffStream } from './staff-routes.ts'
import { createStaffStreams } from './staff-streams.ts'

/** What customers and staff watch live. The process looks for changes as long as a stream is open. */
export function registerLiveRoutes(app: App, service: Service): void {
	const { sql, log, metrics } = service
	const feed = createChangeFeed<ShopChange>(service)
	const customers = createCustomerStreams({ sql, log })
	const staff = createStaffStreams(sql)
	const listener: ChangeListener<ShopChange> = {
		async changed(changes) {
			for (const change of changes) {
				if (change.kind === 'sessions') streams.endSessions(change.data)
				if (change.kind === 'staff') streams.endStaff(change.data)
			}
			await Promise.all([customers.changed(changes), staff.changed(changes)])
		},
		async missed() {
			// Whose session has ended meanwhile is not known: all come again, and are asked for it.
			streams.endAll()
		},
	}
	let stopListening = () => {}
	const streams = createEventStreams({
		metrics,
		onUse(inUse) {
			if (inUse) stopListening = feed.listen(listener)
			else stopListening()
		},
	})
	const guard = createCustomerGuard(service)
	registerCustomerStreams(app, service, { feed, streams, customers, guard: (request) => guard(request, 'guard') })
	registerStaffStream(app, { feed, streams, staff, guard: createStaffGuard(service) })
	// Before the server waits for its connections to end.
	app.addHook('preClose', (done) => {
		streams.close()
		done()
	})
	app.addHook('onClose', () => feed.close())
}
