import type { Locale } from '../../platform/http/problem.ts'
import type { Session } from '../../platform/http/credentials.ts'
import type { User } from './schemas.ts'

/** A person who may buy. Times are the database's. */
export type Customer = {
	readonly id: number
	readonly name: string
	/** E.164. */
	readonly phone: string
	readonly email: string
	readonly locale: Locale
	readonly createdAt: Date
}

/** The customer whose session a request carries. */
export type SignedInCustomer = Customer & Session

/** A customer's data as the customer sees it. */
export const userOf = ({ id, name, phone, email, locale, createdAt }: Customer): User => ({
	id,
	name,
	phone,
	email,
	locale,
	created_at: createdAt.toISOString(),
})
