import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { localeOf } from '../../platform/http/locale.ts'
import { customer } from '../../platform/http/policy.ts'
import { problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { createLookups } from '../../platform/lookups.ts'
import type { ChangeFeed } from '../../platform/live/change-feed.ts'
import { EVENT_STREAM, type EventStreams, streamProblem } from '../../platform/live/event-streams.ts'
import { customerOf } from '../customers/index.ts'
import { findOwnOrders, orderProblem, OrderParams } from '../orders/index.ts'
import type { Service } from '../service.ts'
import type { CustomerStreams } from './customer-streams.ts'
import type { ShopChange } from './shop-change.ts'

const policy = customer
const tags = ['orders']
const table = { ...orderProblem.table, ...streamProblem.table }
const events =
	'`status_changed`: a line of the history, with the order’s id, number and label. `delivery_changed`: what happened on its way ' +
	'(`event`) and where it is by now (`delivery`). `reset`: what was missed can’t be told; read your orders anew. A comment each ' +
	'15 s. See docs/tracking.md.'
const lastEventId = (pattern: string) =>
	Type.Object({
		'last-event-id': Type.Optional(
			Type.String({
				pattern,
				maxLength: 40,
				description: 'The id of the last event that was seen: nothing after it is left out or told twice',
			}),
		),
	})
const OrderHeaders = lastEventId('^\\d{1,10}\\.\\d{1,15}$')
const CustomerHeaders = lastEventId('^\\d{1,15}$')

/** What the routes work with. */
export type Live = {
	readonly feed: Pick<ChangeFeed<ShopChange>, 'ready'>
	readonly streams: EventStreams
	readonly customers: CustomerStreams
	/** Throws when the request's session is no longer good. */
	readonly guard: (request: FastifyRequest) => Promise<void>
}

/** What customers watch: one order, or all of theirs. */
export function registerCustomerStreams(app: App, service: Service, live: Live): void {
	registerOrderStream(app, service, live)
	app.get(
		'/me/events',
		{
			// An answer to HEAD would have no end, and nothing in it.
			exposeHeadRoute: false,
			config: { policy },
			schema: {
				tags,
				summary: 'Follow all of one’s orders live',
				description: `Server-sent events, of what comes from now on. ${events}`,
				headers: CustomerHeaders,
				response: { 200: EVENT_STREAM, ...problemsOf(table, ['too_many_streams']) },
			},
		},
		async (request, reply) => {
			const seen = request.headers['last-event-id']
			return follow({ request, reply }, live, { orderId: null, seen: seen === undefined ? null : Number(seen), version: 0 })
		},
	)
}

type Owned = { readonly customer_id: number; readonly order_id: string }

function registerOrderStream(app: App, { sql, log }: Service, live: Live): void {
	const isOwn = createLookups<Owned, boolean>({
		name: 'own orders',
		log,
		async find(wanted) {
			const found = await findOwnOrders(sql, wanted)
			return wanted.map(({ customer_id, order_id }) => found.has(`${customer_id} ${order_id}`))
		},
	})
	app.get(
		'/orders/:id/events',
		{
			// An answer to HEAD would have no end, and nothing in it.
			exposeHeadRoute: false,
			config: { policy },
			schema: {
				tags,
				summary: 'Follow an order live',
				description: `Server-sent events, first the order’s history so far. ${events}`,
				params: OrderParams,
				headers: OrderHeaders,
				response: { 200: EVENT_STREAM, ...problemsOf(table, ['order_not_found', 'too_many_streams']) },
			},
		},
		async (request, reply) => {
			const orderId = request.params.id
			const wanted = { customer_id: customerOf(request).id, order_id: orderId }
			if (!(await isOwn(wanted, request.cancelled))) throw orderProblem('order_not_found')
			const [version, seen] = request.headers['last-event-id']?.split('.').map(Number) ?? []
			// Lines of history from before there were numbers have none: they are told by their versions.
			return follow({ request, reply }, live, { orderId, seen: seen || null, version: version ?? 0 })
		},
	)
}

type Following = {
	readonly orderId: string | null
	readonly seen: number | null
	readonly version: number
}

type Requested = { readonly request: FastifyRequest; readonly reply: FastifyReply }

function follow({ request, reply }: Requested, { feed, streams, customers, guard }: Live, start: Following): FastifyReply {
	const { id: customerId, sessionId, expiresInS } = customerOf(request)
	const locale = localeOf(request)
	const owner = { kind: 'customer', id: customerId, sessionId, expiresInS } as const
	const stream = streams.open(reply, owner, () => customers.forget(stream))
	// Asked again: the session may have ended before the stream was among those that hear of it.
	const live = feed.ready().then(() => guard(request))
	void customers.follow({ stream, locale, customerId, live, ...start })
	return reply
}
