import { Type } from 'typebox'
import { staff } from '../../platform/http/policy.ts'
import { httpProblem, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { createChangePassword } from './change-password.ts'
import { endSession } from './end-session.ts'
import { staffOf } from './guard.ts'
import { staffProblem } from './problems.ts'
import { listSessions } from './queries.ts'
import { OwnSessionPage, OwnSessionParams, PasswordBody } from './schemas.ts'

const policy = staff('viewer')
const tags = ['admin: own account']
const table = { ...httpProblem.table, ...staffProblem.table }

/** What everybody of the staff may do with their own account. */
export function registerOwnRoutes(app: App, service: Service): void {
	const { sql } = service
	const changePassword = createChangePassword(service)
	app.get(
		'/admin/sessions',
		{
			config: { policy },
			schema: { tags, summary: 'List where one is signed in as staff', response: { 200: OwnSessionPage } },
		},
		async (request) => {
			const { id, sessionId } = staffOf(request)
			const sessions = await listSessions(sql, id)
			const data = sessions.map(({ created_at, expires_at, ...session }) => ({
				...session,
				created_at: created_at.toISOString(),
				expires_at: expires_at.toISOString(),
				current: session.id === sessionId,
			}))
			return { data, next_cursor: null }
		},
	)
	app.delete(
		'/admin/sessions/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Sign out somewhere else as staff',
				params: OwnSessionParams,
				response: { 204: Type.Null(), ...problemsOf(table, ['staff_session_not_found']) },
			},
		},
		async (request, reply) => {
			await endSession(sql, staffOf(request).id, request.params.id)
			return reply.code(204).send(null)
		},
	)
	app.put(
		'/admin/me/password',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Change one’s own password',
				description:
					'Asks for the current one and a code, with the tries of `POST /admin/sessions`. The other sessions end, this one stays.',
				body: PasswordBody,
				response: { 204: Type.Null(), ...problemsOf(table, ['overloaded', 'credentials_wrong', 'too_many_requests']) },
			},
		},
		async (request, reply) => {
			const { current_password: currentPassword, password, totp } = request.body
			await changePassword({ session: staffOf(request), currentPassword, password, totp })
			return reply.code(204).send(null)
		},
	)
}
