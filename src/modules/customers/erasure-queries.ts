import type { Sql, Tx } from '../../platform/db/database.ts'
import type { LockedCustomer } from './admin-queries.ts'

export type CustomerToErase = Pick<LockedCustomer, 'id' | 'name' | 'phone' | 'locale' | 'erased_at' | 'at'>

/** A customer who is to be erased, also one who was before; undefined when there is none. */
export async function readCustomerToErase(sql: Sql, id: number): Promise<CustomerToErase | undefined> {
	const [row] = await sql<CustomerToErase[]>`
		select id, name, phone, locale, erased_at, clock_timestamp() as at from customers where id = ${id}`
	return row
}

/** What stays is the id, the language, and when the account was made and agreed to. The phone may register again. */
export async function eraseProfile(tx: Tx, id: number): Promise<void> {
	await tx`
		update customers set name = '', email = '', phone = 'erased:' || id::text, blocked_at = null, blocked_by = null,
			blocked_reason = null, erased_at = now(), updated_at = now()
		where id = ${id}`
}
