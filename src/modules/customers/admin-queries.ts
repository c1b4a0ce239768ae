import { type RawBuilder, sql as expression } from 'kysely'
import { patternOf } from '../../platform/db/conditions.ts'
import type { Sql, Tx } from '../../platform/db/database.ts'
import { composer, runPrepared } from '../../platform/db/statements.ts'
import { decodeCursor } from '../../platform/http/pages.ts'
import type { Locale } from '../../platform/http/problem.ts'
import { phonePartsOf } from './phone.ts'
import { searchKind } from './search-kind.ts'
import type { AdminUserQuery } from './admin-schemas.ts'

/** The list has one order, newest first: its name in the cursor. */
export const USER_SORT = 'newest'

export type ListedCustomer = { id: number; name: string; phone: string; email: string; blocked: boolean; created_at: Date }

/** The customers who fit the query, newest first, one more than its page holds; without those who were erased. */
export async function listCustomers(
	sql: Sql,
	{ search, blocked, cursor, limit }: AdminUserQuery,
	country: string,
): Promise<ListedCustomer[]> {
	let list = composer
		.selectFrom('customers')
		.select(['id', 'name', 'phone', 'email', 'created_at'])
		.select(expression<boolean>`blocked_at is not null`.as('blocked'))
		.where('erased_at', 'is', null)
		.orderBy('id', 'desc')
		.limit(limit + 1)
	if (search !== undefined) list = list.where(matches(search, country))
	if (blocked !== undefined) list = list.where('blocked_at', blocked ? 'is not' : 'is', null)
	if (cursor !== undefined) list = list.where('id', '<', decodeCursor(cursor, USER_SORT, ['number'])[0])
	return runPrepared(sql, list)
}

/**
 * The text stands in name, email or phone, or, where it may be a name, a word like it (a typo) in the name: all by the trigram index.
 * A typo is not looked for with an email: everybody at the same provider would be like everybody else.
 */
function matches(search: string, country: string): RawBuilder<boolean> {
	const text = search.trim().toLowerCase()
	const parts = [text, ...phonePartsOf(text, country)].map((part) => expression<boolean>`search_text like ${patternOf(part)}`)
	const typo = expression<boolean>`(search_text %> ${text} and lower(name) %> ${text})`
	const ways = searchKind(text) === 'name' ? [...parts, typo] : parts
	return expression<boolean>`(${expression.join(ways, expression` or `)})`
}

/** Among so many of the newest customers a name that many have is found often enough: no need to gather all who have it. */
const NEWEST_CUSTOMERS = 5_000

/**
 * The newest customers whose name holds the text or, where nobody's does, a word like it (a typo). Their ids, `limit` at the most.
 */
export async function findCustomerIdsByName(sql: Sql, name: string, limit: number): Promise<number[]> {
	const text = name.trim().toLowerCase()
	const pattern = patternOf(text)
	const newest = await sql<{ id: number }[]>`
		select id from (select id, name from customers order by id desc limit ${NEWEST_CUSTOMERS}) as newest
		where lower(name) like ${pattern} order by id desc limit ${limit}`
	if (newest.length === limit) return newest.map(({ id }) => id)
	const all = await sql<{ id: number }[]>`
		select id from customers where search_text like ${pattern} and lower(name) like ${pattern} order by id desc limit ${limit}`
	if (all.length > 0) return all.map(({ id }) => id)
	const alike = await sql<{ id: number }[]>`
		select id from customers where search_text %> ${text} and lower(name) %> ${text} order by id desc limit ${limit}`
	return alike.map(({ id }) => id)
}

/** Whether the customer's name holds the text, or a word like it. */
export async function hasName(sql: Sql, id: number, name: string): Promise<boolean> {
	const text = name.trim().toLowerCase()
	const rows = await sql`
		select from customers where id = ${id} and (lower(name) like ${patternOf(text)} or lower(name) %> ${text})`
	return rows.length > 0
}

/** A customer with what only the staff sees. */
export type CustomerRecord = ListedCustomer & {
	locale: Locale
	version: number
	blocked_reason: string | null
	blocked_at: Date | null
	blocked_by: number | null
	consented_at: Date
	erased_at: Date | null
	sessions: number
}

/** Somebody's record, also of those who were erased: there is nothing in it then. */
export async function readCustomerRecord(sql: Sql | Tx, id: number): Promise<CustomerRecord | undefined> {
	const [row] = await sql<CustomerRecord[]>`
		select id, name, phone, email, locale, version, created_at, blocked_at is not null as blocked, blocked_reason, blocked_at,
			blocked_by, consented_at, erased_at,
			(select count(*)::int from sessions where customer_id = customers.id and expires_at > now()) as sessions
		from customers where id = ${id}`
	return row
}

/** What of a customer may be edited. The phone is E.164. */
export type CustomerFields = {
	readonly name: string
	readonly email: string
	readonly locale: Locale
	readonly phone: string
}

export type LockedCustomer = CustomerFields & {
	readonly id: number
	readonly version: number
	readonly blocked: boolean
	readonly erased_at: Date | null
	/** Now, by the database's clock. */
	readonly at: Date
}

/** Locks a customer until the transaction ends; undefined when there is none. */
export async function lockCustomer(tx: Tx, id: number): Promise<LockedCustomer | undefined> {
	const [row] = await tx<LockedCustomer[]>`
		select id, name, email, locale, phone, version, blocked_at is not null as blocked, erased_at, clock_timestamp() as at
		from customers where id = ${id} for update`
	return row
}

/** Writes all that may be edited. The version grows by itself. */
export async function writeCustomer(tx: Tx, id: number, { name, email, locale, phone }: CustomerFields): Promise<void> {
	await tx`
		update customers set name = ${name}, email = ${email}, locale = ${locale}, phone = ${phone}, updated_at = now()
		where id = ${id}`
}

/** Marks a customer as blocked, by whom and for what reason, or, for null, as not blocked. */
export async function setBlocked(tx: Tx, id: number, block: { by: number; reason: string } | null): Promise<void> {
	await tx`
		update customers set blocked_at = ${block === null ? tx`null` : tx`now()`}, blocked_reason = ${block?.reason ?? null},
			blocked_by = ${block?.by ?? null}, updated_at = now()
		where id = ${id}`
}
