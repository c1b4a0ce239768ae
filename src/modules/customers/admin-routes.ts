import { staff } from '../../platform/http/policy.ts'
import { problems, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { etagOf, IfMatch, versionOf, versionProblem, withEtag } from '../../platform/http/versions.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { registerAdminDataRoutes } from './admin-data-routes.ts'
import { AdminUser, AdminUserBody, AdminUserPage, AdminUserParams, AdminUserQuery, BlockBody } from './admin-schemas.ts'
import { registerAdminSessionRoutes } from './admin-session-routes.ts'
import { blockCustomer, unblockCustomer } from './block-customer.ts'
import { editCustomer } from './edit-customer.ts'
import { listUsers } from './list-users.ts'
import { noteLook } from './note-look.ts'
import type { PersonalData } from './personal-data.ts'
import { requirePhone } from './phone.ts'
import { customerProblem } from './problems.ts'
import { type AdminUserDeps, readUser } from './read-user.ts'
import { requireName } from './registration.ts'
import { signOutCustomer } from './sign-out-customer.ts'

const tags = ['admin: users']

/** What the staff may do with users: see, find, edit, block, unblock, sign out, export and erase them. */
export function registerAdminUserRoutes(
	app: App,
	service: Service,
	deps: AdminUserDeps & { readonly parts: readonly PersonalData[] },
): void {
	registerReads(app, service, deps)
	registerEdit(app, service, deps)
	registerActions(app, service, deps)
	registerAdminSessionRoutes(app, service)
	registerAdminDataRoutes(app, service, deps.parts)
}

/** The user as the staff are shown one. Who has changed nothing has looked at them, and no other line of the audit log tells of it. */
async function readFor(
	service: Service,
	deps: AdminUserDeps,
	{ id, by, changed }: { readonly id: number; readonly by: number; readonly changed: boolean },
): Promise<AdminUser> {
	const user = await readUser(service, deps, id)
	if (!changed) await noteLook(service, by, { id, part: 'profile' })
	return user
}

function registerReads(app: App, service: Service, deps: AdminUserDeps): void {
	app.get(
		'/admin/users',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'List users',
				description: 'Newest first, without those who were erased. Leaves a line in the audit log.',
				querystring: AdminUserQuery,
				response: { 200: AdminUserPage },
			},
		},
		async (request) => listUsers(service, deps, { query: request.query, staffId: staffOf(request).id }),
	)
	app.get(
		'/admin/users/:id',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'Look at a user',
				description: 'Leaves a line in the audit log.',
				params: AdminUserParams,
				response: { 200: AdminUser, ...problems(customerProblem, 'user_not_found', 'user_erased') },
			},
		},
		async (request, reply) => {
			const looking = { id: request.params.id, by: staffOf(request).id, changed: false }
			return withEtag(reply, await readFor(service, deps, looking))
		},
	)
}

function registerEdit(app: App, service: Service, deps: AdminUserDeps): void {
	app.patch(
		'/admin/users/:id',
		{
			config: { policy: staff('manager') },
			schema: {
				tags,
				summary: 'Edit a user',
				description:
					'What is left out stays as it is. With another phone, which is what the account is known by, all sessions end, and ' +
					'both phones are told by SMS.',
				params: AdminUserParams,
				headers: IfMatch,
				body: AdminUserBody,
				response: {
					200: AdminUser,
					...problemsOf({ ...customerProblem.table, ...versionProblem.table }, [
						'user_not_found',
						'phone_taken',
						'user_erased',
						'version_stale',
						'version_required',
					]),
				},
			},
		},
		async (request, reply) => {
			const { id } = request.params
			const version = versionOf(request.headers['if-match'])
			const { name, phone, ...rest } = request.body
			const change = {
				...rest,
				...(name !== undefined && { name: requireName(name) }),
				...(phone !== undefined && { phone: requirePhone(phone, service.config).number }),
			}
			const by = staffOf(request).id
			const outcome = await editCustomer(service, { id, version, by, change })
			const current = await readFor(service, deps, { id, by, changed: outcome === 'changed' })
			if (outcome === 'stale') throw versionProblem('version_stale', { current }, { etag: etagOf(current) })
			return withEtag(reply, current)
		},
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
			response: { 200: AdminUser, ...problems(customerProblem, 'user_not_found', 'user_erased') },
		},
	})
	const block = action(
		'Block a user',
		'Signs the user out everywhere and lets nobody in again. What is blocked already stays as it is.',
	)
	app.post('/admin/users/:id/block', { ...block, schema: { ...block.schema, body: BlockBody } }, async (request, reply) => {
		const { id } = request.params
		const by = staffOf(request).id
		const changed = await blockCustomer(service, id, { by, reason: request.body.reason })
		return withEtag(reply, await readFor(service, deps, { id, by, changed }))
	})
	app.post('/admin/users/:id/unblock', action('Unblock a user', 'The user may sign in again.'), async (request, reply) => {
		const { id } = request.params
		const by = staffOf(request).id
		const changed = await unblockCustomer(service, id, by)
		return withEtag(reply, await readFor(service, deps, { id, by, changed }))
	})
	app.post('/admin/users/:id/sign-out', action('Sign a user out', 'Ends all sessions of the user.'), async (request, reply) => {
		const { id } = request.params
		await signOutCustomer(service, id, staffOf(request).id)
		return withEtag(reply, await readUser(service, deps, id))
	})
}
