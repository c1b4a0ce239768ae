import { Type } from 'typebox'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { SavedView, SavedViewBody, SavedViewParams, SavedViews } from './list-schemas.ts'
import { orderListProblem } from './list-problems.ts'
import { deleteView, listViews } from './saved-view-queries.ts'
import { changeView, saveView } from './saved-views.ts'

const tags = ['admin: orders']
const config = { policy: staff('viewer') }

/** What a member of the staff keeps of the list of orders under a name: nobody else sees or changes it. */
export function registerSavedViews(app: App, { sql }: Service): void {
	app.get(
		'/admin/orders/views',
		{ config, schema: { tags, summary: 'List one’s own views of the orders', response: { 200: SavedViews } } },
		async (request) => ({ data: await listViews(sql, staffOf(request).id) }),
	)
	app.post(
		'/admin/orders/views',
		{
			config,
			schema: {
				tags,
				summary: 'Keep a view of the orders',
				body: SavedViewBody,
				response: { 201: SavedView, ...problems(orderListProblem, 'view_name_taken', 'too_many_views') },
			},
		},
		async (request, reply) => reply.code(201).send(await saveView(sql, staffOf(request).id, request.body)),
	)
	app.put(
		'/admin/orders/views/:id',
		{
			config,
			schema: {
				tags,
				summary: 'Change a view of the orders',
				description: 'As a whole.',
				params: SavedViewParams,
				body: SavedViewBody,
				response: { 200: SavedView, ...problems(orderListProblem, 'view_not_found', 'view_name_taken') },
			},
		},
		async (request) => changeView(sql, { staffId: staffOf(request).id, id: request.params.id }, request.body),
	)
	app.delete(
		'/admin/orders/views/:id',
		{
			config,
			schema: {
				tags,
				summary: 'Delete a view of the orders',
				params: SavedViewParams,
				response: { 204: Type.Null(), ...problems(orderListProblem, 'view_not_found') },
			},
		},
		async (request, reply) => {
			const gone = await deleteView(sql, { staffId: staffOf(request).id, id: request.params.id })
			if (!gone) throw orderListProblem('view_not_found')
			return reply.code(204).send(null)
		},
	)
}
