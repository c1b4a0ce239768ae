import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Ask } from '../support/book.ts'
import { eventually } from '../support/eventually.ts'
import { newPhone } from '../support/people.ts'
import type { FollowedTopics } from '../support/reach-shop.ts'

/** A phone is sent one code a minute; and a little later, so that clocks need not agree. */
const NEXT_CODE_AFTER_MS = 65_000

/** The phones of all people: each code that goes out by SMS from now on. */
export type Phones = {
	/** Waits for the next code, and forgets it. */
	codeSentTo(phone: string): Promise<string>
	close(): Promise<void>
}

export function openPhones({ service: { topics, topicNames } }: FollowedTopics): Phones {
	const codes = new Map<string, string>()
	const stop = new AbortController()
	const follow = async () => {
		for await (const { value } of topics.read(topicNames.loginCodes, {
			fromBeginning: false,
			follow: true,
			signal: stop.signal,
		})) {
			const sent: { recipient: { phone: string }; data: { code: string } } = JSON.parse(value?.toString() ?? '')
			codes.set(sent.recipient.phone, sent.data.code)
		}
	}
	const following = follow()
	return {
		codeSentTo: (phone) =>
			eventually(async () => {
				const code = codes.get(phone) ?? assert.fail(`no code for ${phone} yet`)
				codes.delete(phone)
				return code
			}),
		async close() {
			stop.abort()
			await following
		},
	}
}

/** People who register, come back once to sign in again, and sign out. */
export function visitorsOf(phones: Phones, guest: Ask, as: (token: string) => Ask) {
	const registered: { readonly phone: string; readonly at: number }[] = []

	async function signIn(phone: string): Promise<Ask> {
		const code = await phones.codeSentTo(phone)
		const { status, body, text } = await guest('POST', '/sessions', { body: { phone, code } })
		assert.equal(status, 201, text)
		return as(body.token)
	}

	async function register(): Promise<void> {
		const phone = newPhone()
		const email = `${randomUUID().slice(0, 8)}@example.com`
		const { status, text } = await guest('POST', '/users', { body: { name: 'Борис', phone, email, consent: true } })
		assert.equal(status, 202, text)
		await signIn(phone)
		registered.push({ phone, at: performance.now() })
	}

	async function comeBack(): Promise<void> {
		const [first] = registered
		if (first === undefined || performance.now() - first.at < NEXT_CODE_AFTER_MS) return
		registered.shift()
		const { status, text } = await guest('POST', '/login-codes', { body: { phone: first.phone } })
		assert.equal(status, 202, text)
		const own = await signIn(first.phone)
		assert.equal((await own('GET', '/me')).status, 200)
		assert.equal((await own('DELETE', '/sessions/current')).status, 204)
	}

	return { register, comeBack }
}
