import { requireCustomer } from '../customers/index.ts'
import { appendAudit } from '../staff/index.ts'
import type { Service } from '../service.ts'
import { countNotes, deleteNoteById, insertNote, lockNote, type NewNote, type Note } from './note-queries.ts'
import { isErased } from './order.ts'
import { orderProblem } from './problems.ts'
import { lockOrders } from './status-queries.ts'

/** Whoever looks at an order is shown all of its notes. */
const NOTES_MAX = 100

/**
 * Notes something on an order for colleagues. Throws `order_not_found`, `too_many_notes` when there are NOTES_MAX already, or
 * `user_erased`: what it says of the customer could not be erased any more.
 */
export async function addNote({ sql }: Pick<Service, 'sql'>, wanted: NewNote): Promise<Note> {
	return sql.begin(async (tx) => {
		const [order] = (await lockOrders(tx, [wanted.orderId])).values()
		if (order === undefined) throw orderProblem('order_not_found')
		if (isErased(order)) await requireCustomer(tx, order.customerId)
		if ((await countNotes(tx, order.id)) >= NOTES_MAX) throw orderProblem('too_many_notes', { limit: NOTES_MAX })
		const note = await insertNote(tx, { ...wanted, orderId: order.id })
		const subject = { type: 'order', id: order.id } as const
		await appendAudit(tx, [{ staffId: wanted.staffId, action: 'order_note_added', subject, details: { note_id: note.id } }])
		return note
	})
}

export type NoteOfOrder = { readonly orderId: string; readonly noteId: number; readonly staffId: number }

/** Deletes a note of one's own. Throws `note_not_found`, or `note_of_another` when somebody else wrote it. */
export async function deleteNote({ sql }: Pick<Service, 'sql'>, { orderId, noteId, staffId }: NoteOfOrder): Promise<void> {
	await sql.begin(async (tx) => {
		const note = await lockNote(tx, orderId, noteId)
		if (note === undefined) throw orderProblem('note_not_found')
		if (note.staffId !== staffId) throw orderProblem('note_of_another')
		await deleteNoteById(tx, noteId)
		const subject = { type: 'order', id: orderId } as const
		await appendAudit(tx, [{ staffId, action: 'order_note_deleted', subject, details: { note_id: noteId } }])
	})
}
