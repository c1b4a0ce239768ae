import { hashPhone } from '../../src/modules/customers/login-code.ts'
import { eventually } from './eventually.ts'
import type { TestShop } from './shop.ts'

/** The codes that have gone to this phone by SMS, oldest first; none is on its way any more. */
export async function codesSentTo(shop: TestShop, phone: string): Promise<string[]> {
	await eventually(async () => {
		const { count } = await shop.sql`select from outbox limit 1`
		if (count > 0) throw new Error('events wait in the outbox')
	})
	const sent = await shop.topics.read('loginCodes')
	return sent.flatMap(({ value }): string[] => (value.recipient.phone === phone ? [value.data.code] : []))
}

/** As if so much time had gone by (`61 seconds`) for what the shop keeps of a phone: its code, its tries, its SMS. */
export async function letTimePass({ sql, service }: TestShop, phone: string, interval: string): Promise<void> {
	const phoneHash = hashPhone(service.secret, phone)
	await sql`update login_code_sends set sent_at = sent_at - ${interval}::interval where phone_hash = ${phoneHash}`
	await sql`update login_failures set failed_at = failed_at - ${interval}::interval where phone_hash = ${phoneHash}`
	await sql`
		update login_codes set expires_at = expires_at - ${interval}::interval, created_at = created_at - ${interval}::interval
		where phone_hash = ${phoneHash}`
}

/** Asks for a code, however many went to this phone before, and returns it. */
export async function askForCode(shop: TestShop, phone: string): Promise<string> {
	await letTimePass(shop, phone, '1 day')
	const before = (await codesSentTo(shop, phone)).length
	const asked = await shop.guest.post('/login-codes', { body: { phone } })
	if (asked.status !== 202) throw new Error(`POST /login-codes: ${asked.status} ${asked.text}`)
	const [code, ...others] = (await codesSentTo(shop, phone)).slice(before)
	if (code === undefined || others.length > 0) throw new Error(`not one SMS went to ${phone}`)
	return code
}

/** Opens one more session of somebody who has an account; returns its token. */
export async function signInAgain(shop: TestShop, phone: string, headers: Record<string, string> = {}): Promise<string> {
	const opened = await shop.guest.post('/sessions', { body: { phone, code: await askForCode(shop, phone) }, headers })
	if (opened.status !== 201) throw new Error(`POST /sessions: ${opened.status} ${opened.text}`)
	return opened.body.token
}
