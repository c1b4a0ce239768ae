import { cartPersonalData, registerCartRoutes } from './modules/cart/index.ts'
import {
	deleteChangesBefore,
	productsConsumer,
	registerCatalogAdminRoutes,
	registerCatalogRoutes,
} from './modules/catalog/index.ts'
import {
	CODE_LIFE_MINUTES,
	createCustomerGuard,
	deleteExpired,
	registerAdminUserRoutes,
	registerCustomerRoutes,
	registerOwnDataRoutes,
} from './modules/customers/index.ts'
import { registerDeadLetterRoutes } from './modules/dead-letters/index.ts'
import { registerDeliveryRoutes, trackingConsumer } from './modules/delivery/index.ts'
import { registerLiveRoutes } from './modules/live/index.ts'
import {
	countOrders,
	countOrdersIn,
	orderPersonalData,
	orderStatusConsumer,
	registerOrderAdminRoutes,
	registerOrderRoutes,
	registerOrderServiceRoutes,
	UNDER_WAY,
} from './modules/orders/index.ts'
import {
	createReportsCleanUp,
	registerReportAdminRoutes,
	registerReportRoutes,
	startReportWorker,
} from './modules/reports/index.ts'
import type { Service } from './modules/service.ts'
import { createServiceGuard, createStaffGuard, deleteExpiredStaff, registerStaffRoutes } from './modules/staff/index.ts'
import { addUpStats, registerStatsRoutes } from './modules/stats/index.ts'
import { registerInbox } from './dev/inbox.ts'
import { registerTrack } from './dev/track.ts'
import { registerPanel } from './panel/serve-panel.ts'
import type { Leadership } from './platform/db/leadership.ts'
import { deleteOldLetters } from './platform/dead-letters/queries.ts'
import { createChangesCleanUp } from './platform/db/snapshots.ts'
import type { Files } from './platform/files/port.ts'
import { registerHealth } from './platform/http/health.ts'
import { registerReference } from './platform/http/reference.ts'
import { type App, collectRoutes, createServer, refuseOtherMethods } from './platform/http/server.ts'
import { deleteOldFromInbox } from './platform/inbox-queries.ts'
import { deleteLiveChangesBefore } from './platform/live/feed-queries.ts'
import { startRelay } from './platform/outbox/relay.ts'
import { startPeriodic } from './platform/periodic.ts'
import { startRetention } from './platform/topics/embedded.ts'
import { problemTables } from './problem-tables.ts'

/** What a process needs beside the service to do its work. */
export type AppDeps = { readonly files: Files; readonly leadership: Leadership }

/** The HTTP side: every route of every module, not listening yet. */
export async function buildApp(service: Service, { files }: Pick<AppDeps, 'files'>): Promise<App> {
	const { config, log, metrics, sql, topics } = service
	const guards = {
		customer: createCustomerGuard(service),
		service: createServiceGuard(service),
		staff: createStaffGuard(service),
	}
	const app = createServer({ log, metrics, guards, trustedProxies: config.TRUSTED_PROXIES })
	const routes = collectRoutes(app)
	await registerReference(app, problemTables)
	await app.register(
		async (v1: App) => {
			registerCatalogRoutes(v1, service)
			registerCustomerRoutes(v1, service)
			registerCartRoutes(v1, service)
			registerOrderRoutes(v1, service)
			registerDeliveryRoutes(v1, service)
			registerOrderServiceRoutes(v1, service)
			registerReportRoutes(v1, service, files)
			registerReportAdminRoutes(v1, service, files)
			registerLiveRoutes(v1, service)
			registerStaffRoutes(v1, service)
			registerOrderAdminRoutes(v1, service)
			registerCatalogAdminRoutes(v1, service)
			registerDeadLetterRoutes(v1, service)
			registerStatsRoutes(v1, service)
			// In the order of the locks: cart, orders, deliveries.
			const parts = [cartPersonalData(service), orderPersonalData(service)]
			registerOwnDataRoutes(v1, service, parts)
			registerAdminUserRoutes(v1, service, {
				parts,
				countOrders: (ids) => countOrders(sql, ids),
				countOrdersUnderWay: (id) => countOrdersIn(sql, id, UNDER_WAY),
			})
		},
		{ prefix: '/v1' },
	)
	registerPanel(app)
	registerHealth(app, sql)
	if (topics.kind === 'embedded' && config.NODE_ENV !== 'production') {
		registerInbox(app, service)
		registerTrack(app)
	}
	refuseOtherMethods(app, routes)
	await app.ready()
	return app
}

const CLEAN_UP_MS = 10 * 60_000
/** More often: there is one for each transaction that sells tracked pieces. */
const CHANGES_CLEAN_UP_MS = 60_000
/** Whoever looks adds up for themselves what was noted since. */
const STATS_MS = 2_000
/** More often: of a report that was cancelled nothing is to lie about for long. */
const REPORTS_CLEAN_UP_MS = 60_000

/** The side without requests: messages in, events out, reports, and cleaning up. */
export function startWorkers(service: Service, { files, leadership }: AppDeps): { close(): Promise<void> } {
	const { config, sql, log, topics, topicNames } = service
	const workers = [
		productsConsumer(service),
		orderStatusConsumer(service),
		trackingConsumer(service),
		startReportWorker(service, files),
		startPeriodic({ log, task: 'customers: expired rows', everyMs: CLEAN_UP_MS, run: () => deleteExpired(sql) }),
		startPeriodic({
			log,
			task: 'staff: expired rows',
			everyMs: CLEAN_UP_MS,
			run: () => deleteExpiredStaff(sql, config.AUDIT_KEEP_DAYS),
		}),
		startPeriodic({ log, task: 'dead letters: old ones', everyMs: CLEAN_UP_MS, run: () => deleteOldLetters(sql) }),
		startPeriodic({ log, task: 'inbox: old messages', everyMs: CLEAN_UP_MS, run: () => deleteOldFromInbox(sql) }),
		startPeriodic({
			log,
			task: 'catalogue: word of changes',
			everyMs: CHANGES_CLEAN_UP_MS,
			run: createChangesCleanUp(sql, deleteChangesBefore),
		}),
		startPeriodic({
			log,
			task: 'live: word of changes',
			everyMs: CHANGES_CLEAN_UP_MS,
			run: createChangesCleanUp(sql, deleteLiveChangesBefore),
		}),
		startPeriodic({ log, task: 'stats: notes of orders', everyMs: STATS_MS, run: () => addUpStats(sql) }),
		startPeriodic({ log, task: 'reports: files', everyMs: REPORTS_CLEAN_UP_MS, run: createReportsCleanUp(service, files) }),
		...(topics.kind === 'embedded' ? [startRetention({ ...service, leadership })] : []),
		// Last, so that what the others still write in closing is sent as far as possible.
		startRelay({
			...service,
			leadership,
			source: '/prilavok',
			secretTopics: new Set([topicNames.loginCodes]),
			livesS: { [topicNames.loginCodes]: CODE_LIFE_MINUTES * 60 },
		}),
	]
	return {
		async close() {
			const relay = workers.pop()
			await Promise.all(workers.map((worker) => worker.close()))
			await relay?.close()
		},
	}
}
