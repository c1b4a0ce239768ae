import { Type } from 'typebox'
import { clearedCookie } from '../../platform/http/credentials.ts'
import { localeOf } from '../../platform/http/locale.ts'
import { customer } from '../../platform/http/policy.ts'
import { httpProblem, problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { inTurn } from '../../platform/in-turn.ts'
import type { Service } from '../service.ts'
import { eraseCustomer } from './erase-customer.ts'
import { attachment, exportCustomer, exportSchema, type Wanted } from './export-customer.ts'
import { customerOf, SESSION_COOKIE } from './guard.ts'
import type { PersonalData } from './personal-data.ts'
import { customerProblem } from './problems.ts'

const policy = customer
const tags = ['me']
/** An export holds a connection to the database and all that somebody has ever ordered: the others wait their turn. */
const EXPORTS = { atOnce: 2, queueMax: 100 }

/** The rights of whoever is signed in: to know everything that is kept about them, and to be erased. */
export function registerOwnDataRoutes(app: App, service: Service, parts: readonly PersonalData[]): void {
	const exportInTurn = inTurn({
		...EXPORTS,
		work: (wanted: Wanted) =>
			service.sql.begin('isolation level repeatable read read only', (tx) => exportCustomer(tx, service, parts, wanted)),
	})
	app.get(
		'/me/export',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Export everything about oneself',
				description:
					'As of one moment, as a file: profile, consents, sessions, codes that were sent and who asked for them, cart, and orders with their history and delivery.',
				response: { 200: exportSchema(parts), ...problems(httpProblem, 'overloaded') },
			},
		},
		async (request, reply) => {
			const { id } = customerOf(request)
			const exported = await exportInTurn({ id, locale: localeOf(request) })
			if (exported === undefined) throw httpProblem('unauthenticated')
			void reply.headers(attachment(id))
			return exported
		},
	)
	app.delete(
		'/me',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Erase oneself',
				description:
					'For good: name, phone, email, addresses and whatever else tells of the person go from every table, all sessions end, and ' +
					'the phone may register again. Orders and their sums stay, of nobody. While an order is under way it is 409: cancel it, or ' +
					'wait until it is received.',
				response: { 204: Type.Null(), ...problems(customerProblem, 'orders_under_way') },
			},
		},
		async (request, reply) => {
			const { id, phone } = customerOf(request)
			await eraseCustomer(service, parts, { id, phone, by: null })
			return reply.code(204).header('set-cookie', clearedCookie(SESSION_COOKIE)).send(null)
		},
	)
}
