import type { Cancelled } from '../../platform/lanes.ts'
import type { Locale } from '../../platform/http/problem.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { budgetsOf, isWithin } from './budgets.ts'
import { createHashingTurns } from './hashing-turns.ts'
import { hashCode, hashPhone, newCode, newSalt } from './login-code.ts'
import { type CodeTimes, dropOtherWish, insertSend, lockBudgets, putLoginCode, readUsage } from './login-code-queries.ts'
import { loginCodeSms } from './messages.ts'
import type { Phone } from './phone.ts'
import type { Registration } from './queries.ts'

type CodeRequest = {
	readonly phone: Phone
	/** Who asks, as `addressBucket` names them. */
	readonly address: string
	readonly locale: Locale
	/** What is to be registered when the code comes back; null for a plain sign-in. */
	readonly registration: Registration | null
}

/**
 * Sends a code to a phone if the budgets allow it, and answers the same if they don't: with the times of a code that was sent
 * now. Whether somebody is registered with the phone is not even looked up. A code that was sent before stays good, but registers
 * nobody by itself any more when something else is asked for by now.
 */
export type RequestCode = (request: CodeRequest, cancelled?: Cancelled) => Promise<CodeTimes>

export const createCodeRequests = (service: Service): RequestCode =>
	createHashingTurns<CodeRequest, CodeTimes>(service, {
		name: 'login codes',
		phoneOf: ({ phone }) => phone.number,
		work: (request) => sendCode(service, request),
	})

async function sendCode(service: Service, { phone, address, locale, registration }: CodeRequest): Promise<CodeTimes> {
	const { sql, secret, config, topicNames, signals } = service
	const send = { phoneHash: hashPhone(secret, phone.number), address, prefix: phone.prefix }
	const budgets = budgetsOf(config)
	// Without the lock first, so that a flood neither hashes nor waits for it.
	const early = await readUsage(sql, send)
	if (!isWithin(early, budgets)) {
		await dropOtherWish(sql, send.phoneHash, registration)
		return early
	}
	const code = newCode()
	const salt = newSalt()
	const codeHash = await hashCode(secret, { phone: phone.number, code, salt })
	const sms = loginCodeSms({ phone: phone.number, locale }, code, config.SHOP_DOMAIN)
	const key = send.phoneHash.toString('hex')
	const times = await sql.begin(async (tx) => {
		const [, exact] = await Promise.all([lockBudgets(tx), readUsage(tx, send)])
		if (!isWithin(exact, budgets)) {
			await dropOtherWish(tx, send.phoneHash, registration)
			return exact
		}
		await Promise.all([
			insertSend(tx, send, exact.sent_at),
			putLoginCode(tx, { phoneHash: send.phoneHash, codeHash, salt, registration, expiresAt: exact.expires_at }),
			appendEvents(tx, [{ topic: topicNames.loginCodes, key, type: 'login_code.requested', value: sms }]),
		])
		return exact
	})
	signals.announce('outbox')
	return times
}
