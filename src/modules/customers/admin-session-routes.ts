import { Type } from 'typebox'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { AdminSessionPage, AdminSessionParams, AdminUserParams } from './admin-schemas.ts'
import { noteLook } from './note-look.ts'
import { customerProblem } from './problems.ts'
import { listSessions } from './queries.ts'
import { requireRecord } from './require-customer.ts'
import { viewSession } from './session.ts'
import { endSession } from './sign-out-customer.ts'

const tags = ['admin: users']

/** Where a user is signed in, for the staff. */
export function registerAdminSessionRoutes(app: App, service: Service): void {
	const { sql } = service
	app.get(
		'/admin/users/:id/sessions',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'List where a user is signed in',
				description: 'Newest first. Leaves a line in the audit log.',
				params: AdminUserParams,
				response: { 200: AdminSessionPage, ...problems(customerProblem, 'user_not_found', 'user_erased') },
			},
		},
		async (request) => {
			const { id } = request.params
			const [, sessions] = await Promise.all([requireRecord(sql, id), listSessions(sql, id)])
			if (sessions.length > 0) await noteLook(service, staffOf(request).id, { id, part: 'sessions' })
			return { data: sessions.map(viewSession), next_cursor: null }
		},
	)
	app.delete(
		'/admin/users/:id/sessions/:session_id',
		{
			config: { policy: staff('manager') },
			schema: {
				tags,
				summary: 'Sign a user out somewhere',
				params: AdminSessionParams,
				response: {
					204: Type.Null(),
					...problems(customerProblem, 'user_not_found', 'session_not_found', 'user_erased'),
				},
			},
		},
		async (request, reply) => {
			const { id, session_id: sessionId } = request.params
			await endSession(service, { id, sessionId }, staffOf(request).id)
			return reply.code(204).send(null)
		},
	)
}
