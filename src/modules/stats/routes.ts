import { staff } from '../../platform/http/policy.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { createInboundLag } from './inbound-lag.ts'
import { readStats } from './read-stats.ts'
import { Stats, StatsQuery } from './schemas.ts'

/** The shop in figures. */
export function registerStatsRoutes(app: App, service: Service): void {
	const lag = createInboundLag(service)
	app.get(
		'/admin/stats',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags: ['admin'],
				summary: 'Look at the shop in figures',
				description:
					'Orders as they stand now; what was placed and cancelled in a period, and how long orders stayed in each status; what ' +
					'waits on the topics. Figures are counted while orders change: they are exact at every moment, and cost the same ' +
					'however many orders there are. The period is widened to whole steps, and is two years at the most.',
				querystring: StatsQuery,
				response: { 200: Stats },
			},
		},
		async (request) => readStats(service, { lag }, request.query),
	)
}
