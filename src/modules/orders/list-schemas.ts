import { type Static, Type } from 'typebox'
import { ORDER_STATUSES, OrderStatus } from '../../events/orders.ts'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'
import { NOT_BLANK } from '../../platform/http/fault-words.ts'
import { Delivery } from '../delivery/index.ts'
import { body, head, moment, owned, tail } from './schemas.ts'

const closed = { additionalProperties: false } as const
const money = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description }))
const positive = (description: string) =>
	Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description }))
const NAME_MAX_CHARACTERS = 200
/** Whoever shows a page asks for its rows anew by one call. */
const IDS_MAX = 100
const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
const UUID_CHARACTERS = 36

const STAFF_SORTS = ['newest', 'oldest', 'total', '-total'] as const
export type StaffSort = (typeof STAFF_SORTS)[number]
const Sort = Type.Enum([...STAFF_SORTS], {
	default: 'newest',
	description: 'By number, which grows as orders are placed, or total',
})

/** Filters of the staff's list; all that are given must hold. */
const filters = {
	status: Type.Optional(
		Type.String({
			pattern: `^(${ORDER_STATUSES.join('|')})(,(${ORDER_STATUSES.join('|')}))*$`,
			maxLength: 100,
			description: 'One or more, with commas between',
		}),
	),
	method: Type.Optional(Type.Enum(['courier', 'pickup'])),
	number: positive('The order’s number'),
	user_id: positive('Whose orders'),
	phone: Type.Optional(Type.String({ maxLength: 40, description: 'The order’s phone, as people write it' })),
	name: Type.Optional(
		Type.String({
			minLength: 2,
			maxLength: NAME_MAX_CHARACTERS,
			pattern: NOT_BLANK,
			description: 'A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common`',
		}),
	),
	from: Type.Optional(Type.String({ format: 'date-time', description: 'Placed at or after' })),
	to: Type.Optional(Type.String({ format: 'date-time', description: 'Placed before' })),
	total_min: money('Lowest total'),
	total_max: money('Highest total'),
}
const StaffOrderFilters = Type.Object(filters)
export type StaffOrderFilters = Static<typeof StaffOrderFilters>

export const StaffOrderQuery = Type.Object(
	{
		...filters,
		ids: Type.Optional(
			Type.String({
				pattern: `^${UUID}(,${UUID}){0,${IDS_MAX - 1}}$`,
				maxLength: IDS_MAX * (UUID_CHARACTERS + 1),
				description: `Only of these orders, at most ${IDS_MAX}, with commas between: to read again what is shown`,
			}),
		),
		sort: Sort,
		...pageQuery,
	},
	closed,
)
export type StaffOrderQuery = Static<typeof StaffOrderQuery>

/** An order in the staff's list. */
export const StaffOrderSummary = Type.Object(
	{
		...head,
		...body,
		...owned,
		user_name: Type.String({ description: 'The customer’s name as it is now' }),
		delivery: Delivery,
		next_statuses: Type.Array(OrderStatus, { description: 'What staff may change the status to' }),
		...tail,
	},
	{ title: 'StaffOrderSummary' },
)
export type StaffOrderSummary = Static<typeof StaffOrderSummary>
export const StaffOrderPage = Type.Object({
	...pageOf(StaffOrderSummary).properties,
	name_too_common: Type.Boolean({
		description: 'More than 100 customers have the `name`: only orders of the newest 100 of them are told. Narrow it',
	}),
})

const TIME_ZONE_MAX_CHARACTERS = 64

export const OrderExportQuery = Type.Object(
	{
		...filters,
		sort: Sort,
		locale: Type.Optional(Type.Enum(['ru', 'en'], { description: 'The language, for a link that can’t say Accept-Language' })),
		time_zone: Type.String({
			maxLength: TIME_ZONE_MAX_CHARACTERS,
			default: 'UTC',
			description: 'Which clock the times are told by: an IANA name, as Europe/Moscow',
		}),
	},
	closed,
)

/** What the list can show of an order, each in a column. */
const LIST_COLUMNS = [
	'number',
	'status',
	'total',
	'positions',
	'customer',
	'phone',
	'method',
	'tracking',
	'created_at',
	'updated_at',
] as const

const VIEW_NAME_MAX_CHARACTERS = 60

/** A view to be kept: what the list is asked, under a name. */
export const SavedViewBody = Type.Object(
	{
		name: Type.String({
			pattern: NOT_BLANK,
			maxLength: VIEW_NAME_MAX_CHARACTERS,
			description: 'One’s own views have different names, capital letters or not',
		}),
		query: Type.Object(
			{ ...filters, sort: Type.Optional(Type.Enum([...STAFF_SORTS])) },
			{ ...closed, description: 'Filters and sort of `GET /v1/admin/orders`' },
		),
		columns: Type.Array(Type.Enum([...LIST_COLUMNS]), {
			minItems: 1,
			uniqueItems: true,
			description: 'What is shown, in this order',
		}),
	},
	closed,
)
export type SavedViewBody = Static<typeof SavedViewBody>

export const SavedView = Type.Object(
	{
		id: Type.Integer(),
		...SavedViewBody.properties,
		created_at: moment,
		updated_at: moment,
	},
	{ title: 'SavedOrderView' },
)
export type SavedView = Static<typeof SavedView>

export const SavedViews = Type.Object({ data: Type.Array(SavedView, { description: 'By name' }) })

export const SavedViewParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }, closed)
