import type { Tx } from '../../platform/db/database.ts'
import { httpProblem, type Problem } from '../../platform/http/problem.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import { deleteWaiting } from '../../platform/outbox/waiting.ts'
import type { Service } from '../service.ts'
import { appendAudit, forgetReasons } from '../staff/index.ts'
import { lockCustomer } from './admin-queries.ts'
import { type CustomerToErase, eraseProfile, readCustomerToErase } from './erasure-queries.ts'
import { hashPhone } from './login-code.ts'
import { deleteLoginCode } from './login-code-queries.ts'
import type { ErasedPerson, PersonalData } from './personal-data.ts'
import { customerProblem } from './problems.ts'
import { deleteSessions } from './queries.ts'
import { userErased } from './require-customer.ts'
import { userEvent } from './user-events.ts'

export type Erasure = {
	readonly id: number
	/** The customer's phone as whoever asks knows it, E.164. */
	readonly phone: string
	/** The member of the staff who does it, and why; null: the customer. */
	readonly by: { readonly staffId: number; readonly reason: string } | null
}

/**
 * Erases a person: in one transaction whatever tells of them is removed from every table, their sessions end, and `user.erased`
 * is told. Orders, their sums and the reports stay, of a customer whom nobody knows any more; the phone may register again. See
 * docs/adr/0042.
 *
 * Throws what a part refuses (`orders_under_way`), for the staff `user_not_found`, `user_erased`, `confirmation_wrong`, and for
 * the customer `unauthenticated` where the session has ended since.
 */
export async function eraseCustomer(service: Service, parts: readonly PersonalData[], erasure: Erasure): Promise<void> {
	const { sql, signals } = service
	// Asked without a lock first: what is refused leaves nothing prepared.
	const person = requireErasable(await readCustomerToErase(sql, erasure.id), erasure)
	for (const { prepare } of parts) await prepare?.(sql, erasure.id)
	await sql.begin((tx) => erase(tx, service, { parts, erasure, person }))
	signals.announce('outbox')
}

/** The customer that is meant; else throws why not. */
function requireErasable(customer: CustomerToErase | undefined, { phone, by }: Erasure): CustomerToErase {
	// The customer's session ends with each of these.
	const refuse = (problem: Problem) => (by === null ? httpProblem('unauthenticated') : problem)
	if (customer === undefined) throw refuse(customerProblem('user_not_found'))
	if (customer.erased_at !== null) throw refuse(userErased(customer.erased_at))
	if (customer.phone !== phone) throw refuse(customerProblem('confirmation_wrong'))
	return customer
}

type Erasing = { readonly parts: readonly PersonalData[]; readonly erasure: Erasure; readonly person: ErasedPerson }

async function erase(tx: Tx, { secret, topicNames }: Service, { parts, erasure, person }: Erasing): Promise<void> {
	const { id, phone, by } = erasure
	const phoneHash = hashPhone(secret, phone)
	// The code before the customer, as a sign-in takes them.
	await deleteLoginCode(tx, phoneHash)
	// One after the other: each takes its locks in its turn.
	for (const part of parts) await part.erase(tx, person)
	const customer = requireErasable(await lockCustomer(tx, id), erasure)
	await Promise.all([
		deleteWaiting(tx, { topic: topicNames.notifications, keys: [String(id)] }),
		deleteWaiting(tx, { topic: topicNames.loginCodes, keys: [phoneHash.toString('hex')] }),
		deleteSessions(tx, id),
		eraseProfile(tx, id),
		appendEvents(tx, [userEvent(topicNames.users, 'user.erased', customer)]),
		forgetReasons(tx, 'user', [id]),
	])
	if (by === null) return
	const { staffId, reason } = by
	await appendAudit(tx, [{ staffId, action: 'user_erased', subject: { type: 'user', id }, details: { reason } }])
}
