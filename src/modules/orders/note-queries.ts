import type { Sql, Tx } from '../../platform/db/database.ts'

/** What somebody of the staff has noted on an order, for colleagues alone. */
export type Note = { readonly id: number; readonly staffId: number; readonly text: string; readonly at: Date }

type Row = { id: number; staff_id: number; text: string; at: Date }

const noteOf = ({ staff_id, ...row }: Row): Note => ({ ...row, staffId: staff_id })

/** The notes on an order, newest last. */
export async function readNotes(sql: Sql | Tx, orderId: string): Promise<Note[]> {
	const rows = await sql<Row[]>`select id, staff_id, text, at from order_notes where order_id = ${orderId} order by id`
	return rows.map(noteOf)
}

export async function countNotes(tx: Tx, orderId: string): Promise<number> {
	const [row] = await tx<[{ notes: number }]>`select count(*) as notes from order_notes where order_id = ${orderId}`
	return row.notes
}

export type NewNote = { readonly orderId: string; readonly staffId: number; readonly text: string }

/** Writes a note on an order whose lock the caller holds. */
export async function insertNote(tx: Tx, { orderId, staffId, text }: NewNote): Promise<Note> {
	const [row] = await tx<[Row]>`
		insert into order_notes (order_id, staff_id, text, at) values (${orderId}, ${staffId}, ${text}, clock_timestamp())
		returning id, staff_id, text, at`
	return noteOf(row)
}

/** Who wrote a note of an order, which stays locked until the transaction ends; undefined when there is no such note. */
export async function lockNote(tx: Tx, orderId: string, id: number): Promise<{ staffId: number } | undefined> {
	const [row] = await tx<{ staff_id: number }[]>`
		select staff_id from order_notes where id = ${id} and order_id = ${orderId} for update`
	return row && { staffId: row.staff_id }
}

export async function deleteNoteById(tx: Tx, id: number): Promise<void> {
	await tx`delete from order_notes where id = ${id}`
}

/** Deletes the notes on all orders of a customer: what colleagues noted may tell of the person. */
export async function eraseNotesOf(tx: Tx, customerId: number): Promise<void> {
	await tx`
		delete from order_notes where order_id = any(array(select id from orders where customer_id = ${customerId}))`
}
