import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { before, suite, test } from 'node:test'
import type { Answer, Client } from '../support/client.ts'
import { insistently } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { codeSentTo, COURIER, newPhone, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

/**
 * What is done in several statements loses its connection at each of them: while it waits for a table that nobody may read, or
 * that nobody may write. Should one of the others fail without anybody hearing of it, that would end the service; here it fails
 * the file.
 */
const LOCKS = ['access exclusive', 'share row exclusive'] as const
const LOOK_EVERY_MS = 2

let shop: TestShop
let tables: string[]
let anna: Person
let owner: StaffMember
let inventory: Client
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 }, { id: 2 })
	anna = await registerPerson(shop)
	owner = await signInStaff(shop, 'owner')
	inventory = await serviceWithKey(shop, 'orders:status')
	const rows = await shop.sql<{ name: string }[]>`
		select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition`
	tables = rows.map(({ name }) => name)
})

/** Asks while the table is held, and ends each connection that has to wait for it; the answer. */
function askBesideLock(ask: () => Promise<Answer>, table: string, lock: (typeof LOCKS)[number]): Promise<Answer> {
	return shop.sql.begin(async (tx) => {
		await tx`lock table ${tx(table)} in ${tx.unsafe(lock)} mode`
		let over = false
		const endWaiting = async () => {
			while (!over) {
				// In this database: those of other test files are copies, in which a table has the same number.
				await tx`
					select pg_terminate_backend(pid) from pg_locks join pg_database on pg_database.oid = database
					where datname = current_database() and relation = ${table}::regclass and not granted`
				await sleep(LOOK_EVERY_MS)
			}
		}
		const [answer] = await Promise.all([ask().finally(() => (over = true)), endWaiting()])
		return answer
	})
}

/** Something that is done to somebody or something new each time; in it at least so many statements can be kept waiting. */
type Deed = { readonly what: string; readonly waits: number; readonly prepare: () => Promise<() => Promise<Answer>> }

const withKey = (body: object) => ({ headers: { 'idempotency-key': randomUUID() }, body })

const deeds: readonly Deed[] = [
	{
		what: 'A product that is put into the cart',
		waits: 5,
		prepare: async () => {
			const quantity = randomInt(1, 999)
			return () => anna.put('/cart/items/2', { body: { quantity } })
		},
	},
	{
		what: 'An order that is placed',
		waits: 15,
		prepare: async () => {
			await anna.put('/cart/items/1', { body: { quantity: 1 } })
			const order = withKey({ phone: anna.phone, delivery: COURIER })
			return () => anna.post('/orders', order)
		},
	},
	{
		what: 'An order that its customer cancels',
		waits: 15,
		prepare: async () => {
			const { id } = await placeOrder(anna, { 1: 1 })
			return () => anna.post(`/orders/${id}/cancel`, { body: { reason: 'too late' } })
		},
	},
	{
		what: 'A status that another service sets',
		waits: 15,
		prepare: async () => {
			const { id } = await placeOrder(anna, { 1: 1 })
			const body = { event_id: randomUUID(), status: 'assembling' }
			return () => inventory.post(`/orders/${id}/status`, { body })
		},
	},
	{
		what: 'A status that staff set',
		waits: 15,
		prepare: async () => {
			const { id } = await placeOrder(anna, { 1: 1 })
			return async () => {
				const seen = await owner.get(`/admin/orders/${id}`)
				if (seen.status !== 200) return seen
				const headers = { 'if-match': seen.headers.get('etag') ?? '' }
				return owner.patch(`/admin/orders/${id}/status`, { headers, body: { status: 'assembling' } })
			}
		},
	},
	{
		what: 'A code that is asked for',
		waits: 5,
		prepare: async () => {
			const person = { name: 'Анна', phone: newPhone(), email: 'anna@example.com', consent: true }
			return () => shop.guest.post('/users', { body: person })
		},
	},
	{
		what: 'A session that is opened',
		waits: 9,
		prepare: async () => {
			const phone = newPhone()
			await shop.guest.post('/users', { body: { name: 'Анна', phone, email: 'anna@example.com', consent: true } })
			const code = await codeSentTo(shop, phone)
			return () => shop.guest.post('/sessions', { body: { phone, code } })
		},
	},
	{
		what: 'A customer who is blocked',
		waits: 9,
		prepare: async () => {
			const { id } = await registerPerson(shop)
			return () => owner.post(`/admin/users/${id}/block`, { body: { reason: 'fraud' } })
		},
	},
	{
		what: 'A customer who erases themselves',
		waits: 15,
		prepare: async () => {
			const person = await registerPerson(shop)
			return () => person.delete('/me')
		},
	},
	{
		what: 'A member of the staff who gets new credentials',
		waits: 9,
		prepare: async () => {
			const { id } = await signInStaff(shop, 'viewer')
			return () => owner.post(`/admin/staff/${id}/reset`)
		},
	},
]

for (const { what, waits, prepare } of deeds) {
	suite(`${what}, when the connection is lost meanwhile`, () => {
		test('is answered with 503, wherever that is, and done when asked for again', async () => {
			const waited: string[] = []
			for (const lock of LOCKS) {
				for (const table of waited.length === 0 ? tables : [...new Set(waited.map((one) => one.split(' ')[0] ?? ''))]) {
					const ask = await prepare()
					const answer = await askBesideLock(ask, table, lock)
					if (answer.status === 503) waited.push(`${table} ${lock}`)
					const { status, text } = answer.status === 503 ? await insistently(ask) : answer
					assert.ok(status < 300, `${table} ${lock}: ${answer.status}, then ${status} ${text}`)
				}
			}
			assert.ok(waited.length >= waits, `it waited only for ${waited.join(', ')}`)
			await assertInvariants(shop)
		})
	})
}
