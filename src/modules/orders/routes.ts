import { Type } from 'typebox'
import { localeOf } from '../../platform/http/locale.ts'
import { decodeCursor, toPage } from '../../platform/http/pages.ts'
import { customer } from '../../platform/http/policy.ts'
import { problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { etagOf } from '../../platform/http/versions.ts'
import { cartProblem } from '../cart/index.ts'
import { customerOf, requirePhone } from '../customers/index.ts'
import type { Service } from '../service.ts'
import { changeStatus } from './change-status.ts'
import { createPlacingLanes } from './place-orders.ts'
import { orderProblem } from './problems.ts'
import { findCustomerOrder, listCustomerOrders } from './queries.ts'
import { readSummaries, readWhole } from './read-order.ts'
import { CancelBody, OrderListQuery, OrderPage, OrderParams, OrderView, PlaceOrderBody } from './schemas.ts'
import { viewOrder, viewSummary } from './view-order.ts'

const policy = customer
const tags = ['orders']
const PLACING = '/v1/orders'
/** Orders that are being placed or wait for it: half a second's work of a slow machine. */
const PLACING_MAX = 1_000
const table = { ...cartProblem.table, ...orderProblem.table }
const KEY_PATTERN = /^[\x20-\x7e]{1,64}$/
const KeyHeader = Type.Object({
	'idempotency-key': Type.Optional(
		Type.String({
			description: 'Required: 1–64 printable characters, a new one for each order you intend; the same for each retry',
		}),
	),
})

/** What customers do with their orders. */
export function registerOrderRoutes(app: App, service: Service): void {
	registerPlacing(app, service)
	registerReading(app, service)
	registerCancelling(app, service)
}

function registerPlacing(app: App, service: Service): void {
	const lanes = createPlacingLanes(service)
	app.limitAtDoor({ route: PLACING, takes: ({ method, url }) => method === 'POST' && url === PLACING, max: PLACING_MAX })
	app.post(
		'/orders',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Place an order',
				description:
					'Takes the cart as it is, at today’s prices, and empties it. Sent again with the same Idempotency-Key it answers the ' +
					'same order again (`Idempotency-Replayed: true`), so a request whose answer was lost is simply repeated.',
				headers: KeyHeader,
				body: PlaceOrderBody,
				response: {
					201: OrderView,
					...problemsOf(table, [
						'idempotency_key_required',
						'cart_empty',
						'too_many_positions',
						'product_unavailable',
						'total_changed',
						'total_too_large',
						'idempotency_key_reused',
					]),
				},
			},
		},
		async (request, reply) => {
			const idempotencyKey = request.headers['idempotency-key']
			if (idempotencyKey === undefined || !KEY_PATTERN.test(idempotencyKey)) throw orderProblem('idempotency_key_required')
			const { delivery, expected_total: expectedTotal } = request.body
			const customer = customerOf(request)
			// One's own, as most people give it, was read when its owner registered.
			const own = request.body.phone === customer.phone
			const phone = own ? customer.phone : requirePhone(request.body.phone, service.config).number
			const placing = { customer, idempotencyKey, phone, delivery, expectedTotal }
			const { whole, replayed } = await lanes.submit(placing, request.cancelled)
			if (replayed) void reply.header('idempotency-replayed', 'true')
			void reply.code(201).header('location', `/v1/orders/${whole.order.id}`).header('etag', etagOf(whole.order))
			return viewOrder(whole, localeOf(request))
		},
	)
}

function registerReading(app: App, { sql }: Service): void {
	app.get(
		'/orders',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'List one’s orders',
				description: 'Newest first, without history and tracking events.',
				querystring: OrderListQuery,
				response: { 200: OrderPage },
			},
		},
		async (request) => {
			const { limit, cursor } = request.query
			const [beforeNumber] = cursor === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor(cursor, 'newest', ['number'])
			const orders = await listCustomerOrders(sql, customerOf(request).id, { limit: limit + 1, beforeNumber })
			const locale = localeOf(request)
			return toPage(await readSummaries(sql, orders), limit, {
				item: (summary) => viewSummary(summary, locale),
				cursor: ({ order }) => ['newest', order.number],
			})
		},
	)
	app.get(
		'/orders/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Look at an order',
				params: OrderParams,
				response: { 200: OrderView, ...problemsOf(table, ['order_not_found']) },
			},
		},
		async (request, reply) => {
			const order = await findCustomerOrder(sql, customerOf(request).id, request.params.id)
			if (order === undefined) throw orderProblem('order_not_found')
			void reply.header('etag', etagOf(order))
			return viewOrder(await readWhole(sql, order), localeOf(request))
		},
	)
}

function registerCancelling(app: App, service: Service): void {
	const { sql } = service
	app.post(
		'/orders/:id/cancel',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Cancel an order',
				description: 'Possible only while it is `paid`. Cancelling a cancelled order changes nothing.',
				params: OrderParams,
				body: CancelBody,
				response: {
					200: OrderView,
					...problemsOf(table, ['order_not_found', 'transition_refused']),
				},
			},
		},
		async (request, reply) => {
			const { id: customerId } = customerOf(request)
			const actor = { type: 'customer', id: customerId } as const
			const reason = request.body?.reason ?? null
			const command = {
				orderId: request.params.id,
				status: 'cancelled',
				actor,
				source: 'api',
				reason,
				ownerId: customerId,
			} as const
			const outcome = await changeStatus(service, command)
			if (outcome.outcome === 'not_found') throw orderProblem('order_not_found')
			const view = viewOrder(await readWhole(sql, outcome.order), localeOf(request))
			if (outcome.outcome === 'refused') throw orderProblem('transition_refused', { current: view })
			void reply.header('etag', etagOf(outcome.order))
			return view
		},
	)
}
