import { decodeCursor, toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import { problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { staffOf } from './guard.ts'
import { findKey, type ListedKey, listKeysBefore } from './key-queries.ts'
import { makeKey, revokeKey } from './keys.ts'
import { staffProblem } from './problems.ts'
import { KeyBody, KeyMade, KeyPage, KeyParams, KeyView, PageQuery } from './schemas.ts'

const policy = staff('owner')
const tags = ['admin: keys']
const { table } = staffProblem
const NEWEST = 'newest'

/** How the owners manage the keys of other services. */
export function registerKeyRoutes(app: App, { sql }: Service): void {
	app.get(
		'/admin/keys',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'List API keys',
				description: 'Newest first, also those of the past; never what they are.',
				querystring: PageQuery,
				response: { 200: KeyPage },
			},
		},
		async ({ query: { limit, cursor } }) => {
			const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor, NEWEST, ['number'])[0]
			return toPage(await listKeysBefore(sql, before, limit + 1), limit, { item: viewOf, cursor: ({ id }) => [NEWEST, id] })
		},
	)
	app.post(
		'/admin/keys',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Make an API key',
				description: 'Two of one name may be good at a time, so that a service changes its key without a pause.',
				body: KeyBody,
				response: { 201: KeyMade, ...problemsOf(table, ['key_limit']) },
			},
		},
		async (request, reply) => {
			const { name, scopes, expires_in_days: days } = request.body
			const { id, key } = await makeKey(sql, { name, scopes, days }, staffOf(request).id)
			void reply.code(201)
			return { ...viewOf(await found(id)), key }
		},
	)
	app.delete(
		'/admin/keys/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Revoke an API key',
				description: 'It is over at once. The same again changes nothing.',
				params: KeyParams,
				response: { 200: KeyView, ...problemsOf(table, ['key_not_found']) },
			},
		},
		async (request) => {
			const { id } = request.params
			await revokeKey(sql, id, staffOf(request).id)
			return viewOf(await found(id))
		},
	)

	async function found(id: number): Promise<ListedKey> {
		const key = await findKey(sql, id)
		if (key === undefined) throw staffProblem('key_not_found')
		return key
	}
}

const viewOf = ({ scopes, created_at, expires_at, revoked_at, ...key }: ListedKey): KeyView => ({
	...key,
	scopes: [...scopes],
	created_at: created_at.toISOString(),
	expires_at: expires_at.toISOString(),
	revoked_at: revoked_at?.toISOString() ?? null,
})
