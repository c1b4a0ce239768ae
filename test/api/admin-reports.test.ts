import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { type Answer, type Client, codeOf } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { watch } from '../support/event-stream.ts'
import { faultsOf, listenForPlans, tellPlans } from '../support/plans.ts'
import { recordSales } from '../support/sales.ts'
import { createTestDatabase } from '../support/database.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let manager: StaffMember
let service: Client & { key: string }
before(async () => {
	shop = await startTestShop()
	manager = await signInStaff(shop, 'manager')
	service = await serviceWithKey(shop, 'reports')
	await recordSales(shop.sql, [
		{ lines: [{ name: 'велосипед_10' }], at: '2026-11-22T10:00:00Z' },
		{ lines: [{ name: 'насос' }], at: '2026-11-23T10:00:00Z' },
	])
})

const completed = (id: string) =>
	eventually(async () => {
		const { body } = await manager.get(`/admin/reports/${id}`)
		assert.equal(body.status, 'completed')
		return body
	})
const auditOf = async (id: string) => [
	...(await shop.sql<{ action: string; staff_id: number; details: object }[]>`
		select action, staff_id, details from audit_log where subject_type = 'report' and subject_id = ${id} order by id`),
]

suite('A manager', () => {
	test('asks for a report of a period as a service does: the same event, and the same again by its key', async () => {
		const headers = { 'idempotency-key': randomUUID() }
		const body = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' }
		const asked = await manager.post('/admin/reports', { headers, body })
		const { report_id: id, number } = asked.body
		assert.deepEqual([asked.status, asked.headers.get('location')], [202, `/v1/admin/reports/${id}`])
		assert.deepEqual(asked.body.requested_by, { type: 'staff', id: manager.id, name: manager.email })
		const again = await manager.post('/admin/reports', { headers, body })
		assert.deepEqual([again.status, again.body.report_id, again.headers.get('idempotency-replayed')], [202, id, 'true'])
		assert.deepEqual(codeOf(await manager.post('/admin/reports', { headers })), [422, 'idempotency_key_reused'])
		// The key is each one's own.
		const other = await service.post('/reports', { headers, body })
		assert.notEqual(other.body.report_id, id)

		const report = await completed(id)
		assert.deepEqual([report.lines, report.from, report.to], [1, '2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'])
		const { value } = await shop.topics.find('reports', (message) => message.value.report_id === id)
		assert.deepEqual([value.result, value.number], ['success', number])
		// A report is the shop's, so a service sees it too.
		assert.equal((await service.get(`/reports/${id}`)).body.status, 'completed')
		assert.deepEqual(await auditOf(id), [
			{
				action: 'report_requested',
				staff_id: manager.id,
				details: { number, from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' },
			},
		])
		assert.deepEqual(await auditOf(other.body.report_id), [])
	})

	test('sees all reports, newest first, page by page, and who has asked for each', async () => {
		const mine = (await manager.post('/admin/reports')).body
		const theirs = (await service.post('/reports')).body
		const { body } = await manager.get('/admin/reports?limit=2')
		assert.deepEqual(
			body.data.map(({ report_id }: { report_id: string }) => report_id),
			[theirs.report_id, mine.report_id],
		)
		const [{ requested_by: asker }] = body.data
		assert.equal(asker.type, 'service')
		assert.match(asker.name, /^service-/)
		const numbers: number[] = []
		for (let cursor: string | null = ''; cursor !== null; ) {
			const { body: page }: Answer = await manager.get(`/admin/reports?limit=1${cursor && `&cursor=${cursor}`}`)
			numbers.push(...page.data.map(({ number }: { number: number }) => number))
			cursor = page.next_cursor
		}
		assert.deepEqual(
			numbers,
			[...numbers].sort((one, two) => two - one),
		)
		assert.equal(new Set(numbers).size, numbers.length)
		assert.ok(numbers.length >= 4)
		assert.deepEqual(codeOf(await manager.get(`/admin/reports/${randomUUID()}`)), [404, 'report_not_found'])
	})

	test('downloads the file, whole, in parts and not again, each look audited', async () => {
		const { report_id: id, number } = (await manager.post('/admin/reports')).body
		const { sha256, bytes } = await completed(id)
		const fetchFile = (headers: Record<string, string> = {}, method = 'GET') =>
			fetch(`${shop.url}/v1/admin/reports/${id}/file`, {
				method,
				headers: { 'accept-encoding': 'identity', cookie: `__Host-staff=${manager.token}`, ...headers },
			})
		const whole = await fetchFile()
		assert.equal(whole.status, 200)
		assert.equal(whole.headers.get('content-disposition'), `attachment; filename="report-${number}.jsonl"`)
		const content = Buffer.from(await whole.arrayBuffer())
		assert.deepEqual([content.length, createHash('sha256').update(content).digest('hex')], [bytes, sha256])
		const part = await fetchFile({ range: 'bytes=5-9' })
		assert.deepEqual([part.status, Buffer.from(await part.arrayBuffer())], [206, content.subarray(5, 10)])
		assert.equal((await fetchFile({ 'if-none-match': `"${sha256}"` })).status, 304)
		assert.equal((await fetchFile({}, 'HEAD')).headers.get('content-length'), String(bytes))
		assert.equal((await fetchFile({ range: `bytes=${bytes}-` })).status, 416)
		assert.deepEqual((await auditOf(id)).slice(1), [
			{ action: 'report_downloaded', staff_id: manager.id, details: { number, range: null } },
			{ action: 'report_downloaded', staff_id: manager.id, details: { number, range: 'bytes=5-9' } },
		])
	})

	test('cancels a report, whoever asked for it; a finished one not', async () => {
		const waiting = await startTestShop({ ROLE: 'api' })
		const [anna, reporter] = [await signInStaff(waiting, 'manager'), await serviceWithKey(waiting, 'reports')]
		const { report_id: id, number } = (await reporter.post('/reports')).body
		const cancelled = await anna.delete(`/admin/reports/${id.toUpperCase()}`)
		assert.deepEqual([cancelled.status, cancelled.body.status, cancelled.body.error.code], [200, 'failed', 'cancelled'])
		assert.equal((await reporter.get(`/reports/${id}`)).body.error.code, 'cancelled')
		assert.deepEqual((await anna.delete(`/admin/reports/${id}`)).body, cancelled.body)
		const rows = await waiting.sql`select action, staff_id, details from audit_log where subject_id = ${id}`
		assert.deepEqual([...rows], [{ action: 'report_cancelled', staff_id: anna.id, details: { number } }])

		const { report_id: done } = (await manager.post('/admin/reports')).body
		await completed(done)
		assert.deepEqual(codeOf(await manager.delete(`/admin/reports/${done}`)), [409, 'report_finished'])
		assert.deepEqual(codeOf(await manager.delete(`/admin/reports/${randomUUID()}`)), [404, 'report_not_found'])
	})
})

test('The progress of a report is told live while it is made', async () => {
	// Without a worker: what one writes twice a second is written here.
	const waiting = await startTestShop({ ROLE: 'api' })
	const anna = await signInStaff(waiting, 'manager')
	const watcher = watch(`${waiting.url}/v1/admin/events`, { token: anna.token })
	await watcher.waitOpen()
	const { report_id: id, number } = (await anna.post('/admin/reports')).body
	await watcher.wait(1)
	await waiting.sql`update reports set status = 'running', attempt = 1, taken_at = now() where id = ${id}`
	for (const [index, lines] of [10, 20].entries()) {
		await watcher.wait(2 + index)
		await waiting.sql`update reports set lines = ${lines}, lines_estimate = 40 where id = ${id}`
	}
	const told = await watcher.wait(4)
	assert.deepEqual(
		told.map(({ name, data }) => [name, data]),
		['pending', 'running', 'running', 'running'].map((status) => ['report_changed', { report_id: id, number, status }]),
	)
	const { body } = await anna.get(`/admin/reports/${id}`)
	assert.deepEqual([body.lines, body.estimate.lines_total], [20, 40])
})

test('However many reports there are, the list reads a page of them', async () => {
	const told = listenForPlans()
	const { url, sql } = await createTestDatabase()
	await sql`insert into api_keys (name, key_hash, scopes, expires_at) values ('seed', 'x', '{reports}', now())`
	await sql`
		insert into reports (requested_by, status, completed_at)
		select 1, 'completed', now() from generate_series(1, 20000)`
	await sql`vacuum analyze reports`
	await tellPlans(sql)
	const many = await startTestShop({ DATABASE_URL: url, LOG_LEVEL: 'debug', ROLE: 'api' }, told.logTo)
	const anna = await signInStaff(many, 'manager')
	told.take()
	const first = await anna.get('/admin/reports?limit=50')
	const second = await anna.get(`/admin/reports?limit=50&cursor=${first.body.next_cursor}`)
	assert.deepEqual([first.body.data.length, second.body.data.length], [50, 50])
	const plans = told.take()
	assert.ok(plans.some(({ 'Query Text': text }) => text.includes('from reports')))
	assert.deepEqual(plans.flatMap(faultsOf), [])
	await sql`alter table reports drop constraint reports_number_key`
	await anna.get('/admin/reports?limit=50')
	assert.notDeepEqual(told.take().flatMap(faultsOf), [])
})
