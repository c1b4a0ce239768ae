import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { atEnd } from '../support/at-end.ts'
import { watch } from '../support/event-stream.ts'
import { eventually } from '../support/eventually.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startProcess } from '../support/process.ts'
import { startProxy } from '../support/proxy.ts'
import { type Replicated, type Server, startReplicated } from '../support/replicated.ts'
import { startTestShop } from '../support/shop.ts'
import { moveOrder, signInStaff } from '../support/staff.ts'

/** Transactions that only the lost primary had: far more than the test makes afterwards. */
const AHEAD = 20_000
/** In it changes are looked for several times, of either kind. */
const LOOKS_MS = 1_500
const LOOK_PAUSE_MS = 50
/** A change is seen within a second; a busy machine tells of it later. */
const SEEN_WITHIN_MS = 5_000

let servers: Replicated
let standby: Server

before(async () => {
	servers = await startReplicated(1)
	standby = await servers.furthest()
})

test('A start on a standby is refused, and the message says what to do', async () => {
	const service = startProcess({ DATABASE_URL: standby.url, PORT: '0', LOG_LEVEL: 'silent' })
	assert.equal(await service.ended, 1)
	assert.match(service.output(), /it is a standby, which can only be read: .*DATABASE_URL.*the primary/)
	assert.doesNotMatch(service.output(), /\n\s+at /)
})

suite('A primary that is lost with the newest of its transactions, and replaced before anybody looks', () => {
	test('leaves nothing behind that hides what changes on its successor: guests see it, and whoever follows an order', async () => {
		const primary = servers.primary()
		const address = await startProxy(primary.url)
		const shop = await startTestShop({ DATABASE_URL: address.url })
		const anna = await registerPerson(shop)
		const operator = await signInStaff(shop, 'operator')
		await putProducts(shop, { id: 1 })
		const { id } = await placeOrder(anna, { 1: 1 })
		const watcher = watch(`${shop.url}/v1/orders/${id}/events`, { token: anna.token })
		await watcher.wait(1)
		const price = async () => (await shop.guest.get('/products/1')).body.price
		assert.equal(await price(), 500)

		await part(primary, standby)
		// Numbers are given away, and nothing is kept: what was acknowledged is on both.
		await primary.sql.unsafe(`do $$ begin for n in 1..${AHEAD} loop perform pg_current_xact_id(); commit; end loop; end $$`)
		// While guests look, it is asked all the time whether anything has changed.
		let over = false
		const looking = (async () => {
			for (; !over; await sleep(LOOK_PAUSE_MS)) await price()
		})()
		atEnd(async () => {
			over = true
			await looking
		})
		await sleep(LOOKS_MS)
		await servers.promote(standby)
		// Others of the service's processes are there first.
		const other = await startTestShop({ DATABASE_URL: standby.url })
		await putProducts(other, { id: 1, version: 2, cost: 7 })
		await moveOrder({ ...operator, ...other.guest.as(operator.token) }, id, 'assembling')
		assert.deepEqual([await price(), watcher.told.length], [500, 1], 'nobody here knows of it')
		address.leadTo(standby.url)
		address.cut()
		address.heal()

		await eventually(async () => assert.equal(await price(), 7), SEEN_WITHIN_MS)
		await eventually(async () => assert.equal(watcher.told.at(-1)?.data.status, 'assembling'), SEEN_WITHIN_MS)
	})
})

/** Has each of the two go on without the other. */
async function part(primary: Server, standby: Server): Promise<void> {
	for (const { sql } of [primary, standby]) {
		await sql.unsafe("alter system set synchronous_standby_names = ''")
		await sql.unsafe("alter system set primary_conninfo = ''")
		await sql`select pg_reload_conf()`
	}
	await eventually(async () => assert.equal((await primary.sql`select from pg_stat_replication`).count, 0))
}
