import { Type } from 'typebox'
import { clearedCookie, tokenCookie } from '../../platform/http/credentials.ts'
import { localeOf } from '../../platform/http/locale.ts'
import { anyone, customer } from '../../platform/http/policy.ts'
import { httpProblem, problems, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { userAgentOf } from '../../platform/http/user-agent.ts'
import type { Service } from '../service.ts'
import { addressBucket } from './client-address.ts'
import { userOf } from './customer.ts'
import { customerOf, SESSION_COOKIE } from './guard.ts'
import { requirePhone } from './phone.ts'
import { customerProblem } from './problems.ts'
import { deleteSession, listSessions, SESSION_LIFE_S, updateCustomer } from './queries.ts'
import { readRegistration, requireName } from './registration.ts'
import { createCodeRequests } from './request-code.ts'
import {
	CodeRequested,
	LoginCodeBody,
	ProfileBody,
	RegistrationBody,
	SessionBody,
	SessionPage,
	SessionParams,
	SignedIn,
	User,
} from './schemas.ts'
import { viewSession } from './session.ts'
import { createSignIn } from './sign-in.ts'

const table = { ...httpProblem.table, ...customerProblem.table }
/** Registration, sign-in, and the signed-in customer's own data. */
export function registerCustomerRoutes(app: App, service: Service): void {
	if (!app.hasRequestDecorator('customer')) app.decorateRequest('customer')
	registerCodeRoutes(app, service)
	registerSessionRoutes(app, service)
	registerProfileRoutes(app, service)
	registerOwnSessionRoutes(app, service)
}

function registerCodeRoutes(app: App, service: Service): void {
	const { config } = service
	const requestCode = createCodeRequests(service)
	app.post(
		'/users',
		{
			config: { policy: anyone },
			schema: {
				tags: ['sign-in'],
				summary: 'Register',
				description:
					'Sends a code by SMS. The account is made when the code comes back to `POST /sessions`; a phone that has one is ' +
					'just signed in, so nobody learns which phones are known. Within a minute of a code no other is sent; who has ' +
					'typed something else since is asked for it by `registration_required` when the code comes to `POST /sessions`, and ' +
					'may send it along at once, as `registration`.',
				body: RegistrationBody,
				response: { 202: CodeRequested, ...problemsOf(table, ['overloaded', 'consent_required']) },
			},
		},
		async (request, reply) => {
			const phone = requirePhone(request.body.phone, config)
			const registration = readRegistration(request.body, { config, asked: localeOf(request) })
			const wish = { phone, registration, address: addressBucket(request.ip), locale: registration.locale }
			const { expires_at, resend_after } = await requestCode(wish, request.cancelled)
			return reply.code(202).send(codeRequested(phone.number, { expires_at, resend_after }))
		},
	)
	app.post(
		'/login-codes',
		{
			config: { policy: anyone },
			schema: {
				tags: ['sign-in'],
				summary: 'Ask for a sign-in code',
				description:
					'Sends a code by SMS. The answer is the same for every phone, also when one gets no more codes for now. The code of a ' +
					'registration is asked for again by `POST /users`: only what comes with the last code, or with `POST /sessions`, is registered.',
				body: LoginCodeBody,
				response: { 202: CodeRequested, ...problems(httpProblem, 'overloaded') },
			},
		},
		async (request, reply) => {
			const phone = requirePhone(request.body.phone, config)
			const wish = { phone, registration: null, address: addressBucket(request.ip), locale: localeOf(request) }
			return reply.code(202).send(codeRequested(phone.number, await requestCode(wish, request.cancelled)))
		},
	)
}

const codeRequested = (phone: string, times: { expires_at: Date; resend_after: Date }): CodeRequested => ({
	phone,
	expires_at: times.expires_at.toISOString(),
	resend_after: times.resend_after.toISOString(),
})

function registerSessionRoutes(app: App, service: Service): void {
	const { sql, config } = service
	const signIn = createSignIn(service)
	app.post(
		'/sessions',
		{
			config: { policy: anyone },
			schema: {
				tags: ['sign-in'],
				summary: 'Sign in',
				description:
					'Opens a session for 30 days with the code that came by SMS, and sets it as a cookie too. A code works once and takes ' +
					'5 tries, a phone 10 wrong ones a day. Where the phone has no account and none was asked for, it is ' +
					'`registration_required`, and the code stays good: send it again, with `registration`.',
				body: SessionBody,
				response: {
					201: SignedIn,
					...problemsOf(table, [
						'overloaded',
						'code_wrong',
						'user_blocked',
						'registration_required',
						'consent_required',
						'too_many_requests',
					]),
				},
			},
		},
		async (request, reply) => {
			const { code, registration: given } = request.body
			const { number: phone } = requirePhone(request.body.phone, config)
			const reading = { config, asked: localeOf(request), pointer: '/registration' }
			const registration = given === undefined ? null : readRegistration(given, reading)
			const attempt = { phone, code, registration, userAgent: userAgentOf(request) }
			const { token, expiresAt, newUser, customer: user } = await signIn(attempt, request.cancelled)
			return reply
				.code(201)
				.headers({ 'set-cookie': tokenCookie(SESSION_COOKIE, token, SESSION_LIFE_S), 'cache-control': 'no-store' })
				.send({ token, expires_at: expiresAt.toISOString(), new_user: newUser, user: userOf(user) })
		},
	)
	app.delete(
		'/sessions/current',
		{
			config: { policy: customer },
			schema: {
				tags: ['sign-in'],
				summary: 'Sign out',
				response: { 204: Type.Null() },
			},
		},
		async (request, reply) => {
			const { id, sessionId } = customerOf(request)
			await deleteSession(sql, id, sessionId)
			return reply.code(204).header('set-cookie', clearedCookie(SESSION_COOKIE)).send(null)
		},
	)
}

const tags = ['me']

function registerProfileRoutes(app: App, { sql }: Service): void {
	app.get(
		'/me',
		{
			config: { policy: customer },
			schema: { tags, summary: 'Look at one’s own data', response: { 200: User } },
		},
		async (request) => userOf(customerOf(request)),
	)
	app.patch(
		'/me',
		{
			config: { policy: customer },
			schema: {
				tags,
				summary: 'Change one’s own data',
				description: 'What is left out stays as it is. The phone can’t be changed: it is what the account is known by.',
				body: ProfileBody,
				response: { 200: User },
			},
		},
		async (request) => {
			const { name, ...rest } = request.body
			const changed = await updateCustomer(sql, customerOf(request).id, {
				...rest,
				name: name === undefined ? name : requireName(name),
			})
			if (changed === undefined) throw httpProblem('unauthenticated')
			return userOf(changed)
		},
	)
}

function registerOwnSessionRoutes(app: App, { sql }: Service): void {
	app.get(
		'/me/sessions',
		{
			config: { policy: customer },
			schema: {
				tags,
				summary: 'List where one is signed in',
				response: { 200: SessionPage },
			},
		},
		async (request) => {
			const { id, sessionId } = customerOf(request)
			const sessions = await listSessions(sql, id)
			const data = sessions.map((session) => ({ ...viewSession(session), current: session.id === sessionId }))
			return { data, next_cursor: null }
		},
	)
	app.delete(
		'/me/sessions/:id',
		{
			config: { policy: customer },
			schema: {
				tags,
				summary: 'Sign out somewhere else',
				params: SessionParams,
				response: {
					204: Type.Null(),
					...problemsOf(table, ['session_not_found']),
				},
			},
		},
		async (request, reply) => {
			if (!(await deleteSession(sql, customerOf(request).id, request.params.id))) throw customerProblem('session_not_found')
			return reply.code(204).send(null)
		},
	)
}
