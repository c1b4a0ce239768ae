import { localeOf } from '../../platform/http/locale.ts'
import { service as serviceKey } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { etagOf } from '../../platform/http/versions.ts'
import type { Service } from '../service.ts'
import { callerOf } from '../staff/index.ts'
import { changeStatus } from './change-status.ts'
import { orderProblem } from './problems.ts'
import { readWhole } from './read-order.ts'
import { OrderParams, ServiceOrder, ServiceStatusBody } from './schemas.ts'
import { viewForService } from './view-order.ts'

/** The inventory's command by HTTP, for services that do not speak Kafka. */
export function registerOrderServiceRoutes(app: App, service: Service): void {
	app.post(
		'/orders/:id/status',
		{
			config: { policy: serviceKey('orders:status') },
			schema: {
				tags: ['services'],
				summary: 'Change an order’s status',
				description:
					'The same command as on `inventory.order-status.v1`. Sent again with the same event_id for the same order it changes nothing; what was refused is refused again.',
				params: OrderParams,
				body: ServiceStatusBody,
				response: {
					200: ServiceOrder,
					...problems(orderProblem, 'order_not_found', 'transition_refused'),
				},
			},
		},
		async (request, reply) => {
			const { event_id: eventId, status, reason = null } = request.body
			const actor = { type: 'service', id: callerOf(request).keyId } as const
			const command = { orderId: request.params.id, status, actor, source: 'api', reason, eventId } as const
			const outcome = await changeStatus(service, command)
			if (outcome.outcome === 'not_found') throw orderProblem('order_not_found')
			const view = viewForService(await readWhole(service.sql, outcome.order), localeOf(request))
			if (outcome.outcome === 'refused') throw orderProblem('transition_refused', { current: view })
			void reply.header('etag', etagOf(outcome.order))
			return view
		},
	)
}
