import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import type { Client } from '../support/client.ts'
import { eventsOf, filesOf } from '../support/report-processes.ts'
import { makeReport, newReportShop, type ServiceClient } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import { serviceWithKey } from '../support/staff.ts'
import type { TestShop } from '../support/shop.ts'

const lineOf = (name: string, userId: number | undefined, { price = 500, quantity = 1 } = {}) =>
	`{"product_name": ${JSON.stringify(name)}, "price": ${price}, "amount": ${quantity}, "user": {"id": ${userId}}}\n`

suite('A report', () => {
	let shop: TestShop
	let service: ServiceClient
	before(async () => ({ shop, service } = await newReportShop()))

	test('of nothing sold is empty', async () => {
		const { report, bytes } = await makeReport(shop, service)
		assert.equal(bytes.length, 0)
		assert.deepEqual([report.lines, report.bytes], [0, 0])
	})

	test('holds a line for each line of each order, in the order of placing, without cancelled orders', async () => {
		const bike = { name: 'велосипед_10' }
		const [anna, boris, , dina] = await recordSales(shop.sql, [
			{ lines: [bike] },
			{ lines: [{ name: 'насос', price: 120, quantity: 3 }, bike], status: 'received' },
			{ lines: [bike], status: 'cancelled' },
			// Placed last by its number, first by its clock.
			{ lines: [bike], at: '2020-01-01T00:00:00Z' },
		])
		const { bytes, report, id } = await makeReport(shop, service)
		const expected = [
			lineOf('велосипед_10', anna),
			lineOf('насос', boris, { price: 120, quantity: 3 }),
			lineOf('велосипед_10', boris),
			lineOf('велосипед_10', dina),
		]
		assert.equal(bytes.toString(), expected.join(''))
		assert.equal(expected[0], `{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": ${anna}}}\n`)
		assert.equal(report.lines, 4)
		assert.equal(report.bytes, bytes.length)
		assert.equal(report.sha256, createHash('sha256').update(bytes).digest('hex'))

		const { value, headers, key } = await shop.topics.find('reports', (message) => message.value.report_id === id)
		assert.deepEqual([key, headers['ce_type'], headers['ce_subject']], [id, 'report.completed', id])
		assert.deepEqual(value, {
			report_id: id,
			number: report.number,
			result: 'success',
			lines: 4,
			bytes: bytes.length,
			sha256: report.sha256,
			file: `reports/${id}.jsonl`,
			from: null,
			to: null,
		})
		assert.deepEqual(await readFile(join(shop.settings['DATA_DIR'] ?? '', value.file)), bytes)
		const beside = await readdir(join(shop.settings['DATA_DIR'] ?? '', 'reports'))
		assert.ok(
			beside.every((name) => name.endsWith('.jsonl')),
			`half-written files are left: ${beside.join()}`,
		)
	})
})

suite('A line is JSON, byte for byte', () => {
	// biome-ignore format: a table
	const NASTY = [
		'"', '\\', '\\\\"', '\\n', '\\.', '\\N', '\\x01', '\\u0041', '\n', '\r\n', '\t', '\b\f\v', ',', ' ',
		'\u0001', '\u0002', '\u001f', '\u007f', '\u0085', '\u2028\u2029', '\ufeff', '\ufffe', '👨‍👩‍👧‍👦', '𝔘', 'שלום ‮abc', 'e\u0301',
		'<script>alert(1)</script>', '{"a": [1]}', "'; drop table orders; --", '%s', '$1', 'NULL', 'null', 'я'.repeat(5_000),
	]

	test('whatever the name is', async () => {
		const { shop, service } = await newReportShop()
		const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\0'))
		const names = [...NASTY, ...fc.sample(texts, 2_000)]
		const [user] = await recordSales(shop.sql, [{ lines: names.map((name) => ({ name })) }])
		const { bytes, report } = await makeReport(shop, service)
		assert.equal(report.lines, names.length)
		const lines = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split(/(?<=\n)/)
		assert.equal(lines.length, names.length)
		for (const [index, line] of lines.entries()) {
			const name = names[index] ?? ''
			assert.equal(line, lineOf(name, user))
			assert.deepEqual(JSON.parse(line), { product_name: name, price: 500, amount: 1, user: { id: user } })
		}
	})
})

suite('A report of a period', () => {
	let shop: TestShop
	let service: ServiceClient
	before(async () => {
		;({ shop, service } = await newReportShop())
		const moments = ['2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00Z', '2026-11-23T23:59:59.999Z', '2026-11-24T00:00:00Z']
		// Numbers do not follow the clock everywhere: the last one is of the first day.
		const sales = [...moments, '2026-11-23T12:00:00Z'].map((at) => ({ at, lines: [{ name: at }] }))
		await recordSales(shop.sql, sales)
	})

	const namesOf = (bytes: Buffer) => [...bytes.toString().matchAll(/"product_name": "([^"]+)"/g)].map(([, name]) => name)

	test('has what was placed at its start or later, and before its end', async () => {
		const { bytes, report } = await makeReport(shop, service, { from: '2026-11-23T00:00:00Z', to: '2026-11-24T03:00:00+03:00' })
		assert.deepEqual(namesOf(bytes), ['2026-11-23T00:00:00Z', '2026-11-23T23:59:59.999Z', '2026-11-23T12:00:00Z'])
		assert.deepEqual([report.from, report.to], ['2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'])
	})

	test('may be open at either end, or have nothing in it', async () => {
		assert.equal((await makeReport(shop, service, { from: '2026-11-24T00:00:00Z' })).report.lines, 1)
		assert.equal((await makeReport(shop, service, { to: '2026-11-23T00:00:00Z', from: null })).report.lines, 1)
		assert.equal((await makeReport(shop, service, { from: '2031-01-01T00:00:00Z' })).report.lines, 0)
		assert.equal((await makeReport(shop, service, {})).report.lines, 5)
	})

	for (const [what, body, pointer] of [
		['that ends when it begins', { from: '2026-11-23T00:00:00Z', to: '2026-11-23T00:00:00Z' }, '/to'],
		['that ends before it begins', { from: '2026-11-23T00:00:00Z', to: '2026-11-22T00:00:00Z' }, '/to'],
		['before all shops', { from: '0001-01-01T00:00:00Z' }, '/from'],
		['that is no time', { from: 'yesterday' }, '/from'],
		['without an offset', { to: '2026-11-23T00:00:00' }, '/to'],
		['with an unknown field', { form: '2026-11-23T00:00:00Z' }, '/form'],
	] as const) {
		test(`${what} is refused`, async () => {
			const { status, body: problem } = await service.post('/reports', { body })
			assert.equal(status, 400)
			assert.equal(problem.code, 'validation_failed')
			assert.equal(problem.errors[0].pointer, pointer)
		})
	}
})

