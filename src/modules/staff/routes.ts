import { Type } from 'typebox'
import { clearedCookie, tokenCookie } from '../../platform/http/credentials.ts'
import { anyone, staff } from '../../platform/http/policy.ts'
import { httpProblem, problems, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { userAgentOf } from '../../platform/http/user-agent.ts'
import type { Service } from '../service.ts'
import { createAcceptInvitation } from './accept-invitation.ts'
import { registerAuditRoutes } from './audit-routes.ts'
import { STAFF_COOKIE, staffOf } from './guard.ts'
import { registerKeyRoutes } from './key-routes.ts'
import { openInvitation } from './open-invitation.ts'
import { registerOwnRoutes } from './own-routes.ts'
import { staffProblem } from './problems.ts'
import { SESSION_LIFE_S } from './queries.ts'
import {
	InvitationAcceptBody,
	InvitationAccepted,
	InvitationOpenBody,
	OpenedInvitation,
	Staff,
	StaffSessionBody,
	StaffSignedIn,
} from './schemas.ts'
import type { OpenedSession } from './session.ts'
import { createSignIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { registerTeamRoutes } from './team-routes.ts'
import { totpUri } from './totp.ts'

const tags = ['admin: sign-in']
const table = { ...httpProblem.table, ...staffProblem.table }
/** How people join the staff, sign in and out, and what they did. */
export function registerStaffRoutes(app: App, service: Service): void {
	if (!app.hasRequestDecorator('staff')) app.decorateRequest('staff')
	if (!app.hasRequestDecorator('caller')) app.decorateRequest('caller')
	registerInvitationRoutes(app, service)
	registerSessionRoutes(app, service)
	registerOwnRoutes(app, service)
	registerTeamRoutes(app, service)
	registerKeyRoutes(app, service)
	registerAuditRoutes(app, service)
}

function registerInvitationRoutes(app: App, service: Service): void {
	const { sql, config } = service
	const acceptInvitation = createAcceptInvitation(service)
	app.post(
		'/admin/invitations/open',
		{
			config: { policy: anyone },
			schema: {
				tags,
				summary: 'Open an invitation',
				description:
					'Shows whom the link is for, and the secret for the authenticator app; the same each time, until it is accepted.',
				body: InvitationOpenBody,
				response: { 200: OpenedInvitation, ...problemsOf(table, ['overloaded', 'invitation_not_found']) },
			},
		},
		async (request, reply) => {
			const { email, role, secret, staff_id } = await openInvitation(sql, request.body.token)
			void reply.header('cache-control', 'no-store')
			const totp_uri = totpUri({ issuer: config.SHOP_NAME, email, secret })
			return { email, role, totp_uri, purpose: staff_id === null ? ('join' as const) : ('renew' as const) }
		},
	)
	app.post(
		'/admin/invitations/accept',
		{
			config: { policy: anyone },
			schema: {
				tags,
				summary: 'Accept an invitation',
				description:
					'Makes the account, or the new credentials of one that was reset, whose sessions and recovery codes end; signs in as ' +
					'`POST /admin/sessions` does, and gives out the recovery codes. Works once.',
				body: InvitationAcceptBody,
				response: {
					201: InvitationAccepted,
					...problemsOf(table, ['overloaded', 'totp_wrong', 'invitation_not_found']),
				},
			},
		},
		async (request, reply) => {
			const accepted = await acceptInvitation({ ...request.body, userAgent: userAgentOf(request) })
			return reply
				.code(201)
				.headers(sessionHeaders(accepted))
				.send({ ...signedIn(accepted), recovery_codes: [...accepted.recoveryCodes] })
		},
	)
}

function registerSessionRoutes(app: App, service: Service): void {
	const { sql } = service
	const signIn = createSignIn(service)
	app.post(
		'/admin/sessions',
		{
			config: { policy: anyone },
			schema: {
				tags,
				summary: 'Sign in as staff',
				description:
					'Opens a session for 12 hours, and sets it as a cookie too. A code works once. An email takes 10 failures in 15 minutes, ' +
					'whether somebody has it or not.',
				body: StaffSessionBody,
				response: { 201: StaffSignedIn, ...problemsOf(table, ['overloaded', 'credentials_wrong', 'too_many_requests']) },
			},
		},
		async (request, reply) => {
			const opened = await signIn({ ...request.body, userAgent: userAgentOf(request) })
			return reply.code(201).headers(sessionHeaders(opened)).send(signedIn(opened))
		},
	)
	app.delete(
		'/admin/sessions/current',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'Sign out as staff',
				response: { 204: Type.Null(), ...problems(httpProblem, 'overloaded') },
			},
		},
		async (request, reply) => {
			await signOut(sql, staffOf(request))
			return reply.code(204).header('set-cookie', clearedCookie(STAFF_COOKIE)).send(null)
		},
	)
	app.get(
		'/admin/me',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'Look at one’s own account',
				response: { 200: Staff, ...problems(httpProblem, 'overloaded') },
			},
		},
		async (request) => {
			const { id, email, role } = staffOf(request)
			return { id, email, role }
		},
	)
}

const sessionHeaders = ({ token }: OpenedSession) => ({
	'set-cookie': tokenCookie(STAFF_COOKIE, token, SESSION_LIFE_S),
	'cache-control': 'no-store',
})

const signedIn = ({ token, expiresAt, staff: { id, email, role } }: OpenedSession): StaffSignedIn => ({
	token,
	expires_at: expiresAt.toISOString(),
	staff: { id, email, role },
})
