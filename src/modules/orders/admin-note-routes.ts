import { Type } from 'typebox'
import { customerProblem } from '../customers/index.ts'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { addNote, deleteNote } from './notes.ts'
import { orderProblem } from './problems.ts'
import { OrderParams } from './schemas.ts'
import { NoteBody, NoteParams, OrderNote } from './staff-schemas.ts'
import { viewNote } from './view-staff-order.ts'

const tags = ['admin: orders']

/** What staff note on an order for colleagues. */
export function registerNotes(app: App, service: Service): void {
	app.post(
		'/admin/orders/:id/notes',
		{
			config: { policy: staff('operator') },
			schema: {
				tags,
				summary: 'Note something on an order for colleagues',
				description: 'The customer never sees it, and neither do other services.',
				params: OrderParams,
				body: NoteBody,
				response: {
					201: OrderNote,
					...problems(orderProblem, 'order_not_found', 'too_many_notes'),
					...problems(customerProblem, 'user_erased'),
				},
			},
		},
		async (request, reply) => {
			const { id: staffId, email } = staffOf(request)
			const note = await addNote(service, { orderId: request.params.id, staffId, text: request.body.text })
			void reply.code(201)
			return viewNote(note, email)
		},
	)
	app.delete(
		'/admin/orders/:id/notes/:note_id',
		{
			config: { policy: staff('operator') },
			schema: {
				tags,
				summary: 'Delete one’s own note',
				params: NoteParams,
				response: {
					204: Type.Null({ description: 'It is gone' }),
					...problems(orderProblem, 'note_of_another', 'note_not_found'),
				},
			},
		},
		async (request, reply) => {
			const { id: orderId, note_id: noteId } = request.params
			await deleteNote(service, { orderId, noteId, staffId: staffOf(request).id })
			return reply.code(204).send(null)
		},
	)
}
