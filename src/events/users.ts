import { type Static, Type } from 'typebox'

/** `shop.users.v1`, out, by user id. No name, phone or email: whoever needs them asks the API. */
export const UserEvent = Type.Object(
	{ user_id: Type.Integer(), locale: Type.Enum(['ru', 'en']), occurred_at: Type.String({ format: 'date-time' }) },
	{ $id: 'UserEvent' },
)
export type UserEvent = Static<typeof UserEvent>

/** The CloudEvents types of `shop.users.v1`. */
export type UserEventType = 'user.registered' | 'user.blocked' | 'user.unblocked' | 'user.erased'
