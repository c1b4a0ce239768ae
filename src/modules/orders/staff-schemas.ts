import { type Static, Type } from 'typebox'
import { Actor, OrderStatus } from '../../events/orders.ts'
import { NOT_BLANK } from '../../platform/http/fault-words.ts'
import { Delivery } from '../delivery/index.ts'
import { StaffOrderSummary } from './list-schemas.ts'
import { STEP_REFUSALS } from './order-status.ts'
import { body, head, HistoryItem, moment, OrderParams, owned, Reason, Refusal, tail } from './schemas.ts'

const name = Type.Union([Type.String(), Type.Null()], {
	description: 'The email of a member of the staff, the name of a customer; null of everybody else and of who is no longer there',
})
const StaffActor = Type.Object({ ...Actor.properties, name })

/** What somebody of the staff has noted on an order, for colleagues alone. */
export const OrderNote = Type.Object(
	{ id: Type.Integer(), text: Type.String(), author: Type.Object({ id: Type.Integer(), name }), at: moment },
	{ title: 'OrderNote' },
)
export type OrderNote = Static<typeof OrderNote>

const Step = Type.Object({
	status: OrderStatus,
	label: Type.String({ description: 'In the language of Accept-Language; `ready` by delivery method' }),
	allowed: Type.Boolean(),
	code: Type.Union([Type.Enum([...STEP_REFUSALS]), Type.Null()], {
		description:
			'Why it may not be changed to that one: it has it already, its status is final, or that one lies behind it. Null when it may',
	}),
})

/** An order as staff see it. */
export const StaffOrder = Type.Object(
	{
		...head,
		...body,
		...owned,
		user_name: Type.String({ description: 'The customer’s name as it is now; empty when the person was erased' }),
		delivery: Delivery,
		history: Type.Array(Type.Object({ ...HistoryItem.properties, actor: StaffActor })),
		refusals: Type.Array(Refusal, { description: 'Commands of other services that the status table refused, newest first' }),
		notes: Type.Array(OrderNote, { description: 'What the staff noted for colleagues, newest last' }),
		next_statuses: Type.Array(OrderStatus, { description: 'What staff may change the status to' }),
		can: Type.Object(
			{ statuses: Type.Array(Step, { description: 'Every status there is, in the order of an order’s way' }) },
			{ description: 'What staff whose role may change orders may do with it now, and why not the rest' },
		),
		...tail,
	},
	{ title: 'StaffOrder' },
)
export type StaffOrder = Static<typeof StaffOrder>

export const StaffStatusBody = Type.Object({ status: OrderStatus, reason: Reason }, { additionalProperties: false })

const BULK_MAX = 500

export const BulkStatusBody = Type.Object(
	{
		ids: Type.Array(OrderParams.properties.id, {
			minItems: 1,
			maxItems: BULK_MAX,
			description: 'Whichever order stands there twice is changed, and told of, once',
		}),
		status: OrderStatus,
		reason: Reason,
	},
	{ additionalProperties: false },
)

/** What became of each order, in the order in which they were named first. */
export const BulkStatusResult = Type.Object(
	{
		data: Type.Array(
			Type.Object({
				id: head.id,
				outcome: Type.Enum(['changed', 'unchanged', 'refused', 'not_found', 'failed'], {
					description: '`unchanged`: it has that status already. `failed`: it could not be tried; ask again for it',
				}),
				code: Type.Union([Type.String(), Type.Null()], {
					description: 'The code of the problem where it was not changed for one: `transition_refused`, `order_not_found`, …',
				}),
				order: Type.Union([StaffOrderSummary, Type.Null()], { description: 'As it is now; null where it could not be read' }),
			}),
		),
	},
	{ title: 'BulkStatusResult' },
)
export type BulkStatusResult = Static<typeof BulkStatusResult>

const NOTE_MAX_CHARACTERS = 2_000

export const NoteBody = Type.Object(
	{ text: Type.String({ maxLength: NOTE_MAX_CHARACTERS, pattern: NOT_BLANK }) },
	{ additionalProperties: false },
)

export const NoteParams = Type.Object(
	{ ...OrderParams.properties, note_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) },
	{ additionalProperties: false },
)
