import type { Tx } from '../../platform/db/database.ts'
import { type LockedCustomer, lockCustomer } from './admin-queries.ts'
import { customerProblem } from './problems.ts'

/** Locks a customer until the transaction ends; throws `user_not_found` or `user_erased`. */
export async function requireCustomer(tx: Tx, id: number): Promise<LockedCustomer> {
	const customer = await lockCustomer(tx, id)
	if (customer === undefined) throw customerProblem('user_not_found')
	if (customer.erased_at !== null) throw userErased(customer.erased_at)
	return customer
}

export const userErased = (at: Date) => customerProblem('user_erased', { erased_at: at.toISOString() })
