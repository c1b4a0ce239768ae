import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { Locale } from '../../platform/http/problem.ts'
import type { Customer, SignedInCustomer } from './customer.ts'

type Row = { id: number; name: string; phone: string; email: string; locale: Locale; created_at: Date }

const customerOfRow = ({ created_at, ...row }: Row): Customer => ({ ...row, createdAt: created_at })

/**
 * A part of a statement that works for many: joins to a relation `asked`, which has hashes of tokens in hexadecimal (`token`), the
 * `session` of each and its `customer`; their columns are null where it is no longer good, or the customer is blocked. One after the
 * other, so that each is found by its index.
 */
export const joinSessions = (sql: Sql | Tx): Fragment => sql`
	left join lateral (
		select id, customer_id, extract(epoch from expires_at - now())::float as expires_in_s
		from sessions where token_hash = decode(asked.token, 'hex') and expires_at > now() limit 1
	) as session on true
	left join lateral (
		select id, name, phone, email, locale, created_at from customers where id = session.customer_id and blocked_at is null limit 1
	) as customer on true`

/** The customers of sessions that are still good, by the hash of the token in hexadecimal. */
export async function findSignedIn(sql: Sql, tokenHashes: readonly Buffer[]): Promise<Map<string, SignedInCustomer>> {
	const tokens = tokenHashes.map((tokenHash) => tokenHash.toString('hex'))
	const rows = await sql<(Row & { token: string; session_id: string; expires_in_s: number })[]>`
		select asked.token, session.id as session_id, expires_in_s, customer.*
		from json_array_elements_text(${sql.typed.json(tokens)}) as asked (token) ${joinSessions(sql)}
		where customer.id is not null`
	return new Map(
		rows.map(({ token, session_id, expires_in_s, ...row }) => [
			token,
			{ ...customerOfRow(row), sessionId: session_id, expiresInS: expires_in_s },
		]),
	)
}

/** Locks the customer with that phone until the transaction ends, so that a block and a sign-in come one after the other. */
export async function lockCustomerByPhone(
	tx: Tx,
	phone: string,
): Promise<(Customer & { readonly blocked: boolean }) | undefined> {
	const [row] = await tx<(Row & { blocked: boolean })[]>`
		select id, name, phone, email, locale, created_at, blocked_at is not null as blocked
		from customers where phone = ${phone} for update`
	if (row === undefined) return undefined
	const { blocked, ...rest } = row
	return { ...customerOfRow(rest), blocked }
}

/** What somebody registers with: bound to the code, so that nobody else's data gets in with it. */
export type Registration = {
	readonly name: string
	readonly email: string
	readonly locale: Locale
	readonly consent_version: string
}

export type NewCustomer = Registration & { readonly phone: string; readonly consentedAt: Date }

export async function insertCustomer(tx: Tx, customer: NewCustomer): Promise<Customer> {
	const { name, phone, email, locale, consent_version, consentedAt } = customer
	const [row] = await tx<[Row]>`
		insert into customers (name, phone, email, locale, consent_version, consented_at)
		values (${name}, ${phone}, ${email}, ${locale}, ${consent_version}, ${consentedAt})
		returning id, name, phone, email, locale, created_at`
	return customerOfRow(row)
}

export type ProfileChange = {
	readonly name?: string | undefined
	readonly email?: string | undefined
	readonly locale?: Locale | undefined
}

/** Changes what is given; undefined when the customer is no more. */
export async function updateCustomer(
	sql: Sql,
	id: number,
	{ name, email, locale }: ProfileChange,
): Promise<Customer | undefined> {
	const [row] = await sql<Row[]>`
		update customers set name = coalesce(${name ?? null}, name), email = coalesce(${email ?? null}, email),
			locale = coalesce(${locale ?? null}, locale), updated_at = now()
		where id = ${id} and erased_at is null
		returning id, name, phone, email, locale, created_at`
	return row && customerOfRow(row)
}

/** On how many devices a customer may be signed in; with one more the oldest is signed out. */
const SESSIONS_MAX = 20
export const SESSION_LIFE_S = 30 * 24 * 60 * 60

export type NewSession = { readonly customerId: number; readonly tokenHash: Buffer; readonly userAgent: string | null }

/** Opens a session and tells when it ends. The caller holds the lock of the customer's row. */
export async function insertSession(tx: Tx, { customerId, tokenHash, userAgent }: NewSession): Promise<Date> {
	const makeRoom = tx`
		delete from sessions where customer_id = ${customerId} and id not in (
			select id from sessions where customer_id = ${customerId} order by id desc limit ${SESSIONS_MAX - 1})`
	const insert = tx<[{ expires_at: Date }]>`
		insert into sessions (token_hash, customer_id, user_agent, expires_at)
		values (${tokenHash}, ${customerId}, ${userAgent}, now() + make_interval(secs => ${SESSION_LIFE_S}))
		returning expires_at`
	const [, [session]] = await Promise.all([makeRoom, insert])
	return session.expires_at
}

export type Session = { id: string; created_at: Date; expires_at: Date; user_agent: string | null }

/** The customer's sessions that are still good, newest first. */
export async function listSessions(sql: Sql | Tx, customerId: number): Promise<Session[]> {
	return sql<Session[]>`
		select id, created_at, expires_at, user_agent from sessions
		where customer_id = ${customerId} and expires_at > now() order by id desc limit ${SESSIONS_MAX}`
}

/** Ends a session of this customer; false when there is none such. */
export async function deleteSession(sql: Sql | Tx, customerId: number, id: string): Promise<boolean> {
	const { count } = await sql`delete from sessions where customer_id = ${customerId} and id = ${id}`
	return count > 0
}

/** Ends all sessions of the customer; returns how many. */
export async function deleteSessions(sql: Sql | Tx, customerId: number): Promise<number> {
	const { count } = await sql`delete from sessions where customer_id = ${customerId}`
	return count
}

/** Where to write to a customer, and in which language. */
export type CustomerContact = { readonly name: string; readonly email: string; readonly phone: string; readonly locale: Locale }

/** The contacts of customers, by id; there are none of somebody who was erased. */
export async function readCustomerContacts(tx: Sql | Tx, ids: readonly number[]): Promise<Map<number, CustomerContact>> {
	const rows = await tx<(CustomerContact & { id: number })[]>`
		select id, name, email, phone, locale from customers
		where id = ${oneOf(tx, ids, 'bigint')} and erased_at is null`
	return new Map(rows.map(({ id, ...contact }) => [id, contact]))
}
