import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../support/eventually.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startProxiedShop } from '../support/proxy.ts'
import { startTestShop } from '../support/shop.ts'
import { signInStaff } from '../support/staff.ts'

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
/** The database waits 10 s for the next statement of a transaction; and what a busy machine needs. */
const HELD_MAX_MS = 14_000

test('Who listens for signals does so again when a database that was silent, and then gone, is back', async () => {
	const { shop, proxy, database } = await startProxiedShop()
	const anna = await registerPerson(shop)
	const listeners = () => database.sql`
		select from pg_stat_activity where datname = current_database() and query like 'listen %'`
	await eventually(async () => assert.equal((await listeners()).count, 1))
	proxy.cut('silence')
	assert.equal((await anna.get('/cart')).status, 503)
	proxy.cut('reset')
	for (let time = 1; time <= 20; time++) {
		await anna.get('/cart')
		await sleep(50)
	}
	proxy.heal()
	// The old one is the server's until it finds out.
	await database.sql`
		select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and query like 'listen %' and backend_start < now() - interval '5 seconds'`
	await eventually(async () => assert.equal((await anna.get('/cart')).status, 200))
	await eventually(async () => assert.equal((await listeners()).count, 1))
})

test('An order that a service held when its network went down is free again soon, for those who are still there', async (t) => {
	const { shop, proxy, database } = await startProxiedShop()
	await putProducts(shop, { id: 1 })
	const { id } = await placeOrder(await registerPerson(shop), { 1: 1 })
	const operator = await signInStaff(shop, 'operator')
	const near = await startTestShop({ ...shop.settings, DATABASE_URL: database.url })
	const wish = { headers: { 'if-match': '"1"' }, body: { status: 'assembling' } }
	const path = `/admin/orders/${id}/status`
	proxy.delay(SLOW_MS)
	const asked = operator.patch(path, wish)
	await eventually(async () =>
		assert.equal((await database.sql`select from orders where id = ${id} for update skip locked`).count, 0),
	)
	proxy.cut('silence')
	const cutAt = performance.now()
	const other = near.guest.as(operator.token)
	const { status, text } = await eventually(async () => {
		const answer = await other.patch(path, wish)
		assert.notEqual(answer.status, 503)
		return answer
	}, HELD_MAX_MS)
	assert.equal(status, 200, text)
	t.diagnostic(`it was held for ${Math.round(performance.now() - cutAt)} ms`)
	assert.equal((await asked).status, 503)
	proxy.heal()
})

suite('A database that is slow, and then silent for twenty seconds', () => {
	test('is told of in time, and used again as soon as it answers: nothing is lost or doubled', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const { shop: proxied, proxy, database } = await startProxiedShop()
		const shop = { ...proxied, sql: database.sql }
		let silentAt = 0
		let healedAt = 0
		const book = await underLoad({ shop, url: shop.url, seed, shoppers: PEOPLE, others: false }, async () => {
			await sleep(1_000)
			proxy.delay(SLOW_MS)
			await sleep(3_000)
			silentAt = performance.now()
			proxy.cut('silence')
			await sleep(SILENCE_MS)
			proxy.delay(0)
			healedAt = performance.now()
			proxy.heal()
			await sleep(BACK_WITHIN_MS + 3_000)
		})
		t.diagnostic(await assertNothingIsLost(shop, book))

		const { seen } = book
		const slow = seen.filter(({ at, ms }) => at + ms < silentAt)
		assert.ok(slow.length > PEOPLE)
		assert.ok(slow.every(({ status }) => status < 500))
		assert.ok(seen.every(({ status }) => status !== 0))
		const longest = Math.max(...seen.map(({ ms }) => ms))
		assert.ok(longest < ANSWERED_WITHIN_MS, `one took ${longest} ms`)
		const refused = seen.filter(({ status }) => status === 503)
		assert.ok(refused.length > PEOPLE)
		// Once that is known nobody waits.
		const atOnce = refused.filter(({ ms }) => ms < TOLD_WITHIN_MS).length
		assert.ok(refused.length - atOnce <= 2 * PEOPLE, `${atOnce} of ${refused.length} were told at once`)
		const lastRefusal = Math.max(...refused.map(({ at, ms }) => at + ms)) - healedAt
		assert.ok(lastRefusal < BACK_WITHIN_MS, `the last was refused ${lastRefusal} ms after the database was back`)
	})
})
