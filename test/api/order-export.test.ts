import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { before, suite, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { seedOrders } from '../../bench/seed-orders.ts'
import { seedCustomers, seedProducts } from '../../bench/seed.ts'
import { createTestDatabase } from '../support/database.ts'
import { parseCsv } from '../support/csv.ts'
import { eventually } from '../support/eventually.ts'
import { COURIER, PICKUP, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

/** Far more than the sockets and the buffers of both sides hold. */
const ORDERS = 60_000
const SETTLED_MS = 1_000
const LOOK_EACH_BYTES = 3_000_000
setFlagsFromString('--expose-gc')
const DELIMITERS = { ru: ';', en: ',' }

let shop: TestShop
let viewer: StaffMember
let last: Date
before(async () => {
	const { url, sql } = await createTestDatabase()
	await seedProducts(sql, 500)
	await seedCustomers(sql, 1_000)
	await seedOrders(sql, { from: new Date(Date.now() - 366 * 86_400_000), count: ORDERS, linesPerOrder: 2 })
	const [row] = await sql<[{ last: Date }]>`select max(created_at) as last from orders`
	last = row.last
	shop = await startTestShop({ DATABASE_URL: url })
	viewer = await signInStaff(shop, 'viewer')
	await putProducts(shop, { id: 900_001, name: 'Чай; "Граф"', cost: 100 }, { id: 900_002, name: 'Соль', cost: 7 })
})

async function exported(query: string, locale: 'ru' | 'en' = 'ru') {
	const { status, headers, text } = await viewer.get(`/admin/orders/export?${query}`, { headers: { 'accept-language': locale } })
	assert.equal(status, 200, text.slice(0, 300))
	const [header = [], ...rows] = parseCsv(text, DELIMITERS[locale])
	return { headers, text, header, rows }
}

/** A row by the names of its columns. */
const named = (header: readonly string[], row: readonly string[] = []) =>
	Object.fromEntries(header.map((name, index) => [name, row[index]]))

/** What was noted of exports, oldest first. */
const noted = () =>
	shop.sql<{ action: string; staff_id: number; subject_id: string; details: Record<string, unknown> }[]>`
		select action, staff_id, subject_id, details from audit_log where subject_type = 'export' order by id`

/** An export whose answer nobody reads yet. */
async function beginExport(token = viewer.token, query = ''): Promise<IncomingMessage> {
	const request = get(`${shop.url}/v1/admin/orders/export?${query}`, { headers: { authorization: `Bearer ${token}` } })
	const [answer]: IncomingMessage[] = await once(request, 'response')
	answer?.on('error', () => undefined)
	request.on('error', () => undefined)
	return answer ?? assert.fail()
}

suite('An export of the orders', () => {
	test('tells an order as spreadsheets read it, in Russian', async () => {
		const person = await registerPerson(shop, { name: '=HYPERLINK("http://x";"Анна")' })
		const order = await placeOrder(person, { 900_001: 2, 900_002: 1 })
		const { headers, text, header, rows } = await exported(`number=${order.number}&time_zone=Europe/Moscow`)
		assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8')
		assert.equal(headers.get('cache-control'), 'no-store')
		const moscow = (iso: string) => new Date(Date.parse(iso) + 3 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
		assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$/)
		// fetch() leaves the mark out of its text.
		assert.ok(text.endsWith('\r\n'))
		assert.equal(rows.length, 1)
		assert.deepEqual(named(header, rows[0]), {
			Номер: String(order.number),
			Статус: 'Оплачен и ждёт сборки',
			'Оформлен (Europe/Moscow)': moscow(order.created_at),
			'Изменён (Europe/Moscow)': moscow(order.updated_at),
			Покупатель: '\'=HYPERLINK("http://x";"Анна")',
			Телефон: `'${person.phone}`,
			'Способ доставки': 'Курьер',
			'Адрес или пункт выдачи': COURIER.address.full_address,
			Перевозчик: '',
			'Трек-номер': '',
			Позиций: '2',
			Состав: 'Чай; "Граф" × 2; Соль × 1',
			Сумма: '207',
			Валюта: 'RUB',
			'Номер покупателя': String(person.id),
			'Ключ заказа': order.id,
		})
	})

	test('tells it in English, with commas, by UTC when no clock is named', async () => {
		for (const [name, shown] of [
			['+7 Anna', "'+7 Anna"],
			['-Anna', "'-Anna"],
			['@Anna', "'@Anna"],
			['Anna, "the first"', 'Anna, "the first"'],
		] as const) {
			const order = await placeOrder(await registerPerson(shop, { name }), { 900_001: 1 }, PICKUP)
			const { header, rows } = await exported(`number=${order.number}`, 'en')
			const row = named(header, rows[0])
			assert.equal(row['Customer'], shown)
			assert.deepEqual((await exported(`number=${order.number}&locale=en`, 'en')).rows, rows, 'a link says the language itself')
			assert.equal(row['Placed (UTC)'], order.created_at.slice(0, 19).replace('T', ' '))
			assert.deepEqual(
				[row['Status'], row['Delivery method'], row['Address or pickup point'], row['Total']],
				['Paid, waiting to be assembled', 'Pickup', 'msk-1', '100'],
			)
		}
	})

	test('by a name that more than a hundred have is refused, not told in part; the list says so', async () => {
		const [{ id: oldest } = assert.fail()] = await shop.sql<{ id: number }[]>`
			insert into customers (name, phone, email, locale, consent_version)
			select 'Зинаида Общая', 'zinaida ' || n, 'z@example.com', 'ru', '1' from generate_series(1, 100) as n returning id`
		const ask = (path: string) => viewer.get(`${path}?name=${encodeURIComponent('зинаида')}`)
		assert.equal((await ask('/admin/orders')).body.name_too_common, false)
		assert.equal((await ask('/admin/orders/export')).status, 200)
		await registerPerson(shop, { name: 'Зинаида Новая' })
		assert.equal((await ask('/admin/orders')).body.name_too_common, true)
		const { status, body } = await ask('/admin/orders/export')
		assert.deepEqual([status, body.errors[0].pointer, body.errors[0].code], [400, '/name', 'too_common'])
		assert.match(body.errors[0].message, /^покупателей с таким именем больше \d+: уточните/)
		assert.equal((await viewer.get(`/admin/orders/export?user_id=${oldest}`)).status, 200)
	})

	test('begins with a byte order mark, and has a header alone where nothing fits', async () => {
		const answer = await fetch(`${shop.url}/v1/admin/orders/export?name=Никого+нет`, {
			headers: { authorization: `Bearer ${viewer.token}`, 'accept-language': 'en' },
		})
		const bytes = Buffer.from(await answer.arrayBuffer())
		assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
		assert.equal(parseCsv(bytes.toString(), ',').length, 1)
	})

	for (const [filter, where] of [
		['status=cancelled&method=pickup', "status = 'cancelled' and delivery_method = 'pickup'"],
		['total_min=20000&total_max=22000', 'total between 20000 and 22000'],
		['status=paid,assembling,ready', "status in ('paid', 'assembling', 'ready')"],
	] as const) {
		test(`has all orders that fit, each once, in each sort: ${filter}`, async () => {
			const to = last.toISOString()
			for (const [sort, order] of [
				['newest', 'number desc'],
				['total', 'total, number'],
			] as const) {
				const expected = await shop.sql.unsafe<{ number: number }[]>(
					`select number from orders where ${where} and created_at < '${to}' order by ${order}`,
				)
				assert.ok(expected.length > 200, `${expected.length} fit`)
				const { rows } = await exported(`sort=${sort}&${filter}&to=${to}`)
				assert.deepEqual(
					rows.map(([number]) => Number(number)),
					expected.map(({ number }) => number),
				)
			}
		})
	}
})

suite('An export is noted', () => {
	test('when it begins, with what was asked for but nobody’s phone and name, and when it has ended', async () => {
		const before = (await noted()).length
		await exported(`phone=${encodeURIComponent('+79000000001')}&name=Анна&status=paid&total_min=5&sort=total`)
		const [begun, ended] = (await noted()).slice(before)
		assert.deepEqual([begun?.action, begun?.staff_id], ['orders_exported', viewer.id])
		assert.deepEqual(begun?.details, { filter: { phone: true, name: true, status: 'paid', total_min: 5 }, sort: 'total' })
		assert.deepEqual([ended?.action, ended?.subject_id], ['orders_export_ended', begun?.subject_id])
		assert.deepEqual(ended?.details, { orders: 0, complete: true })
	})
})

suite('An export that nobody reads', () => {
	test('waits, and ends when its reader leaves', async () => {
		const before = (await noted()).length
		const answer = await beginExport()
		await sleep(SETTLED_MS)
		assert.deepEqual(
			(await noted()).slice(before).map(({ action }) => action),
			['orders_exported'],
		)
		answer.destroy()
		const ended = await eventually(async () => (await noted())[before + 1] ?? assert.fail('it has not ended'))
		const { orders, complete } = ended.details
		assert.equal(complete, false)
		assert.ok(typeof orders === 'number' && orders > 0 && orders < ORDERS / 2, `${String(orders)} orders were read`)
	})

	test('holds no more memory at its end than at its beginning', async () => {
		const answer = await beginExport()
		let bytes = 0
		const held: number[] = []
		for await (const chunk of answer) {
			bytes += chunk.length
			if (bytes < LOOK_EACH_BYTES * (held.length + 1)) continue
			runInNewContext('gc()')
			held.push(process.memoryUsage().heapUsed)
		}
		assert.ok(held.length >= 4, `${bytes} bytes`)
		const more = (held.at(-1) ?? 0) - (held[0] ?? 0)
		assert.ok(more < LOOK_EACH_BYTES, `${more} bytes more after ${bytes}`)
	})

	test('is cut when its member signs out, and is not taken for whole', async () => {
		const member = await signInStaff(shop, 'viewer')
		const answer = await beginExport(member.token)
		assert.equal((await member.delete('/admin/sessions/current')).status, 204)
		await assert.rejects(async () => {
			for await (const _ of answer);
		}, /aborted/)
	})

	test('does not hold up the end of the service', async () => {
		const other = await startTestShop({ ...shop.settings, ROLE: 'api', PORT: '0' })
		const answer = await fetch(`${other.url}/v1/admin/orders/export`, { headers: { authorization: `Bearer ${viewer.token}` } })
		assert.equal(answer.status, 200)
		const begun = performance.now()
		await other.close()
		assert.ok(performance.now() - begun < 5_000)
		await assert.rejects(answer.text())
	})
})

suite('Exports at once', () => {
	test('are two for a member and four in all; more are told to come later, and there is room when some have ended', async () => {
		const members = [
			await signInStaff(shop, 'viewer'),
			await signInStaff(shop, 'operator'),
			await signInStaff(shop, 'owner'),
		] as const
		const [one, two, three] = members
		const begun: IncomingMessage[] = []
		for (const member of [one, one, two, two]) begun.push(await beginExport(member.token))
		for (const [member, expected] of [
			[one, [429, 'too_many_exports']],
			[three, [503, 'overloaded']],
		] as const) {
			const { status, body, headers } = await member.get('/admin/orders/export')
			assert.deepEqual([status, body.code], expected)
			assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/)
		}
		for (const answer of begun) answer.destroy()
		await eventually(async () => {
			for (const member of members) assert.equal((await member.get('/admin/orders/export?number=1')).status, 200)
		})
	})
})

suite('An export is refused', () => {
	for (const [what, query, pointer] of [
		['with a clock that there is not', 'time_zone=Mars/Base', '/time_zone'],
		['with a filter that the list does not have', 'city=Moscow', '/city'],
		['with a filter that the list would refuse', 'status=lost', '/status'],
		['with a place in the list', 'cursor=abc', '/cursor'],
	] as const) {
		test(what, async () => {
			const before = (await noted()).length
			const { status, body } = await viewer.get(`/admin/orders/export?${query}`)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', pointer])
			assert.equal((await noted()).length, before)
		})
	}
})
