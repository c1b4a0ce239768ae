import { randomInt } from 'node:crypto'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { LoginCodeSms } from '../../events/notifications.ts'
import { jsonIn } from '../json.ts'
import type { Stage } from './play.ts'
import type { ShopClient } from '../shop-client.ts'

/** Somebody who is signed in. */
export type Customer = { readonly name: string; readonly phone: string; readonly shop: ShopClient }

/** So few because one address may ask for 30 codes an hour, and the demo can be run again. */
const PEOPLE = [
	{ name: 'Анна Соколова', mailbox: 'anna', locale: 'ru' },
	{ name: 'Борис Кузнецов', mailbox: 'boris', locale: 'ru' },
	{ name: 'Kate Miller', mailbox: 'kate', locale: 'en' },
] as const

const CODES_WAIT_MS = 10_000
const Asked = Type.Object({ phone: Type.String() })
const Opened = Type.Object({ token: Type.String() })

/** Registers people as everybody does: name, phone and email go in, and the code that comes by SMS. */
export async function registerCustomers(stage: Stage): Promise<Customer[]> {
	const { shop, terminal } = stage
	// New phones each time: nobody is sent more than a code a minute.
	const people = PEOPLE.map((person) => ({ ...person, phone: `+7900${randomInt(1_000_000, 10_000_000)}` }))
	for (const { name, phone, mailbox, locale } of people) {
		const body = { name, phone, email: `${mailbox}@example.com`, consent: true, locale }
		await shop.call('POST /v1/users', { answer: Asked, body })
	}
	const codes = await codesSentTo(stage, new Set(people.map(({ phone }) => phone)))
	if (codes.size === 0) {
		throw new Error(
			'No SMS with a sign-in code came: does a worker run? One address is sent 30 an hour ' +
				'(LOGIN_CODES_PER_ADDRESS_PER_HOUR of the service): after many demos, wait an hour.',
		)
	}
	const customers = []
	for (const { name, phone } of people) {
		const code = codes.get(phone)
		if (code === undefined) {
			terminal.say(`${name} is sent no code any more: the shop has sent as many as it may for now.`)
			continue
		}
		const { token } = await shop.call('POST /v1/sessions', { answer: Opened, body: { phone, code } })
		terminal.say(`${name} registers with the phone ${phone} and the code of the SMS.`)
		customers.push({ name, phone, shop: shop.as(token) })
	}
	return customers
}

/** Reads the SMS on their topic until each phone has its code, or none comes any more. */
async function codesSentTo({ topics, topicNames, terminal }: Stage, phones: ReadonlySet<string>): Promise<Map<string, string>> {
	const codes = new Map<string, string>()
	const signal = AbortSignal.any([terminal.interrupted, AbortSignal.timeout(CODES_WAIT_MS)])
	for await (const { value } of topics.read(topicNames.loginCodes, { fromBeginning: true, follow: true, signal })) {
		const sms = value === null ? undefined : jsonIn(value)
		if (Value.Check(LoginCodeSms, sms) && phones.has(sms.recipient.phone)) codes.set(sms.recipient.phone, sms.data.code)
		if (codes.size === phones.size) break
	}
	terminal.interrupted.throwIfAborted()
	return codes
}
