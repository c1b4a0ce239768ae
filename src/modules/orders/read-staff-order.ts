import type { Sql } from '../../platform/db/database.ts'
import { readCustomerContacts } from '../customers/index.ts'
import { readStaffEmails } from '../staff/index.ts'
import { readNotes } from './note-queries.ts'
import type { Order } from './order.ts'
import { readWhole } from './read-order.ts'
import { readRefusals } from './status-queries.ts'
import type { OrderForStaff } from './view-staff-order.ts'

/** Whatever belongs to an order, with what only staff see. */
export async function readForStaff(sql: Sql, order: Order): Promise<OrderForStaff> {
	const [whole, refusals, notes, contacts] = await Promise.all([
		readWhole(sql, order),
		readRefusals(sql, order.id),
		readNotes(sql, order.id),
		readCustomerContacts(sql, [order.customerId]),
	])
	const staffIds = [
		...whole.history.flatMap(({ actor }) => (actor.type === 'staff' && actor.id !== null ? [actor.id] : [])),
		...notes.map(({ staffId }) => staffId),
	]
	const staffEmails = await readStaffEmails(sql, [...new Set(staffIds)])
	return { ...whole, refusals, notes, people: { customerName: contacts.get(order.customerId)?.name ?? '', staffEmails } }
}
