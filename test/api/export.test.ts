import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { hashPhone } from '../../src/modules/customers/login-code.ts'
import type { Fragment, Sql } from '../../src/platform/db/database.ts'
import { eventually } from '../support/eventually.ts'
import { type Person, PICKUP, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { letTimePass } from '../support/sign-in.ts'

type Owner = { readonly id: number; readonly phoneHash: Buffer }
type Told = {
	/** Which rows are somebody's. */
	readonly ofOwner: (sql: Sql, owner: Owner) => Fragment
	/** Columns that the export leaves out, and why it may. */
	readonly untold: Readonly<Record<string, string>>
}

const byCustomer: Told['ofOwner'] = (sql, { id }) => sql`customer_id = ${id}`
const byPhone: Told['ofOwner'] = (sql, { phoneHash }) => sql`phone_hash = ${phoneHash}`
const byOrder: Told['ofOwner'] = (sql, { id }) => sql`order_id in (select id from orders where customer_id = ${id})`

const COUNTER = 'counts changes, for whoever follows them'
const ORDERS_ID = 'the order’s, in which it stands'
const PHONE_HASH = 'a hash of the phone'

/** The tables of which the export tells. */
const TOLD: Readonly<Record<string, Told>> = {
	customers: {
		ofOwner: (sql, { id }) => sql`id = ${id}`,
		untold: {
			search_text: 'name, email and phone once more',
			version: COUNTER,
			blocked_by: 'who of the staff it was',
			erased_at: 'whoever has one is nobody any more',
		},
	},
	sessions: { ofOwner: byCustomer, untold: { token_hash: 'a hash of what the person’s device has' } },
	login_codes: {
		ofOwner: byPhone,
		untold: {
			phone_hash: PHONE_HASH,
			code_hash: 'keeps a secret',
			salt: 'keeps a secret',
			registration: 'what somebody has typed who may be anybody, with a phone that is not theirs',
		},
	},
	login_failures: { ofOwner: byPhone, untold: { id: 'nobody knows it by that', phone_hash: PHONE_HASH } },
	login_code_sends: { ofOwner: byPhone, untold: { phone_hash: PHONE_HASH, prefix: 'how the phone begins' } },
	carts: { ofOwner: byCustomer, untold: {} },
	orders: { ofOwner: byCustomer, untold: { request_hash: 'a hash of what was ordered' } },
	order_lines: { ofOwner: byOrder, untold: { order_id: ORDERS_ID, position: 'they stand in this order' } },
	order_history: { ofOwner: byOrder, untold: { order_id: ORDERS_ID, seq: COUNTER } },
	order_refusals: { ofOwner: byOrder, untold: { order_id: ORDERS_ID, id: 'nobody knows it by that' } },
	deliveries: { ofOwner: byCustomer, untold: { order_id: ORDERS_ID, erased_at: 'whose it was is nobody any more' } },
	delivery_events: {
		ofOwner: byOrder,
		untold: {
			order_id: ORDERS_ID,
			event_id: 'by which the delivery service knows its message',
			received_at: 'when its message came, not when it happened',
			seq: COUNTER,
		},
	},
}

const MESSAGES =
	'messages to and from other services: what they tell of a person stands in the person’s tables, and they go by age'
const SHOPS = 'the shop’s, and of nobody'
const STAFFS = 'of the staff, and of no customer'

/** The others, and why the export may be silent. */
const UNTOLD: Readonly<Record<string, string>> = {
	audit_log: 'what the staff did and who of them, for managers: they look there by the person',
	order_notes: 'the staff’s words to each other (docs/adr/0042-erasing-a-person.md)',
	order_views: 'what the staff look for',
	customer_changes: COUNTER,
	live_changes: 'what happened just now, for streams that are open',
	...Object.fromEntries(
		['outbox', 'outbox_dead', 'inbox', 'dead_letters', 'topics', 'topic_messages', 'topic_offsets'].map((name) => [
			name,
			MESSAGES,
		]),
	),
	...Object.fromEntries(
		['staff', 'staff_recovery_codes', 'staff_invitations', 'staff_sessions', 'staff_sign_in_failures'].map((name) => [
			name,
			STAFFS,
		]),
	),
	...Object.fromEntries(
		['products', 'product_words', 'catalog_changes', 'api_keys', 'reports', 'secrets'].map((name) => [name, SHOPS]),
	),
	...Object.fromEntries(
		['order_stats_steps', 'order_stats_stays', 'order_stats_now', 'order_stats_pending'].map((name) => [name, SHOPS]),
	),
	...Object.fromEntries(['kysely_migration', 'kysely_migration_lock'].map((name) => [name, SHOPS])),
}

const AS_THE_DATABASE_WRITES_IT = /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/

/** The values in some JSON, whatever they are called, as text; moments as the API tells them. */
function valuesOf(json: unknown): string[] {
	if (json === null || json === undefined) return []
	if (typeof json === 'object') return Object.values(json).flatMap(valuesOf)
	const text = typeof json === 'string' ? json : JSON.stringify(json)
	return [AS_THE_DATABASE_WRITES_IT.test(text) ? new Date(text).toISOString() : text]
}

/** What an export has left out (`table.column: value`), and the columns that it was looked up for. */
async function compare(sql: Sql, owner: Owner, exported: unknown) {
	const told = new Set(valuesOf(exported))
	const missing: string[] = []
	const seen = new Set<string>()
	for (const [table, { ofOwner, untold }] of Object.entries(TOLD)) {
		const rows = await sql<{ row: Record<string, unknown> }[]>`
			select to_jsonb(kept) as row from ${sql(table)} as kept where ${ofOwner(sql, owner)}`
		for (const [column, kept] of rows.flatMap(({ row }) => Object.entries(row))) {
			if (Object.hasOwn(untold, column)) continue
			for (const value of valuesOf(kept)) {
				seen.add(`${table}.${column}`)
				if (!told.has(value)) missing.push(`${table}.${column}: ${value}`)
			}
		}
	}
	return { missing, seen }
}

suite('Whoever asks for everything about them is told of', () => {
	let shop: TestShop
	let manager: StaffMember
	let person: Person
	let owner: Owner
	before(async () => {
		shop = await startTestShop({ TRUSTED_PROXIES: '1' })
		manager = await signInStaff(shop, 'manager')
		await putProducts(shop, { id: 1 }, { id: 2 })
		person = await registerPerson(shop)
		owner = { id: person.id, phoneHash: hashPhone(shop.service.secret, person.phone) }
		await order()
		await person.put('/cart/items/2', { body: { quantity: 7 } })
		await wantToRegister()
	})

	/** One on its way by courier, one cancelled that somebody still asks for. */
	async function order(): Promise<void> {
		const { id } = await placeOrder(person, { 1: 2 })
		const message = {
			event_id: 'one',
			order_id: id,
			status: 'in_transit',
			carrier: 'cdek',
			tracking_number: 'RX987654321RU',
			location: 'Чухлома',
			estimated_at: '2026-12-24',
			occurred_at: '2026-11-24T10:00:00Z',
		}
		await shop.topics.publish('tracking', { value: message })
		await eventually(async () => assert.equal((await shop.sql`select from delivery_events`).count, 1))
		const cancelled = await placeOrder(person, { 2: 1 }, PICKUP)
		await person.post(`/orders/${cancelled.id}/cancel`, { body: { reason: 'передумала' } })
		const inventory = await serviceWithKey(shop, 'orders:status')
		const command = { event_id: 'late', status: 'assembling', reason: 'уже собрано' }
		assert.equal((await inventory.post(`/orders/${cancelled.id}/status`, { body: command })).status, 409)
	}

	/** Somebody at another address types the phone along with another name, and a code that is wrong. */
	async function wantToRegister(): Promise<void> {
		await letTimePass(shop, person.phone, '61 seconds')
		const { phone } = person
		const body = { name: 'Не Анна', phone, email: 'other@example.com', consent: true, locale: 'en' }
		const headers = { 'x-forwarded-for': '2001:db8:1:2:3:4:5:6' }
		assert.equal((await shop.guest.post('/users', { body, headers })).status, 202)
		const [row] = await shop.sql<{ count: number }[]>`
			select count(*) from login_code_sends where phone_hash = ${owner.phoneHash}`
		assert.equal(row?.count, 2)
		// Wrong unless chance wants it otherwise, once in a million times.
		assert.equal((await shop.guest.post('/sessions', { body: { phone, code: '000000' } })).status, 401)
	}

	test('each table: it is told of, or there is a reason not to', async () => {
		const tables = await shop.sql<{ name: string }[]>`
			select tablename as name from pg_tables where schemaname = 'public'`
		assert.deepEqual(tables.map(({ name }) => name).toSorted(), Object.keys({ ...TOLD, ...UNTOLD }).toSorted())
	})

	test('each column: what stands there of the person stands in the export, unless there is a reason', async () => {
		const own = await compare(shop.sql, owner, (await person.get('/me/export')).body)
		// Who is blocked gets it from the staff.
		assert.equal((await manager.post(`/admin/users/${person.id}/block`, { body: { reason: 'ругалась' } })).status, 200)
		const handedOut = await compare(shop.sql, owner, (await manager.get(`/admin/users/${person.id}/export`)).body)
		assert.deepEqual({ own: own.missing, handedOut: handedOut.missing }, { own: [], handedOut: [] })
		// What stands in a column for nobody is found in no export: somebody here is to have something of everything.
		const columns = await shop.sql<{ table: string; column: string }[]>`
			select table_name as table, column_name as column from information_schema.columns where table_schema = 'public'`
		const wanted = columns.filter(({ table, column }) => table in TOLD && !Object.hasOwn(TOLD[table]?.untold ?? {}, column))
		const seen = new Set([...own.seen, ...handedOut.seen])
		assert.deepEqual(
			wanted.map(({ table, column }) => `${table}.${column}`).filter((name) => !seen.has(name)),
			[],
		)
		assert.deepEqual(
			Object.entries(TOLD).flatMap(([table, { untold }]) =>
				Object.keys(untold).filter((name) => !columns.some((one) => one.table === table && one.column === name)),
			),
			[],
			'columns that are no more',
		)
	})

	test('the addresses from which codes were asked for with their phone, as networks', async () => {
		const { sign_in } = (await manager.get(`/admin/users/${person.id}/export`)).body
		const addresses: string[] = sign_in.codes_sent.map(({ address }: { address: string }) => address)
		assert.deepEqual([addresses[0], addresses.length], ['2001:db8:1:2::/64', 2])
	})

	test('a code that waits, and that somebody wants to register with it, but not who; nothing once it is too old', async () => {
		const { body, text } = await manager.get(`/admin/users/${person.id}/export`)
		assert.deepEqual([body.sign_in.code.registers, body.sign_in.code.tries], [true, 1])
		assert.ok(!text.includes('Не Анна') && !text.includes('other@example.com'), text)
		await shop.sql`update login_codes set expires_at = now()`
		assert.equal((await manager.get(`/admin/users/${person.id}/export`)).body.sign_in.code, null)
	})

	test('many exports at once are made in turn, and leave the shop to the others', async () => {
		const boris = await registerPerson(shop)
		await placeOrder(boris, { 1: 1 })
		let exports: ReturnType<Person['get']>[] = []
		await shop.sql.begin(async (tx) => {
			await tx`lock table order_history`
			exports = Array.from({ length: 40 }, () => boris.get('/me/export'))
			const waiting = async () =>
				(await shop.sql`select from pg_locks where not granted and relation = 'order_history'::regclass`).count
			await eventually(async () => assert.ok((await waiting()) > 0))
			assert.equal((await boris.get('/cart')).status, 200)
			assert.ok((await waiting()) <= 2)
		})
		assert.deepEqual(new Set((await Promise.all(exports)).map(({ status }) => status)), new Set([200]))
	})
})
