import { timingSafeEqual } from 'node:crypto'
import type { Tx } from '../../platform/db/database.ts'
import { isUniqueViolation } from '../../platform/db/errors.ts'
import { hashToken, newToken } from '../../platform/http/credentials.ts'
import { httpProblem, Problem } from '../../platform/http/problem.ts'
import type { Cancelled } from '../../platform/lanes.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import type { Customer } from './customer.ts'
import { createHashingTurns } from './hashing-turns.ts'
import { hashCode, hashPhone, newSalt } from './login-code.ts'
import { type BroughtCode, deleteLoginCode, forgiveCodeTry, forgiveTry, lockLoginCode, takeTry } from './login-code-queries.ts'
import { greetingSms } from './messages.ts'
import { customerProblem } from './problems.ts'
import { insertCustomer, insertSession, lockCustomerByPhone, type NewCustomer, type Registration } from './queries.ts'
import { userEvent } from './user-events.ts'

type SignInAttempt = {
	/** E.164. */
	readonly phone: string
	readonly code: string
	/** What the account is made from where there is none; null: from what was asked for along with the code. */
	readonly registration: Registration | null
	/** What the browser or program calls itself, for the list of sessions. */
	readonly userAgent: string | null
}

type OpenedSession = {
	readonly token: string
	readonly expiresAt: Date
	readonly newUser: boolean
	readonly customer: Customer
}

/**
 * Opens a session for whoever brings the code that went to the phone, and makes the account when it is asked for now, or was
 * along with the code. Throws `code_wrong`, `too_many_requests` (the phone's tries of the day are used up; the same for every
 * phone, known or not), `user_blocked`, or `registration_required`: then the code stays good, to come again with a registration.
 */
export type SignIn = (attempt: SignInAttempt, cancelled?: Cancelled) => Promise<OpenedSession>

export const createSignIn = (service: Service): SignIn =>
	createHashingTurns<SignInAttempt, OpenedSession>(service, {
		name: 'sign-in',
		phoneOf: ({ phone }) => phone,
		work: (attempt) => signIn(service, attempt),
	})

async function signIn(service: Service, attempt: SignInAttempt): Promise<OpenedSession> {
	const { sql, secret, signals } = service
	const { phone, code } = attempt
	const phoneHash = hashPhone(secret, phone)
	const { failure_id: failureId, ...taken } = await sql.begin((tx) => takeTry(tx, phoneHash))
	if (failureId === null)
		throw httpProblem('too_many_requests', {}, { 'retry-after': String(Math.max(1, taken.retry_after_s ?? 1)) })
	// Where there is no code a hash is made all the same: the time tells nothing.
	const codeHash = await hashCode(secret, { phone, code, salt: taken.salt ?? newSalt() })
	if (taken.code_hash === null || !timingSafeEqual(codeHash, taken.code_hash)) throw customerProblem('code_wrong')
	const open = () => sql.begin((tx) => openSession(tx, service, { attempt, phoneHash, codeHash, failureId }))
	const outcome = await open().catch((error: unknown) => {
		// The staff gave the phone to an account while this one was made: nothing of it is kept, and now that one is found.
		if (isUniqueViolation(error, 'customers_phone_key')) return open()
		throw error
	})
	// A refusal is returned, not thrown: what became of the code and its try is kept all the same.
	if (outcome instanceof Problem) throw outcome
	if (outcome.newUser) signals.announce('outbox')
	return outcome
}

type RightCode = {
	readonly attempt: SignInAttempt
	readonly phoneHash: Buffer
	readonly codeHash: Buffer
	readonly failureId: number
}

async function openSession(tx: Tx, service: Service, right: RightCode): Promise<OpenedSession | Problem> {
	const { attempt, phoneHash, codeHash } = right
	const { phone, userAgent } = attempt
	const asked = await lockLoginCode(tx, phoneHash, codeHash)
	if (asked === undefined) return customerProblem('code_wrong')
	const [known] = await Promise.all([lockCustomerByPhone(tx, phone), forgiveTry(tx, right.failureId)])
	const newcomer = newcomerOf(attempt, asked)
	const customer = known ?? (newcomer && (await register(tx, service, newcomer)))
	if (customer === null) {
		await forgiveCodeTry(tx, phoneHash, codeHash)
		return customerProblem('registration_required')
	}
	await deleteLoginCode(tx, phoneHash)
	if (known?.blocked) return customerProblem('user_blocked')
	const token = newToken()
	const expiresAt = await insertSession(tx, { customerId: customer.id, tokenHash: hashToken(token), userAgent })
	return { token, expiresAt, newUser: known === undefined, customer }
}

/** Whom to make an account for; null when nobody has asked for one. */
function newcomerOf({ phone, registration }: SignInAttempt, asked: BroughtCode): NewCustomer | null {
	// What comes with the code goes first: who asked for the SMS may have been somebody else, or mistaken.
	if (registration !== null) return { ...registration, phone, consentedAt: asked.brought_at }
	return asked.registration && { ...asked.registration, phone, consentedAt: asked.created_at }
}

/** Makes an account, greets the person and tells the others. */
async function register(tx: Tx, { topicNames }: Service, newcomer: NewCustomer): Promise<Customer> {
	const customer = await insertCustomer(tx, newcomer)
	const key = String(customer.id)
	await appendEvents(tx, [
		{ topic: topicNames.notifications, key, type: 'notification.requested', value: greetingSms(customer) },
		userEvent(topicNames.users, 'user.registered', { ...customer, at: customer.createdAt }),
	])
	return customer
}
