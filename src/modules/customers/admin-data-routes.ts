import { Type } from 'typebox'
import { localeOf } from '../../platform/http/locale.ts'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { AdminUserParams, EraseBody } from './admin-schemas.ts'
import { eraseCustomer } from './erase-customer.ts'
import { attachment, exportForStaff, exportSchema } from './export-customer.ts'
import type { PersonalData } from './personal-data.ts'
import { parsePhone } from './phone.ts'
import { customerProblem } from './problems.ts'

const tags = ['admin: users']

/** What the staff do for a person who asks for their rights: hand out everything that is kept, or erase it. */
export function registerAdminDataRoutes(app: App, service: Service, parts: readonly PersonalData[]): void {
	registerExport(app, service, parts)
	registerErasure(app, service, parts)
}

function registerExport(app: App, service: Service, parts: readonly PersonalData[]): void {
	app.get(
		'/admin/users/:id/export',
		{
			config: { policy: staff('manager') },
			schema: {
				tags,
				summary: 'Export everything about a user',
				description: 'The same as the user gets from `GET /v1/me/export`. Leaves a line in the audit log.',
				params: AdminUserParams,
				response: { 200: exportSchema(parts), ...problems(customerProblem, 'user_not_found', 'user_erased') },
			},
		},
		async (request, reply) => {
			const { id } = request.params
			const exported = await exportForStaff(service, parts, { id, locale: localeOf(request), staffId: staffOf(request).id })
			void reply.headers(attachment(id))
			return exported
		},
	)
}

function registerErasure(app: App, service: Service, parts: readonly PersonalData[]): void {
	app.post(
		'/admin/users/:id/erase',
		{
			config: { policy: staff('manager') },
			schema: {
				tags,
				summary: 'Erase a user',
				description:
					'For good: name, phone, email, addresses and whatever else tells of the person go from every table, the sessions end, and ' +
					'the phone may register again. Orders and their sums stay. While an order is under way it is 409.',
				params: AdminUserParams,
				body: EraseBody,
				response: {
					204: Type.Null(),
					...problems(customerProblem, 'user_not_found', 'orders_under_way', 'user_erased', 'confirmation_wrong'),
				},
			},
		},
		async (request, reply) => {
			const { confirm, reason } = request.body
			const phone = parsePhone(confirm, service.config.PHONE_COUNTRY) ?? confirm
			await eraseCustomer(service, parts, { id: request.params.id, phone, by: { staffId: staffOf(request).id, reason } })
			return reply.code(204).send(null)
		},
	)
}
