import type { FastifyRequest } from 'fastify'
import { staff, type StaffRole } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { ChangeFeed } from '../../platform/live/change-feed.ts'
import { EVENT_STREAM, type EventStreams, HEARTBEAT, streamProblem } from '../../platform/live/event-streams.ts'
import { staffOf } from '../staff/index.ts'
import type { ShopChange } from './shop-change.ts'
import type { StaffStreams } from './staff-streams.ts'

/** What the route works with. */
export type StaffLive = {
	readonly feed: Pick<ChangeFeed<ShopChange>, 'ready'>
	readonly streams: EventStreams
	readonly staff: StaffStreams
	/** Throws when the request's session is no longer good. */
	readonly guard: (request: FastifyRequest, role: StaffRole) => Promise<void>
}

/** What the panel watches. */
export function registerStaffStream(app: App, { feed, streams, staff: followers, guard }: StaffLive): void {
	app.get(
		'/admin/events',
		{
			// An answer to HEAD would have no end, and nothing in it.
			exposeHeadRoute: false,
			config: { policy: staff('viewer') },
			schema: {
				tags: ['admin'],
				summary: 'Follow the shop live',
				description:
					'Server-sent events of what comes from now on; after each connection read anew what is on the screen. `order_placed` and ' +
					'`order_changed`: id, number, status, version, total, delivery method; `orders_changed`: so many at once that they are told ' +
					'by their count alone. `order_notes_changed`: id of an order on which staff have noted something, or no longer do. From ' +
					'operators on `dead_letter`: topic and reason. From managers on `report_changed`: id, number, status. A comment each 15 s.',
				response: { 200: EVENT_STREAM, ...problems(streamProblem, 'too_many_streams') },
			},
		},
		async (request, reply) => {
			const { id, role, sessionId, expiresInS } = staffOf(request)
			const owner = { kind: 'staff', id, sessionId, expiresInS } as const
			const stream = streams.open(reply, owner, () => followers.forget(stream))
			followers.follow(stream, role)
			// Asked again: session and role may have changed before the stream was among those that hear of it.
			const begin = async () => {
				await feed.ready()
				await guard(request, 'viewer')
				if (staffOf(request).role === role) stream.write(HEARTBEAT)
				else stream.end()
			}
			void begin().catch(() => stream.end())
			return reply
		},
	)
}
