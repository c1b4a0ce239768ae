import type { Sql, Tx } from '../../platform/db/database.ts'
import { type CustomerRecord, type LockedCustomer, lockCustomer, readCustomerRecord } from './admin-queries.ts'
import { customerProblem } from './problems.ts'

/** Locks a customer until the transaction ends; throws `user_not_found` or `user_erased`. */
export const requireCustomer = async (tx: Tx, id: number): Promise<LockedCustomer> => requireThere(await lockCustomer(tx, id))

/** A customer's record, without a lock; throws the same. */
export async function requireRecord(sql: Sql | Tx, id: number): Promise<Omit<CustomerRecord, 'erased_at'>> {
	const { erased_at: _, ...record } = requireThere(await readCustomerRecord(sql, id))
	return record
}

function requireThere<Customer extends { readonly erased_at: Date | null }>(customer: Customer | undefined): Customer {
	if (customer === undefined) throw customerProblem('user_not_found')
	if (customer.erased_at !== null) throw userErased(customer.erased_at)
	return customer
}

export const userErased = (at: Date) => customerProblem('user_erased', { erased_at: at.toISOString() })
