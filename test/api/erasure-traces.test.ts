import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { hashPhone } from '../../src/modules/customers/login-code.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { moveOrder, serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { letTimePass, signInAgain } from '../support/sign-in.ts'
import { tracesOf } from '../support/traces.ts'

suite('What is left of somebody who was erased', () => {
	/** Texts that stand nowhere by chance. */
	const NAME = 'Аграфена Пульхерия'
	const ADDRESS = 'Чухлома, Луговая ул., 13'
	const KLADR = '4402100100017'
	const TRACKING = 'RX987654321RU'
	const LOCATION = 'у подъезда на Луговой'
	const REASON = 'звонила Аграфена'
	const BLOCK_REASON = 'ругалась Аграфена'

	let person: Person
	let order: Awaited<ReturnType<typeof placeOrder>>
	let key: string
	let texts: string[]
	let staffOrders: unknown
	/** The shop without workers: what it tells waits in the outbox. */
	let api: TestShop

	before(async () => {
		api = await startTestShop({ ROLE: 'api' })
		// Codes come only where somebody relays: a worker for as long as the person registers.
		const worker = await startTestShop({ ...api.settings, ROLE: 'all' })
		person = await registerPerson(worker, { name: NAME })
		await putProducts(worker, { id: 1 })
		const boss = await signInStaff(worker, 'manager')
		await boss.post(`/admin/users/${person.id}/block`, { body: { reason: BLOCK_REASON } })
		await boss.post(`/admin/users/${person.id}/unblock`)
		const token = await signInAgain(worker, person.phone, { 'user-agent': 'Agrafena/1.0' })
		person = { ...person, ...createClient(api.url, token), token }
		await worker.close()
		key = `+${person.phone}-${randomUUID()}`.slice(0, 60)
		await live()
		texts = [
			NAME,
			NAME.toLowerCase(),
			`8${person.phone.slice(2)}`,
			person.phone,
			person.email,
			ADDRESS,
			KLADR,
			TRACKING,
			LOCATION,
			REASON,
			BLOCK_REASON,
			key,
			'Agrafena/1.0',
		]
		staffOrders = await seenByStaff()
	})

	const seenByStaff = async () => {
		const { body } = await (await signInStaff(api, 'viewer')).get(`/admin/orders/${order.id}`)
		const { items, total, status, version, user_id, number, history } = body
		return { items, total, status, version, user_id, number, lines: history.length }
	}

	/** Everything by which somebody leaves traces. */
	async function live(): Promise<void> {
		await person.put('/cart/items/1', { body: { quantity: 2 } })
		const placed = await person.post('/orders', {
			headers: { 'idempotency-key': key },
			body: {
				phone: person.phone,
				delivery: { method: 'courier', address: { full_address: ADDRESS, kladr_id: KLADR } },
			},
		})
		assert.equal(placed.status, 201)
		order = placed.body
		const boss = await signInStaff(api, 'manager')
		const headers = { 'if-match': '"1"' }
		await boss.patch(`/admin/orders/${order.id}/status`, { headers, body: { status: 'received', reason: REASON } })
		const inventory = await serviceWithKey(api, 'orders:status')
		const command = { event_id: 'late', status: 'cancelled', reason: REASON }
		assert.equal((await inventory.post(`/orders/${order.id}/status`, { body: command })).status, 409)
		assert.equal((await boss.post(`/admin/orders/${order.id}/notes`, { body: { text: REASON } })).status, 201)
		const cancelled = await placeOrder(person, { 1: 1 }, PICKUP)
		await person.post(`/orders/${cancelled.id}/cancel`, { body: { reason: REASON } })
		await person.put('/cart/items/1', { body: { quantity: 5 } })
		await saveViews(boss)
		await track()
		await refuse()
		await letTimePass(api, person.phone, '1 day')
		await api.guest.post('/users', {
			body: { name: NAME, phone: person.phone, email: person.email, consent: true },
		})
	}

	/** The staff's views: six are of the person, two of somebody else. */
	async function saveViews(boss: StaffMember): Promise<void> {
		const digits = person.phone.slice(2)
		for (const [name, query] of [
			[randomUUID(), { phone: `8${digits}` }],
			[randomUUID(), { name: NAME.toLowerCase() }],
			[randomUUID(), { user_id: person.id }],
			[randomUUID(), { number: order.number }],
			[`Жалоба: ${NAME}`, { status: 'cancelled' }],
			[`Звонить 8 ${digits.slice(0, 3)} ${digits.slice(3)}`, {}],
			[randomUUID(), { name: 'Борис' }],
			[`Отменённые с ${NAME.split(' ')[0]}`, { user_id: person.id + 1, number: order.number + 1_000 }],
		] as const) {
			const { status } = await boss.post('/admin/orders/views', { body: { name, query, columns: ['number'] } })
			assert.equal(status, 201)
		}
	}

	async function track(): Promise<void> {
		const worker = await startTestShop({ ...api.settings, ROLE: 'worker' })
		const value = {
			event_id: 'one',
			order_id: order.id,
			status: 'in_transit',
			carrier: 'cdek',
			occurred_at: '2026-11-24T10:00:00Z',
		}
		await worker.topics.publish('tracking', { value: { ...value, tracking_number: TRACKING, location: LOCATION } })
		await eventually(async () => assert.equal((await api.sql`select from delivery_events`).count, 1))
		await worker.close()
	}

	/** As if no topic had taken some of what was to be told; and what the delivery service said that nobody could apply. */
	async function refuse(): Promise<void> {
		const { orders, notifications, tracking } = api.service.topicNames
		const placed = { order: { id: order.id, phone: person.phone, delivery: order.delivery } }
		const told = { recipient: { email: person.email } }
		for (const [direction, topic, rowKey, value] of [
			['out', orders, order.id, placed],
			['out', notifications, String(person.id), told],
			['in', tracking, order.id, { order_id: order.id, status: 'lost', location: LOCATION }],
			// Sent again, or on its way to the topic of dead letters, it was refused once more.
			['out', tracking, order.id, { order_id: order.id, status: 'lost', location: LOCATION }],
			['out', `${tracking}.dlq`, order.id, { order_id: order.id, status: 'lost', location: LOCATION }],
		] as const) {
			const bytes = Buffer.from(JSON.stringify(value))
			await api.sql`
				insert into dead_letters (direction, topic, key, headers, value, bytes, whole, reason, message, attempts)
				values (${direction}, ${topic}, ${Buffer.from(rowKey)}, '{}', ${bytes}, ${bytes.length}, true, 'refused', 'x', 1)`
			if (topic.startsWith(tracking)) continue
			await api.sql`insert into outbox (topic, key, type, value) values (${topic}, ${Buffer.from(rowKey)}, 'order.placed', ${bytes})`
		}
	}

	test('is seen by this test before', async () => {
		const found = await tracesOf(api.sql, texts)
		for (const table of [
			'customers',
			'orders',
			'deliveries',
			'delivery_events',
			'order_history',
			'order_refusals',
			'outbox',
			'dead_letters',
			'login_codes',
			'audit_log',
			'sessions',
			'order_views',
			'order_notes',
		])
			assert.ok(
				found.some((trace) => trace.startsWith(`${table}:`)),
				`nothing stands in ${table}: ${found.join(', ')}`,
			)
		for (const text of texts)
			assert.ok(
				found.some((trace) => trace.endsWith(text)),
				`${text} stands nowhere`,
			)
	})

	test('is nothing that tells of them, in no table; the orders and what waits to be told of them are', async () => {
		const waiting = async () =>
			api.sql<{ id: number }[]>`select id from outbox where topic = ${api.service.topicNames.orders} order by id`
		const before = [...(await waiting())]
		assert.equal((await person.delete('/me')).status, 204)
		assert.deepEqual(await tracesOf(api.sql, texts), [])
		assert.deepEqual([...(await waiting())], before, 'each event of the orders is still told')
		assert.equal((await api.sql`select from dead_letters`).count, 1)
		assert.deepEqual(await seenByStaff(), staffOrders)
		assert.equal((await api.sql`select from order_views`).count, 2)
		const [code] = await api.sql`select from login_codes where phone_hash = ${hashPhone(api.service.secret, person.phone)}`
		assert.equal(code, undefined)
	})

	test('is no hash from which the phone could be guessed', async () => {
		const rows = await api.sql<{ bytes: number }[]>`select length(request_hash) as bytes from orders`
		assert.deepEqual(
			rows.map(({ bytes }) => bytes),
			[0, 0],
		)
	})

	test('is nothing either of what the delivery service still tells', async () => {
		const worker = await startTestShop({ ...api.settings, ROLE: 'worker' })
		const value = { event_id: 'two', order_id: order.id, status: 'delivered', occurred_at: '2026-11-25T10:00:00Z' }
		await worker.topics.publish('tracking', { value: { ...value, tracking_number: TRACKING, location: LOCATION } })
		const [end] = await api.sql<{ next_offset: number }[]>`
			select max("offset") + 1 as next_offset from topic_messages where topic = ${api.service.topicNames.tracking}`
		await eventually(async () => {
			const [read] = await api.sql<{ next_offset: number }[]>`
				select next_offset from topic_offsets where topic = ${api.service.topicNames.tracking}`
			assert.equal(read?.next_offset, end?.next_offset)
		})
		await worker.close()
		assert.deepEqual(await tracesOf(api.sql, texts), [])
		assert.equal((await api.sql`select from delivery_events`).count, 1)
	})

	test('is no reason either of what services still ask for: it is refused and noted without', async () => {
		const inventory = await serviceWithKey(api, 'orders:status')
		const body = { event_id: randomUUID(), status: 'assembling', reason: REASON }
		assert.equal((await inventory.post(`/orders/${order.id}/status`, { body })).status, 409)
		assert.deepEqual(await tracesOf(api.sql, texts), [])
		const { refusals } = (await (await signInStaff(api, 'viewer')).get(`/admin/orders/${order.id}`)).body
		assert.deepEqual([refusals[0].status, refusals[0].reason], ['assembling', null])
	})
})

test('The reports say of somebody who was erased what they said before', async () => {
	const shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	const reporter = await serviceWithKey(shop, 'reports')
	const soldLines = async () => {
		const { body } = await reporter.post('/reports')
		await shop.topics.find('reports', ({ value }) => value.report_id === body.report_id)
		return (await reporter.get(`/reports/${body.report_id}/file`)).text
	}
	const buyer = await registerPerson(shop)
	const { id } = await placeOrder(buyer, { 1: 2 })
	await moveOrder(await signInStaff(shop, 'operator'), id, 'received')
	const before = await soldLines()
	assert.equal(before, `{"product_name": "велосипед_1", "price": 500, "amount": 2, "user": {"id": ${buyer.id}}}\n`)
	assert.equal((await buyer.delete('/me')).status, 204)
	assert.equal(await soldLines(), before)
})