suite('Asked for without an Idempotency-Key, a report', () => {
	test('is another one each time, also at once, under numbers that grow', async () => {
		const { shop, service } = await newReportShop()
		const ask = async () => (await service.post('/reports')).body
		const before = await ask()
		const asked = await Promise.all(Array.from({ length: 20 }, ask))
		const after = await ask()
		assert.equal(new Set(asked.map(({ report_id }) => report_id)).size, 20)
		assert.equal(new Set(asked.map(({ number }) => number)).size, 20)
		assert.ok(asked.every(({ number }) => before.number < number && number < after.number))
		for (const { report_id, number } of [before, ...asked, after]) {
			const { value } = await shop.topics.find('reports', ({ key }) => key === report_id)
			assert.deepEqual([value.result, value.number], ['success', number])
			assert.deepEqual(await eventsOf(shop, report_id), ['report.completed'])
		}
		const files = await readdir(join(shop.settings['DATA_DIR'] ?? '', 'reports'))
		assert.deepEqual(files.sort(), [before, ...asked, after].map(({ report_id }) => `${report_id}.jsonl`).sort())
	})
})

suite('Asked for with an Idempotency-Key, a report', () => {
	let shop: TestShop
	let service: ServiceClient
	before(async () => ({ shop, service } = await newReportShop()))
	const ask = (who: Client, key: string, body?: object) =>
		who.post('/reports', { headers: { 'idempotency-key': key }, ...(body && { body }) })

	test('is one, however often and at once it is asked for', async () => {
		const key = randomUUID()
		const answers = await Promise.all(Array.from({ length: 20 }, () => ask(service, key)))
		assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]))
		assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
		assert.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1)
		const [first] = answers
		const id = first?.body.report_id
		await shop.topics.find('reports', ({ value }) => value.report_id === id)
		const rows = await shop.sql`select id from reports where idempotency_key = ${key}`
		assert.deepEqual([...rows], [{ id }])
		assert.deepEqual(await eventsOf(shop, id), ['report.completed'])
		assert.deepEqual(await filesOf(join(shop.settings['DATA_DIR'] ?? '', 'reports'), id), [`${id}.jsonl`])
		const again = await ask(service, key, {})
		assert.deepEqual(again.body, first?.body)
		assert.equal(again.headers.get('idempotency-replayed'), 'true')
		assert.equal(again.headers.get('location'), `/v1/reports/${again.body.report_id}`)
	})

	test('of another period is refused', async () => {
		const key = randomUUID()
		await ask(service, key, { from: '2026-11-23T00:00:00Z' })
		const { status, body } = await ask(service, key, { from: '2026-11-24T00:00:00Z' })
		assert.equal(status, 422)
		assert.equal(body.code, 'idempotency_key_reused')
		const same = await ask(service, key, { from: '2026-11-23T03:00:00+03:00', to: null })
		assert.equal(same.headers.get('idempotency-replayed'), 'true')
	})

	test('is another one for another service', async () => {
		const other = await serviceWithKey(shop, 'reports')
		const key = randomUUID()
		assert.notEqual((await ask(service, key)).body.report_id, (await ask(other, key)).body.report_id)
	})

	test('of more than 64 characters is refused', async () => {
		const { status, body } = await ask(service, 'k'.repeat(65))
		assert.equal(status, 400)
		assert.deepEqual([body.errors[0].in, body.errors[0].pointer], ['header', '/idempotency-key'])
	})
})

suite('Reports are for services with the scope', () => {
	test('others are refused, and any with the scope may read', async () => {
		const { shop, service } = await newReportShop()
		const { id } = await makeReport(shop, service)
		for (const path of [`/reports/${id}`, `/reports/${id}/file`]) {
			assert.equal((await shop.guest.get(path)).status, 401)
			assert.equal((await (await serviceWithKey(shop, 'orders:status')).get(path)).status, 403)
			assert.equal((await (await serviceWithKey(shop, 'reports')).get(path)).status, 200)
			const missing = await service.get(path.replace(id, randomUUID()))
			assert.equal(missing.status, 404)
			assert.equal(missing.body.code, 'report_not_found')
		}
		assert.equal((await shop.guest.post('/reports')).status, 401)
		assert.equal((await (await serviceWithKey(shop, 'orders:status')).post('/reports')).body.code, 'forbidden')
	})
})
