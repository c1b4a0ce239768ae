import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { faultOf, must } from '../support/command.ts'
import { eventually } from '../support/eventually.ts'
import {
	askForReport,
	download,
	type Download,
	makeReport,
	newReportShop,
	openedFilesOf,
	reportThatIs,
	type ServiceClient,
} from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import type { TestShop } from '../support/shop.ts'

let shop: TestShop
let service: ServiceClient
before(async () => ({ shop, service } = await newReportShop()))

suite('The file of a report', () => {
	let id: string
	let number: number
	let whole: Buffer
	before(async () => {
		await recordSales(shop.sql, [{ lines: [{ name: 'велосипед_10' }, { name: 'насос' }] }])
		const made = await makeReport(shop, service)
		id = made.id
		number = made.report.number
		whole = made.bytes
	})
	const get = (given?: Download) => download(shop, service, id, given)
	const etag = () => `"${createHash('sha256').update(whole).digest('hex')}"`

	test('comes as JSON lines with its size, its name and its SHA-256 as the tag', async () => {
		const { status, headers } = await get()
		assert.equal(status, 200)
		assert.equal(headers.get('content-type'), 'application/jsonl')
		assert.equal(headers.get('content-length'), String(whole.length))
		assert.equal(headers.get('content-disposition'), `attachment; filename="report-${number}.jsonl"`)
		assert.equal(headers.get('etag'), etag())
		assert.equal(headers.get('accept-ranges'), 'bytes')
	})

	test('comes in parts that make the whole', async () => {
		const half = Math.floor(whole.length / 2)
		const first = await get({ headers: { range: `bytes=0-${half}` } })
		assert.equal(first.status, 206)
		assert.equal(first.headers.get('content-range'), `bytes 0-${half}/${whole.length}`)
		assert.equal(first.headers.get('content-length'), String(half + 1))
		const rest = await get({ headers: { range: `bytes=${half + 1}-`, 'if-range': etag() } })
		assert.equal(rest.status, 206)
		const parts = [Buffer.from(await first.arrayBuffer()), Buffer.from(await rest.arrayBuffer())]
		assert.deepEqual(Buffer.concat(parts), whole)
		const tail = await get({ headers: { range: 'bytes=-5' } })
		assert.deepEqual(Buffer.from(await tail.arrayBuffer()), whole.subarray(-5))
	})

	test('comes whole where the caller has parts of another one', async () => {
		const { status, headers } = await get({ headers: { range: 'bytes=5-', 'if-range': '"another"' } })
		assert.equal(status, 200)
		assert.equal(headers.get('content-range'), null)
	})

	test('has nothing behind its end', async () => {
		const response = await get({ headers: { range: `bytes=${whole.length}-` } })
		assert.equal(response.status, 416)
		assert.equal(response.headers.get('content-range'), `bytes */${whole.length}`)
		assert.equal(JSON.parse(await response.text()).code, 'range_not_satisfiable')
	})

	test('does not come again to whom has it', async () => {
		const response = await get({ headers: { 'if-none-match': etag() } })
		assert.equal(response.status, 304)
		assert.equal(await response.text(), '')
		assert.equal(response.headers.get('etag'), etag())
	})

	test('is told of by HEAD', async () => {
		const response = await get({ method: 'HEAD', headers: { range: 'bytes=0-3' } })
		assert.equal(response.status, 200)
		assert.equal(response.headers.get('content-length'), String(whole.length))
		assert.equal(response.headers.get('etag'), etag())
		assert.equal(await response.text(), '')
	})

	test('takes no other method', async () => {
		const { status, headers } = await service.delete(`/reports/${id}/file`)
		assert.equal(status, 405)
		assert.equal(headers.get('allow'), 'GET, HEAD')
	})
})

suite('Where there is no file', () => {
	test('that is lost, it is told', async () => {
		const { id } = await makeReport(shop, service)
		await rm(join(shop.settings['DATA_DIR'] ?? '', `reports/${id}.jsonl`))
		for (const { status, body } of [await service.get(`/reports/${id}/file`)]) {
			assert.equal(status, 404)
			assert.equal(body.code, 'report_file_not_found')
		}
		assert.equal((await download(shop, service, id, { method: 'HEAD' })).status, 404)
	})

	const linux = process.platform !== 'linux' && 'looks into /proc'
	test('because the storage is slow, it is told to come again, and what is found later is closed', { skip: linux }, async () => {
		const { id } = await makeReport(shop, service)
		const path = join(shop.settings['DATA_DIR'] ?? '', `reports/${id}.jsonl`)
		// Whoever opens a pipe to read waits for somebody who writes.
		await rm(path)
		must(faultOf('mkfifo', path))
		assert.equal((await service.get(`/reports/${id}/file`)).status, 503)
		const writer = await open(path, 'w')
		await eventually(async () => assert.equal((await openedFilesOf(id)).length, 1, 'the writer alone'))
		await writer.close()
	})

	test('because the report is not ready, it is told to wait', async () => {
		const waiting = await newReportShop({ ROLE: 'api' })
		const id = await askForReport(waiting.service)
		const { status, body, headers } = await waiting.service.get(`/reports/${id}/file`)
		assert.equal(status, 409)
		assert.equal(body.code, 'report_not_ready')
		assert.equal(body.report_status, 'pending')
		assert.equal(headers.get('retry-after'), '1')
	})

	test('because the storage refuses it, the report has failed and says what to do', async () => {
		const broken = await newReportShop()
		await writeFile(join(broken.shop.settings['DATA_DIR'] ?? '', 'reports'), 'not a folder')
		const id = await askForReport(broken.service)
		const report = await reportThatIs('failed', broken.service, id)
		assert.equal(report.error.code, 'storage_refused')
		assert.match(report.error.message, /^Хранилище отчётов/)
		assert.notEqual(report.completed_at, null)

		const { value, headers } = await broken.shop.topics.find('reports', (message) => message.value.report_id === id)
		assert.equal(headers['ce_type'], 'report.failed')
		assert.deepEqual(Object.keys(value), ['report_id', 'number', 'result', 'error'])
		assert.equal(value.result, 'fail')
		assert.equal(value.error.code, 'storage_refused')
		assert.match(value.error.message, /^The storage of reports/)

		const file = await broken.service.get(`/reports/${id}/file`, { headers: { 'accept-language': 'en' } })
		assert.equal(file.status, 409)
		assert.equal(file.body.code, 'report_failed')
		assert.deepEqual(file.body.error, value.error)
	})
})
