import { toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { type CustomerRecord, type ListedCustomer, listCustomers, readCustomerRecord, USER_SORT } from './admin-queries.ts'
import { blockCustomer, unblockCustomer } from './block-customer.ts'
import { customerProblem } from './problems.ts'
import { AdminUser, type AdminUserListed, AdminUserPage, AdminUserParams, AdminUserQuery, BlockBody } from './schemas.ts'
import { signOutCustomer } from './sign-out-customer.ts'

export type AdminUserDeps = {
	/** How many orders each of these customers has placed; customers without one may be missing. Orders are another module's. */
	readonly countOrders: (customerIds: readonly number[]) => Promise<Map<number, number>>
}

const tags = ['admin: users']
/** What the staff may do with users: see, find, block, unblock and sign them out. */
export function registerAdminUserRoutes(app: App, service: Service, deps: AdminUserDeps): void {
	registerReads(app, service, deps)
	registerActions(app, service, deps)
}

function registerReads(app: App, service: Service, deps: AdminUserDeps): void {
	const { kysely, config } = service
	app.get(
		'/admin/users',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'List users',
				description: 'Newest first.',
				querystring: AdminUserQuery,
				response: { 200: AdminUserPage },
			},
		},
		async ({ query }) => {
			const rows = await listCustomers(kysely, query, config.PHONE_COUNTRY)
			const orders = await deps.countOrders(rows.map((row) => row.id))
			return toPage(rows, query.limit, {
				item: (row) => listedOf(row, orders.get(row.id) ?? 0),
				cursor: (row) => [USER_SORT, row.id],
			})
		},
	)
	app.get(
		'/admin/users/:id',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'Look at a user',
				params: AdminUserParams,
				response: { 200: AdminUser, ...problems(customerProblem, 'user_not_found') },
			},
		},
		async (request) => viewUser(service, deps, request.params.id),
	)
}

function registerActions(app: App, service: Service, deps: AdminUserDeps): void {
	const action = (summary: string, description: string) => ({
		config: { policy: staff('manager') },
		schema: {
			tags,
			summary,
			description,
			params: AdminUserParams,
			response: { 200: AdminUser, ...problems(customerProblem, 'user_not_found') },
		},
	})
	const block = action(
		'Block a user',
		'Signs the user out everywhere and lets nobody in again. What is blocked already stays as it is.',
	)
	app.post('/admin/users/:id/block', { ...block, schema: { ...block.schema, body: BlockBody } }, async (request) => {
		const { id } = request.params
		await blockCustomer(service, id, { by: staffOf(request).id, reason: request.body.reason })
		return viewUser(service, deps, id)
	})
	app.post('/admin/users/:id/unblock', action('Unblock a user', 'The user may sign in again.'), async (request) => {
		const { id } = request.params
		await unblockCustomer(service, id, staffOf(request).id)
		return viewUser(service, deps, id)
	})
	app.post('/admin/users/:id/sign-out', action('Sign a user out', 'Ends all sessions of the user.'), async (request) => {
		const { id } = request.params
		await signOutCustomer(service, id, staffOf(request).id)
		return viewUser(service, deps, id)
	})
}

async function viewUser({ sql }: Service, { countOrders }: AdminUserDeps, id: number): Promise<AdminUser> {
	const [record, orders] = await Promise.all([readCustomerRecord(sql, id), countOrders([id])])
	if (record === undefined) throw customerProblem('user_not_found')
	return adminUserOf(record, orders.get(id) ?? 0)
}

const listedOf = ({ created_at, ...row }: ListedCustomer, orders: number): AdminUserListed => ({
	...row,
	orders,
	created_at: created_at.toISOString(),
})

const adminUserOf = ({ created_at, consented_at, ...record }: CustomerRecord, orders: number): AdminUser => ({
	...record,
	orders,
	created_at: created_at.toISOString(),
	consented_at: consented_at.toISOString(),
})
