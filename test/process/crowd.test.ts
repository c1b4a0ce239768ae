import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, headerOf, openConnection, type RequestParts, requestBytes } from '../../bench/load/connection.ts'
import { customerPhone, seedCustomers, seedProducts } from '../../bench/seed.ts'
import { createClient } from '../support/client.ts'
import { hold } from '../support/hold-cart.ts'
import { PICKUP, type Person, registerPerson } from '../support/people.ts'
import { startProcess, urlOf } from '../support/process.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** More than are served and may wait. */
const GUESTS = 1_300
/** So many are served at once. */
const SERVED = 10
/** So many customers wait for each kind of change. */
const WAIT_MAX = 1_000
const FLOOD_MS = 4_000
const CUSTOMER_WITHIN_MS = 1_000
/** Where all places are taken, on a busy machine; the promise is 50 ms. */
const REFUSED_WITHIN_MS = 500
/** Of those who had a place, where a second has not been enough. */
const TOLD_WITHIN_MS = 2_500

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** A shop in this process, to look into the database of the one that is measured. */
let shop: TestShop
let url: string
let anna: Person
before(async () => {
	shop = await startTestShop()
	await seedProducts(shop.sql, 1_000)
	anna = await registerPerson(shop)
	url = await urlOf(startProcess({ ...shop.settings, NODE_ENV: 'development', ROLE: 'api', LOG_LEVEL: 'silent' }))
})

let looks = 0
/** Nobody has looked at it before. */
const freshLook = () => {
	looks++
	return `/v1/products${looks % 2 === 0 ? `?price_min=${looks}` : `/${looks % 1_000}?${looks}`}`
}

type Told = { readonly status: number; readonly ms: number; readonly head: string; readonly text: string }
type Guest = {
	ask(request: RequestParts): Promise<Told>
	/** Sends all but the last byte. */
	begin(request: RequestParts): void
	look(path: string): Promise<Told>
	leave(): void
}

/** Somebody who is connected already. */
async function arrive(): Promise<Guest> {
	let answered = Promise.withResolvers<Answer>()
	const connection = openConnection({
		url: new URL(url),
		onAnswer: (answer) => answered.resolve(answer),
		onFault: (error) => answered.reject(error),
	})
	const guest: Guest = {
		async ask(request) {
			answered = Promise.withResolvers()
			const askedAt = performance.now()
			connection.send(requestBytes(request))
			const { status, head, body } = await answered.promise
			return { status, ms: performance.now() - askedAt, head, text: status === 200 ? '' : body.toString() }
		},
		begin: (request) => connection.send(requestBytes(request).subarray(0, -1)),
		look: (path) => guest.ask({ method: 'GET', path }),
		leave: connection.close,
	}
	await guest.look('/v1/products?limit=1')
	return guest
}

/** Looks at something else as soon as something was shown, and comes again when told to, until the time is over. */
async function keepLooking(guest: Guest, end: number): Promise<Told[]> {
	const told: Told[] = []
	while (performance.now() < end) {
		const one = await guest.look(freshLook())
		told.push(one)
		await sleep(1_000 * Number(headerOf(one.head, 'retry-after') ?? 0))
	}
	guest.leave()
	return told
}

async function arriveAll(): Promise<Guest[]> {
	const guests: Guest[] = []
	while (guests.length < GUESTS) guests.push(...(await Promise.all(Array.from({ length: 100 }, arrive))))
	return guests
}

const refusedOf = (told: readonly Told[]) => told.filter(({ status }) => status === 503)

/** Sees to it that all are shown something or told to come again. */
function assertToldAll(told: readonly Told[]): void {
	for (const { status } of told) assert.ok(status === 200 || status === 503, `${status}`)
	assertRefusals(told)
}

function assertRefusals(told: readonly Told[]): void {
	for (const { head, text } of refusedOf(told)) {
		assert.equal(JSON.parse(text).code, 'overloaded')
		assert.equal(headerOf(head, 'content-type'), PROBLEM_TYPE)
		assert.match(headerOf(head, 'retry-after') ?? '', /^[1-9]/)
	}
}

