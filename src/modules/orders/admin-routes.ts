import type { FastifyRequest } from 'fastify'
import { localeOf } from '../../platform/http/locale.ts'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { etagOf, IfMatch, versionOf } from '../../platform/http/versions.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { changeStatuses } from './change-statuses.ts'
import { registerOrderListRoutes } from './list-routes.ts'
import type { Order } from './order.ts'
import { orderProblem } from './problems.ts'
import { findOrder } from './queries.ts'
import { readWhole } from './read-order.ts'
import { OrderParams, StaffOrder, StaffStatusBody } from './schemas.ts'
import { readRefusals } from './status-queries.ts'
import { viewForStaff } from './view-order.ts'

const tags = ['admin: orders']

/** What staff do with orders. */
export function registerOrderAdminRoutes(app: App, service: Service): void {
	registerOrderListRoutes(app, service)
	registerOne(app, service)
	registerStatus(app, service)
}

async function viewOne({ sql }: Service, order: Order, request: FastifyRequest): Promise<StaffOrder> {
	const [whole, refusals] = await Promise.all([readWhole(sql, order), readRefusals(sql, order.id)])
	return viewForStaff(whole, refusals, localeOf(request))
}

function registerOne(app: App, service: Service): void {
	app.get(
		'/admin/orders/:id',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'Look at an order',
				params: OrderParams,
				response: {
					200: StaffOrder,
					...problems(orderProblem, 'order_not_found'),
				},
			},
		},
		async (request, reply) => {
			const order = await findOrder(service.sql, request.params.id)
			if (order === undefined) throw orderProblem('order_not_found')
			void reply.header('etag', etagOf(order))
			return viewOne(service, order, request)
		},
	)
}

function registerStatus(app: App, service: Service): void {
	app.patch(
		'/admin/orders/:id/status',
		{
			config: { policy: staff('operator') },
			schema: {
				tags,
				summary: 'Change an order’s status',
				params: OrderParams,
				headers: IfMatch,
				body: StaffStatusBody,
				response: {
					200: StaffOrder,
					...problems(orderProblem, 'order_not_found', 'transition_refused', 'version_stale', 'version_required'),
				},
			},
		},
		async (request, reply) => {
			const { status, reason = null } = request.body
			const version = versionOf(request.headers['if-match'])
			const actor = { type: 'staff', id: staffOf(request).id } as const
			const command = { orderId: request.params.id, status, actor, source: 'admin', reason, version } as const
			const [outcome] = await service.sql.begin((tx) => changeStatuses(tx, service, [command]))
			if (outcome === undefined || outcome.outcome === 'not_found') throw orderProblem('order_not_found')
			if (outcome.outcome === 'changed') service.signals.announce('outbox')
			const current = await viewOne(service, outcome.order, request)
			if (outcome.outcome === 'stale') throw orderProblem('version_stale', { current }, { etag: etagOf(outcome.order) })
			if (outcome.outcome === 'refused') throw orderProblem('transition_refused', { current })
			void reply.header('etag', etagOf(outcome.order))
			return current
		},
	)
}
