import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { before, suite, test } from 'node:test'
import { createChangesCleanUp } from '../../src/platform/db/snapshots.ts'
import { deleteLiveChangesBefore } from '../../src/platform/live/feed-queries.ts'
import type { Answer, Client } from '../support/client.ts'
import { createTestDatabase } from '../support/database.ts'
import { watch } from '../support/event-stream.ts'
import { eventually } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { COURIER, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { restoreElsewhere } from '../support/restored.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'

/** Transactions by which the cluster of the backup is ahead of a new one: far more than a test needs. */
const AHEAD = 20_000
/** Several looks for changes, of either kind. */
const LOOKS_MS = 2_000
/** After the first guest's look it is known what the catalogue is. */
const LOOKED_MS = 500
/** Whoever waits for a table that is locked is told so after 4 s. */
const READ_MS = 2_000

let copy: TestShop
let anna: Person
let operator: StaffMember
const key = randomUUID()
let placed: Answer

/** The shopper who placed it, at one shop or the other. */
const annaAt = ({ guest }: TestShop): Person => ({ ...anna, ...guest.as(anna.token) })

const place = (who: Client) =>
	who.post('/orders', { headers: { 'idempotency-key': key }, body: { phone: anna.phone, delivery: COURIER } })

/** What a customer sees of their own. */
const whatIsShown = (who: Client) => Promise.all(['/me', '/cart', '/orders'].map(async (path) => (await who.get(path)).text))
let shown: string[]

before(async () => {
	const { url, sql } = await createTestDatabase()
	await sql.unsafe(`do $$ begin for n in 1..${AHEAD} loop perform pg_current_xact_id(); commit; end loop; end $$`)
	const shop = await startTestShop({ DATABASE_URL: url })
	operator = await signInStaff(shop, 'operator')
	anna = await registerPerson(shop)
	await putProducts(shop, { id: 1, available: 100 }, { id: 2 })
	await anna.put('/cart/items/1', { body: { quantity: 2 } })
	placed = await place(anna)
	await moveOrder(operator, placed.body.id, 'assembling')
	await anna.put('/cart/items/2', { body: { quantity: 1 } })
	shown = await whatIsShown(anna)
	copy = await startTestShop({ DATABASE_URL: await restoreElsewhere(sql) })
})

suite('A shop that is restored from a backup into a new cluster', () => {
	test('goes on where it was: accounts, sessions, carts, orders, and what was sent out', async () => {
		assert.deepEqual(await whatIsShown(annaAt(copy)), shown)
		await assertInvariants(copy)
	})

	test('answers the key of an order placed before by the same bytes', async () => {
		const again = await place(annaAt(copy))
		assert.deepEqual([again.status, again.text, again.headers.get('idempotency-replayed')], [201, placed.text, 'true'])
	})

	test('tells nobody again what was told before', async () => {
		const watcher = watch(`${copy.url}/v1/admin/events`, { token: operator.token })
		await watcher.waitOpen()
		await sleep(LOOKS_MS)
		assert.deepEqual([watcher.told, watcher.opened()], [[], 1])
		const order = await placeOrder(annaAt(copy), { 1: 1 })
		assert.equal((await watcher.wait(1))[0]?.data.order_id, order.id)
	})

	test('shows guests pages from memory, until something changes', async () => {
		const look = () => copy.guest.get('/products')
		await look()
		await sleep(LOOKED_MS)
		const { text } = await look()
		await copy.sql.begin(async (tx) => {
			await tx`lock table products in access exclusive mode`
			const end = performance.now() + LOOKS_MS
			while (performance.now() < end) {
				const at = performance.now()
				assert.equal((await look()).text, text)
				assert.ok(performance.now() - at < READ_MS, 'nobody waits for the table')
				await sleep(50)
			}
		})
		await putProducts(copy, { id: 1, version: 2, cost: 7 })
		await eventually(async () => assert.equal((await look()).body.data.find(({ id }: { id: number }) => id === 1).price, 7))
	})

	test('forgets word of what was committed before', async () => {
		let now = 0
		const cleanUp = createChangesCleanUp(copy.sql, deleteLiveChangesBefore, () => now)
		const left = async () => (await copy.sql`select from live_changes where xid >= ${String(AHEAD)}::text::xid8`).count
		await cleanUp()
		now += 60_000
		await cleanUp()
		assert.equal(await left(), 0)
	})

	test('sells on, and keeps what must hold', async () => {
		const order = await placeOrder(annaAt(copy), { 1: 1, 2: 1 })
		await moveOrder({ ...operator, ...copy.guest.as(operator.token) }, order.id, 'ready')
		await assertInvariants(copy)
	})
})
