import { type Static, Type } from 'typebox'
import { LocaleSchema } from '../../platform/http/locale.ts'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'
import { NOT_BLANK } from '../../platform/http/fault-words.ts'
import { closed, CustomerId, Email, moment, Name, PhoneInput, PhoneOutput, SessionFields, SessionId } from './schemas.ts'

const REASON_MAX = 500
const SEARCH_MAX = 100

export const AdminUserQuery = Type.Object(
	{
		...pageQuery,
		search: Type.Optional(
			Type.String({
				minLength: 1,
				maxLength: SEARCH_MAX,
				description: 'A part of the name, email or phone, the phone also as people write it; a typo in the name does no harm',
			}),
		),
		blocked: Type.Optional(Type.Boolean({ description: 'Only those who are blocked, or who are not' })),
	},
	closed,
)
export type AdminUserQuery = Static<typeof AdminUserQuery>

const AdminUserFields = {
	id: CustomerId,
	name: Type.String(),
	phone: PhoneOutput,
	email: Type.String(),
	blocked: Type.Boolean(),
	orders: Type.Integer({ description: 'How many orders the user has placed' }),
	created_at: moment('When the person registered'),
}

/** A user in the list of the staff. */
export const AdminUserListed = Type.Object(AdminUserFields)
export type AdminUserListed = Static<typeof AdminUserListed>
export const AdminUserPage = pageOf(AdminUserListed)

const StaffRef = Type.Object({
	id: Type.Integer(),
	email: Type.Union([Type.String(), Type.Null()], { description: 'Null when the account is gone' }),
})

/** A user as the staff sees one. */
export const AdminUser = Type.Object(
	{
		...AdminUserFields,
		locale: LocaleSchema,
		version: Type.Integer({ description: 'Grows with each change of the user’s own data or block; the ETag' }),
		blocked_reason: Type.Union([Type.String(), Type.Null()]),
		blocked_at: Type.Union([moment('Since when'), Type.Null()]),
		blocked_by: Type.Union([StaffRef, Type.Null()], {
			description: 'Who of the staff did it; null also where that is not known',
		}),
		orders_under_way: Type.Integer({ description: 'How many of the orders are neither received nor cancelled' }),
		consented_at: moment('When the person agreed to the processing of personal data'),
		sessions: Type.Integer({ description: 'On how many devices the user is signed in' }),
	},
	{ title: 'AdminUser' },
)
export type AdminUser = Static<typeof AdminUser>

export const AdminUserParams = Type.Object({ id: CustomerId }, closed)
export const BlockBody = Type.Object(
	{ reason: Type.String({ minLength: 1, maxLength: REASON_MAX, description: 'Why, for the staff; the user is not told' }) },
	closed,
)

/** A change of a user's data by the staff: what is left out stays. */
export const AdminUserBody = Type.Object(
	{
		name: Type.Optional(Name),
		email: Type.Optional(Email),
		locale: Type.Optional(LocaleSchema),
		phone: Type.Optional(PhoneInput),
	},
	{ ...closed, minProperties: 1 },
)

export const AdminSessionPage = pageOf(Type.Object(SessionFields))
export const AdminSessionParams = Type.Object({ id: CustomerId, session_id: SessionId }, closed)

export const EraseBody = Type.Object(
	{
		confirm: Type.String({ minLength: 1, maxLength: 40, description: 'The user’s phone, typed anew, as people write it' }),
		reason: Type.String({
			minLength: 1,
			maxLength: REASON_MAX,
			pattern: NOT_BLANK,
			description: 'Why, for the audit log, where it stays: nothing of the person, but the request’s number',
		}),
	},
	closed,
)