suite('A crowd of guests who look at what nobody has looked at before', () => {
	test('leaves the shop to its customers', async () => {
		const customer = createClient(url, anna.token)
		const guests = await arriveAll()
		const end = performance.now() + FLOOD_MS
		const crowd = Promise.all(guests.map((guest) => keepLooking(guest, end)))
		for (let quantity = 1; performance.now() < end; quantity++) {
			await sleep(20)
			const began = performance.now()
			const { status, body } = await customer.put('/cart/items/1', { body: { quantity } })
			assert.deepEqual([status, body.items?.[0]?.quantity], [200, quantity])
			assert.ok(performance.now() - began < CUSTOMER_WITHIN_MS, `the cart took ${performance.now() - began} ms`)
		}
		const told = (await crowd).flat()
		assertToldAll(told)
		assert.ok(refusedOf(told).length < told.length, 'nobody was shown anything')
	})

	test('leaves connections to the database while each look takes long, and is told soon to come again', async () => {
		const guests = await arriveAll()
		const products = await hold(shop.sql, (tx) => tx`lock table products in access exclusive mode`)
		const looking = Promise.all(guests.map((guest) => guest.look(freshLook())))
		await sleep(100)
		const began = performance.now()
		const { status, body, headers } = await createClient(url, 'no-session-of-that-name').get('/me')
		assert.deepEqual([status, body.code], [401, 'unauthenticated'])
		assert.equal(headers.get('content-type'), PROBLEM_TYPE)
		assert.ok(performance.now() - began < CUSTOMER_WITHIN_MS, `a session took ${performance.now() - began} ms to look up`)
		await sleep(TOLD_WITHIN_MS)
		await products.release()
		const told = await looking
		for (const guest of guests) guest.leave()
		assertToldAll(told)
		const atOnce = refusedOf(told).filter(({ ms }) => ms < REFUSED_WITHIN_MS).length
		assert.ok(atOnce > 100, `${atOnce} were refused at once`)
		assert.ok(told.filter(({ ms }) => ms < TOLD_WITHIN_MS).length >= GUESTS - SERVED)
	})
})

suite('A crowd of customers, while the database takes no change of a cart', () => {
	let customers: { readonly guest: Guest; readonly token: string; readonly phone: string }[]
	before(async () => {
		const tokens = await seedCustomers(shop.sql, GUESTS)
		const guests = await arriveAll()
		customers = guests.map((guest, index) => ({ guest, token: tokens[index] ?? '', phone: customerPhone(index + 1) }))
	})

	const wishes = {
		'put things into the cart': () => ({ method: 'PUT', path: '/v1/cart/items/1', json: { quantity: 1 } }),
		'take things out of the cart': () => ({ method: 'DELETE', path: '/v1/cart/items/1' }),
		order: (phone: string) => ({
			method: 'POST',
			path: '/v1/orders',
			headers: { 'idempotency-key': phone },
			json: { phone, delivery: PICKUP },
		}),
	} as const
	for (const [name, wish] of Object.entries(wishes)) {
		test(`of whom all want to ${name}, is told soon to come again, and served afterwards`, async () => {
			const carts = await hold(shop.sql, (tx) => tx`lock table carts in access exclusive mode`)
			const wanted = customers.map(({ guest, token, phone }) => {
				const parts: RequestParts = wish(phone)
				return guest.ask({ ...parts, headers: { ...parts.headers, authorization: `Bearer ${token}` } })
			})
			await sleep(REFUSED_WITHIN_MS)
			// Nothing is done for who comes now, not even asked who it is.
			const stranger = await arrive()
			const refusal = await stranger.ask(wish(''))
			assert.equal(refusal.status, 503)
			assertRefusals([refusal])
			await carts.release()
			const told = await Promise.all(wanted)
			assert.equal((await stranger.ask(wish(''))).status, 401)
			stranger.leave()
			assertRefusals(told)
			const atOnce = refusedOf(told).filter(({ ms }) => ms < REFUSED_WITHIN_MS).length
			assert.ok(atOnce > 100, `${atOnce} were refused at once`)
			const served = told.filter(({ status }) => status < 500)
			assert.ok(served.length >= WAIT_MAX, `${served.length} were served`)
			for (const { status } of served) assert.ok([200, 201, 409].includes(status), `${status}`)
		})
	}

	test('holds no place by requests whose end it keeps back', async () => {
		const guests = await arriveAll()
		for (const guest of guests)
			guest.begin({ method: 'PUT', path: '/v1/cart/items/1', headers: { authorization: 'Bearer x' }, json: { quantity: 1 } })
		await sleep(REFUSED_WITHIN_MS)
		assert.equal((await createClient(url, anna.token).put('/cart/items/1', { body: { quantity: 1 } })).status, 200)
		for (const guest of guests) guest.leave()
	})

	test('makes room by going away', async () => {
		const customer = createClient(url, anna.token)
		await customer.put('/cart/items/1', { body: { quantity: 1 } })
		const carts = await hold(shop.sql, (tx) => tx`lock table carts in access exclusive mode`)
		for (const { guest, token, phone } of customers) {
			const parts = wishes.order(phone)
			void guest.ask({ ...parts, headers: { ...parts.headers, authorization: `Bearer ${token}` } })
		}
		await sleep(REFUSED_WITHIN_MS)
		for (const { guest } of customers) guest.leave()
		await sleep(REFUSED_WITHIN_MS)
		const wish = { headers: { 'idempotency-key': 'one' }, body: { phone: customerPhone(1), delivery: PICKUP } }
		const order = customer.post('/orders', wish)
		await sleep(REFUSED_WITHIN_MS)
		await carts.release()
		assert.equal((await order).status, 201)
	})
})
