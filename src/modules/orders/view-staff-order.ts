import { ORDER_STATUSES } from '../../events/orders.ts'
import type { Locale } from '../../platform/http/problem.ts'
import type { Note } from './note-queries.ts'
import { labelOf, NEXT_STATUSES, staffRefusalOf } from './order-status.ts'
import type { Order } from './order.ts'
import type { OrderNote, StaffOrder } from './staff-schemas.ts'
import type { Refusal } from './status-queries.ts'
import { bodyOf, headOf, historyOf, ownedOf, tailOf, viewRefusal, type WholeOrder } from './view-order.ts'

/** Who the people of an order are: the customer's name, empty of one who was erased, and emails of staff who are still there. */
type People = { readonly customerName: string; readonly staffEmails: ReadonlyMap<number, string> }

/** All that staff are shown of an order. */
export type OrderForStaff = WholeOrder & {
	readonly refusals: readonly Refusal[]
	readonly notes: readonly Note[]
	readonly people: People
}

/** The order as staff see it. */
export function viewForStaff(known: OrderForStaff, locale: Locale): StaffOrder {
	const { order, lines, delivery, history, refusals, notes, people } = known
	return {
		...headOf(order, locale),
		...bodyOf(order, lines),
		...ownedOf(order),
		user_name: people.customerName,
		delivery,
		history: historyOf(history).map(({ actor, ...line }) => ({ ...line, actor: { ...actor, name: nameOf(actor, people) } })),
		refusals: refusals.map(viewRefusal),
		notes: notes.map((note) => viewNote(note, people.staffEmails.get(note.staffId))),
		next_statuses: [...NEXT_STATUSES.staff[order.status]],
		can: { statuses: stepsOf(order, locale) },
		...tailOf(order),
	}
}

/** Of customers only the order's own one ever changes it. */
function nameOf({ type, id }: WholeOrder['history'][number]['actor'], { customerName, staffEmails }: People): string | null {
	if (type === 'customer') return customerName === '' ? null : customerName
	return type === 'staff' && id !== null ? (staffEmails.get(id) ?? null) : null
}

const stepsOf = ({ status: from, deliveryMethod }: Order, locale: Locale): StaffOrder['can']['statuses'] =>
	ORDER_STATUSES.map((status) => {
		const code = staffRefusalOf(from, status)
		return { status, label: labelOf(status, deliveryMethod, locale), allowed: code === null, code }
	})

/** A note as colleagues see it; `email` is its author's, if they are still there. */
export const viewNote = ({ id, text, staffId, at }: Note, email: string | undefined): OrderNote => ({
	id,
	text,
	author: { id: staffId, name: email ?? null },
	at: at.toISOString(),
})
