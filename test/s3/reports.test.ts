import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { keepLog } from '../support/log.ts'
import { askForReport, download, makeReport, newReportShop, reportThatIs, type ServiceClient } from '../support/reports.ts'
import { type S3Server, startS3Server } from '../support/s3.ts'
import { recordSales } from '../support/sales.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey } from '../support/staff.ts'

let server: S3Server
before(async () => void (server = await startS3Server()))

suite('Reports in S3', () => {
	let bucket: string
	let shop: TestShop
	let service: ServiceClient
	before(async () => {
		bucket = await server.newBucket()
		;({ shop, service } = await newReportShop({ REPORTS_URL: `s3://${bucket}/shop` }))
		await recordSales(shop.sql, [{ lines: [{ name: 'велосипед_10' }, { name: 'насос' }] }])
	})

	test('are asked for, completed and downloaded, whole, in parts, or not again', async () => {
		const { id, report, bytes } = await makeReport(shop, service)
		const lines = bytes.toString().split('\n')
		assert.deepEqual([lines.length, lines[0]?.includes('велосипед_10'), lines[1]?.includes('насос')], [3, true, true])
		const sha256 = createHash('sha256').update(bytes).digest('hex')
		assert.deepEqual([report.lines, report.bytes, report.sha256], [2, bytes.length, sha256])
		assert.deepEqual(await server.contents(bucket), { files: [`shop/reports/${id}.jsonl`], halves: [] })

		const etag = `"${sha256}"`
		const part = await download(shop, service, id, { headers: { range: 'bytes=5-14', 'if-range': etag } })
		assert.equal(part.status, 206)
		assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(5, 15))
		const head = await download(shop, service, id, { method: 'HEAD' })
		assert.deepEqual(
			[head.status, head.headers.get('etag'), head.headers.get('content-length')],
			[200, etag, String(bytes.length)],
		)
		assert.equal((await download(shop, service, id, { headers: { 'if-none-match': etag } })).status, 304)
	})

	test('made by one instance are served by another', async () => {
		const { REPORTS_URL = '', DATABASE_URL = '' } = shop.settings
		const other = await startTestShop({ ROLE: 'api', REPORTS_URL, DATABASE_URL })
		const { id, bytes } = await makeReport(shop, service)
		const there = await download(other, service, id)
		assert.equal(there.status, 200)
		assert.deepEqual(Buffer.from(await there.arrayBuffer()), bytes)
		await other.close()
	})

	test('wait while S3 is away, their files too, and are completed when it is back', async () => {
		const before = await makeReport(shop, service)
		await server.kill()
		const away = await download(shop, service, before.id)
		assert.equal(away.status, 503)
		assert.ok(Number(away.headers.get('retry-after')) >= 1)
		const id = await askForReport(service)
		await eventually(async () => {
			const [row] = await shop.sql<[{ failures: number }]>`select failures from reports where id = ${id}`
			assert.ok(row.failures > 0)
		})
		assert.equal((await service.get(`/reports/${id}`)).body.error, null)
		await server.restart()
		await reportThatIs('completed', service, id)
		assert.equal((await download(shop, service, id)).status, 200)
	})
})

suite('A service whose bucket is missing', () => {
	test('starts and says so; a report fails with what to do', async () => {
		const log = keepLog()
		const shop = await startTestShop({ REPORTS_URL: 's3://no-such-bucket', LOG_LEVEL: 'warn' }, log.to)
		await eventually(async () => assert.match(log.text(), /reports can’t be kept where REPORTS_URL says/))
		assert.match(log.text(), /NoSuchBucket/)
		assert.equal((await createClient(shop.url).get('/products')).status, 200)
		const service = await serviceWithKey(shop, 'reports')
		const id = await askForReport(service)
		const report = await reportThatIs('failed', service, id)
		assert.equal(report.error.code, 'storage_refused')
	})
})
