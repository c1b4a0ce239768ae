import type { FastifyRequest } from 'fastify'
import { localeOf } from '../../platform/http/locale.ts'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { etagOf, IfMatch, versionOf } from '../../platform/http/versions.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { changeByStaff } from './change-by-staff.ts'
import { noteLooks } from './note-looks.ts'
import type { Order } from './order.ts'
import { orderProblem } from './problems.ts'
import { findOrder } from './queries.ts'
import { readForStaff } from './read-staff-order.ts'
import { OrderParams } from './schemas.ts'
import { StaffOrder, StaffStatusBody } from './staff-schemas.ts'
import { viewForStaff } from './view-staff-order.ts'

const tags = ['admin: orders']

/** What staff do with one order. */
export function registerStaffOrder(app: App, service: Service): void {
	registerOne(app, service)
	registerStatus(app, service)
}

const viewOne = async ({ sql }: Service, order: Order, request: FastifyRequest): Promise<StaffOrder> =>
	viewForStaff(await readForStaff(sql, order), localeOf(request))

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
			const [view] = await Promise.all([viewOne(service, order, request), noteLooks(service, staffOf(request).id, [order])])
			return view
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
			const wish = { staffId: staffOf(request).id, status, reason }
			const outcome = await changeByStaff(service, request.params.id, wish, { version })
			if (outcome.outcome === 'not_found') throw orderProblem('order_not_found')
			// Who has changed it has left a line.
			const looked = outcome.outcome === 'changed' ? [] : [outcome.order]
			const [current] = await Promise.all([viewOne(service, outcome.order, request), noteLooks(service, wish.staffId, looked)])
			if (outcome.outcome === 'stale') throw orderProblem('version_stale', { current }, { etag: etagOf(outcome.order) })
			if (outcome.outcome === 'refused') throw orderProblem('transition_refused', { current })
			void reply.header('etag', etagOf(outcome.order))
			return current
		},
	)
}
