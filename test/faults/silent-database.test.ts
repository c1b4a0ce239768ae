import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../support/client.ts'
import { assertInvariants } from '../support/invariants.ts'
import { eventually } from '../support/eventually.ts'
import { COURIER, type Person, putProducts, registerPerson } from '../support/people.ts'
import { type ProxiedShop, startProxiedShop } from '../support/proxy.ts'

const SILENCE_MS = 20_000
/** Each way. */
const SLOW_MS = 100
/** A request's own deadline, and the time in which a busy machine tells of it. */
const ANSWERED_WITHIN_MS = 6_000
/** A machine that is known to be silent. */
const TOLD_WITHIN_MS = 1_000
/** A new connection that is waited for when the database is back, and what a busy machine needs. */
const BACK_WITHIN_MS = 4_000
const PEOPLE = 40

let shop: ProxiedShop
let people: Person[]
before(async () => {
	shop = await startProxiedShop()
	await putProducts(shop.shop, { id: 1 }, { id: 2 })
	people = []
	while (people.length < PEOPLE) people.push(await registerPerson(shop.shop))
})

type Seen = { readonly at: number; readonly ms: number; readonly answer: Answer }

/** Somebody who fills the cart and orders, again and again with the same key until it is answered for good, while `until` is not over. */
async function buy(person: Person, seen: Seen[], until: () => boolean): Promise<void> {
	const ask = async (request: () => Promise<Answer>): Promise<Answer> => {
		for (;;) {
			const at = performance.now()
			const answer = await request()
			seen.push({ at, ms: performance.now() - at, answer })
			if (answer.status !== 503 || until()) return answer
			await sleep(100)
		}
	}
	while (!until()) {
		const quantity = 1 + Math.floor(Math.random() * 9)
		const filled = await ask(() => person.put('/cart/items/1', { body: { quantity } }))
		if (until()) return
		assert.equal(filled.status, 200)
		const order = { headers: { 'idempotency-key': randomUUID() }, body: { phone: person.phone, delivery: COURIER } }
		const placed = await ask(() => person.post('/orders', order))
		if (!until()) assert.equal(placed.status, 201, placed.text)
	}
}

test('Who listens for signals does so again when a database that was silent, and then gone, is back', async () => {
	const listeners = () => shop.database.sql`
		select from pg_stat_activity where datname = current_database() and query like 'listen %'`
	await eventually(async () => assert.equal((await listeners()).count, 1))
	shop.proxy.cut('silence')
	const asked = await Promise.all(people.map((person) => person.get('/cart')))
	assert.deepEqual([...new Set(asked.map(({ status }) => status))], [503])
	shop.proxy.cut('reset')
	for (let time = 1; time <= 20; time++) {
		await people[0]?.get('/cart')
		await sleep(50)
	}
	shop.proxy.heal()
	// The old one is the server's until it finds out.
	await shop.database.sql`
		select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and query like 'listen %' and backend_start < now() - interval '5 seconds'`
	await eventually(async () => assert.equal((await people[0]?.get('/cart'))?.status, 200))
	await eventually(async () => assert.equal((await listeners()).count, 1))
})

suite('A database that is slow, and then silent for twenty seconds', () => {
	test('is told of in time, and used again as soon as it answers: nothing is lost or doubled', async () => {
		const seen: Seen[] = []
		let over = false
		const buying = people.map((person) => buy(person, seen, () => over))
		await sleep(1_000)
		shop.proxy.delay(SLOW_MS)
		await sleep(3_000)
		const silentAt = performance.now()
		shop.proxy.cut('silence')
		await sleep(SILENCE_MS)
		shop.proxy.delay(0)
		const healedAt = performance.now()
		shop.proxy.heal()
		await sleep(BACK_WITHIN_MS + 3_000)
		over = true
		await Promise.all(buying)

		const slow = seen.filter(({ at, ms }) => at + ms < silentAt)
		assert.ok(slow.length > PEOPLE)
		assert.ok(slow.every(({ answer }) => answer.status < 300))
		const longest = Math.max(...seen.map(({ ms }) => ms))
		assert.ok(longest < ANSWERED_WITHIN_MS, `one took ${longest} ms`)
		const refused = seen.filter(({ answer }) => answer.status === 503)
		assert.ok(refused.length > PEOPLE)
		// Once that is known nobody waits.
		const atOnce = refused.filter(({ ms }) => ms < TOLD_WITHIN_MS).length
		assert.ok(refused.length - atOnce <= 2 * PEOPLE, `${atOnce} of ${refused.length} were told at once`)
		const lastRefusal = Math.max(...refused.map(({ at, ms }) => at + ms)) - healedAt
		assert.ok(lastRefusal < BACK_WITHIN_MS, `the last was refused ${lastRefusal} ms after the database was back`)
		await assertInvariants({ ...shop.shop, sql: shop.database.sql })
	})
})
