import { randomInt, randomUUID } from 'node:crypto'
import type { Client } from './client.ts'
import { eventually } from './eventually.ts'
import type { ReachedShop } from './shop.ts'

/** Somebody who is signed in. */
export type Person = Client & {
	readonly id: number
	readonly name: string
	readonly phone: string
	readonly email: string
	readonly token: string
}

/** A Russian mobile number that nobody has yet, for all that chance can say. */
export const newPhone = (): string => `+79${randomInt(100_000_000, 999_999_999)}`

/** The code that the last SMS to this phone told. */
export async function codeSentTo(shop: ReachedShop, phone: string): Promise<string> {
	return eventually(async () => {
		const sent = (await shop.topics.read('loginCodes')).filter(({ value }) => value.recipient.phone === phone)
		const code: unknown = sent.at(-1)?.value.data.code
		if (typeof code !== 'string') throw new Error(`no code for ${phone} yet`)
		return code
	})
}

/** Registers somebody the way everybody does: name, phone and email, and the code out of the SMS. */
export async function registerPerson(shop: ReachedShop, given: { name?: string; locale?: 'ru' | 'en' } = {}): Promise<Person> {
	const { name = 'Анна', locale = 'ru' } = given
	const phone = newPhone()
	const email = `${randomUUID().slice(0, 8)}@example.com`
	const asked = await shop.guest.post('/users', { body: { name, phone, email, consent: true, locale } })
	if (asked.status !== 202) throw new Error(`POST /users: ${asked.status} ${JSON.stringify(asked.body)}`)
	const code = await codeSentTo(shop, phone)
	const opened = await shop.guest.post('/sessions', { body: { phone, code } })
	if (opened.status !== 201) throw new Error(`POST /sessions: ${opened.status} ${JSON.stringify(opened.body)}`)
	const { token, user } = opened.body
	return { ...shop.guest.as(token), id: user.id, name, phone, email, token }
}

/** More at once than this would wait so long on a busy machine that some are told to come again later. */
const REGISTERED_AT_ONCE = 5

/** Registers so many people, a few at a time. */
export async function registerPeople(shop: ReachedShop, count: number): Promise<Person[]> {
	const people: Person[] = []
	while (people.length < count) {
		const group = Math.min(REGISTERED_AT_ONCE, count - people.length)
		people.push(...(await Promise.all(Array.from({ length: group }, () => registerPerson(shop)))))
	}
	return people
}

/** A product as the inventory service tells of it; every field may be given. */
export const productMessage = (given: Readonly<Record<string, unknown>> & { id: number }) => ({
	name: `велосипед_${given.id}`,
	description: 'Горный велосипед',
	cost: 500,
	tax: 50,
	version: 1,
	measurements: { weight: 12_000, height: 1_000, width: 500, length: 1_800 },
	...given,
})

/** Has the inventory service tell of products, and waits until guests see all of them. */
export async function putProducts(
	shop: ReachedShop,
	...products: (Readonly<Record<string, unknown>> & { id: number })[]
): Promise<void> {
	const messages = products.map(productMessage)
	await shop.topics.publish('products', ...messages.map((value) => ({ value })))
	await eventually(async () => {
		const [row] = await shop.sql<[{ seen: number }]>`
			select count(*) as seen from json_to_recordset(${shop.sql.typed.json(messages)}) as sent (id bigint, version bigint)
			cross join lateral (select from products where id = sent.id and version >= sent.version limit 1) as product`
		if (row.seen < messages.length) throw new Error(`${row.seen} of ${messages.length} products have arrived`)
	})
}

export const COURIER = {
	method: 'courier',
	address: { full_address: 'Москва, Тверская ул., 1, кв. 2', kladr_id: '7700000000000' },
} as const
export const PICKUP = { method: 'pickup', pickup_point_id: 'msk-1' } as const

/** Fills the cart and places an order; returns it as the API answered. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it finds
export async function placeOrder(
	person: Person,
	items: Readonly<Record<number, number>>,
	delivery: object = COURIER,
): Promise<any> {
	for (const [id, quantity] of Object.entries(items)) {
		const put = await person.put(`/cart/items/${id}`, { body: { quantity } })
		if (put.status !== 200) throw new Error(`PUT /cart/items/${id}: ${put.status} ${JSON.stringify(put.body)}`)
	}
	const placed = await person.post('/orders', {
		headers: { 'idempotency-key': randomUUID() },
		body: { phone: person.phone, delivery },
	})
	if (placed.status !== 201) throw new Error(`POST /orders: ${placed.status} ${JSON.stringify(placed.body)}`)
	return placed.body
}
