import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { atEnd } from '../support/at-end.ts'
import { recordManySales } from '../support/many-sales.ts'
import { PICKUP, putProducts, registerPeople } from '../support/people.ts'
import { type ExpectedFile, expectedFile, fileOf } from '../support/report-oracle.ts'
import { eventsOf, filesOf, startReportProcess } from '../support/report-processes.ts'
import { askForReport, download, newReportShop, reportThatIs, type ServiceClient } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from '../support/small-disk.ts'
import type { TestShop } from '../support/shop.ts'

const skip = whyNoSmallDisk()
const DISK_MB = 8
/** More than fits. */
const LINES = 85_000
/** A day of the year that has been recorded, and fits. */
const DAY = { from: '2025-03-01T00:00:00Z', to: '2025-03-02T00:00:00Z' }
const urlOf = (folder: string): string => pathToFileURL(folder).href

/** The report has failed with this code: it says so itself, its event does, once, and nothing is left of its file. */
async function assertFailed(
	shop: TestShop,
	service: ServiceClient,
	{ id, code, folder }: Record<'id' | 'code' | 'folder', string>,
) {
	const report = await reportThatIs('failed', service, id)
	assert.deepEqual([report.error.code, report.lines, report.bytes, report.sha256], [code, 0, 0, null])
	const { value, headers } = await shop.topics.find('reports', ({ key }) => key === id)
	assert.deepEqual([headers['ce_type'], value.result, value.error.code], ['report.failed', 'fail', code])
	assert.deepEqual(await eventsOf(shop, id), ['report.failed'])
	assert.deepEqual(await filesOf(join(folder, 'reports'), id), [])
	const { status, body } = await service.get(`/reports/${id}/file`)
	assert.deepEqual([status, body.code, body.error.code], [409, 'report_failed', code])
}

async function assertMade(shop: TestShop, service: ServiceClient, { id, expected }: { id: string; expected: ExpectedFile }) {
	const { lines, bytes, sha256 } = await reportThatIs('completed', service, id)
	assert.deepEqual({ lines, bytes, sha256 }, expected)
	assert.deepEqual(fileOf(Buffer.from(await (await download(shop, service, id)).arrayBuffer())), expected)
	await shop.topics.find('reports', ({ key }) => key === id)
	assert.deepEqual(await eventsOf(shop, id), ['report.completed'])
}

suite(`On a disk of ${DISK_MB} MB`, { skip }, () => {
	let disk: SmallDisk
	let shop: TestShop
	let service: ServiceClient
	before(async () => {
		disk = mountSmallDisk(DISK_MB)
		;({ shop, service } = await newReportShop({ REPORTS_URL: urlOf(disk.folder), REPORT_CONCURRENCY: '2' }))
		await recordManySales(shop.sql, LINES)
	})

	test('reports that do not fit fail and leave nothing, orders go on meanwhile, and after room is made they are made', async (t) => {
		const people = await registerPeople(shop, 3)
		let over = false
		const placed: string[] = []
		await putProducts(shop, { id: 1_000_000 })
		const buying = Promise.all(
			people.map(async (person) => {
				while (!over) {
					assert.equal((await person.put('/cart/items/1000000', { body: { quantity: 1 } })).status, 200)
					const wish = { headers: { 'idempotency-key': randomUUID() }, body: { phone: person.phone, delivery: PICKUP } }
					const { status, body } = await person.post('/orders', wish)
					assert.equal(status, 201)
					placed.push(body.id)
				}
			}),
		)
		const ids = await Promise.all([askForReport(service), askForReport(service), askForReport(service)])
		for (const id of ids) await assertFailed(shop, service, { id, code: 'storage_full', folder: disk.folder })
		over = true
		await buying
		const [row] = await shop.sql<[{ there: number }]>`
			select count(*) as there from orders where id in (select value::uuid from json_array_elements_text(${shop.sql.typed.json(placed)}))`
		assert.equal(row.there, placed.length)
		t.diagnostic(`3 reports failed, ${placed.length} orders were placed meanwhile`)

		await assertMade(shop, service, { id: await askForReport(service, DAY), expected: await expectedFile(shop.sql, DAY) })
		disk.resize(DISK_MB * 4)
		await assertMade(shop, service, { id: await askForReport(service), expected: await expectedFile(shop.sql) })
		for (const id of ids) assert.equal((await service.get(`/reports/${id}`)).body.status, 'failed')
	})

	test('that is full to the last byte even the shortest report fails', async () => {
		disk.fill(0)
		const id = await askForReport(service, DAY)
		await assertFailed(shop, service, { id, code: 'storage_full', folder: disk.folder })
		disk.makeRoom()
		await assertMade(shop, service, { id: await askForReport(service, DAY), expected: await expectedFile(shop.sql, DAY) })
	})

	test('nothing is left but the files of completed reports', async () => {
		const completed = await shop.sql<{ id: string }[]>`select id from reports where status = 'completed'`
		assert.deepEqual((await readdir(join(disk.folder, 'reports'))).sort(), completed.map(({ id }) => `${id}.jsonl`).sort())
	})
})

suite('A folder of reports', () => {
	test('that has become read-only: reports fail, those that are there can be fetched, and all goes on when it is writable', {
		skip,
	}, async () => {
		const disk = mountSmallDisk(DISK_MB)
		const { shop, service } = await newReportShop({ REPORTS_URL: urlOf(disk.folder) })
		await recordSales(shop.sql, [{ lines: [{ name: 'велосипед_10' }] }])
		const expected = await expectedFile(shop.sql)
		const before = await askForReport(service)
		await assertMade(shop, service, { id: before, expected })
		disk.setReadOnly(true)
		const id = await askForReport(service)
		await assertFailed(shop, service, { id, code: 'storage_refused', folder: disk.folder })
		await assertMade(shop, service, { id: before, expected })
		disk.setReadOnly(false)
		await assertMade(shop, service, { id: await askForReport(service), expected })
	})

	test('to which the worker has no right: reports fail, and all goes on when it has', {
		skip: process.platform === 'win32',
	}, async () => {
		const folder = await mkdtemp(join(tmpdir(), 'prilavok-reports-'))
		atEnd(() => rm(folder, { recursive: true, force: true }))
		const { shop, service } = await newReportShop({ ROLE: 'api', REPORTS_URL: urlOf(folder) })
		await recordSales(shop.sql, [{ lines: [{ name: 'велосипед_10' }] }])
		await startReportProcess(shop, WITHOUT_ROOTS_RIGHTS)
		await chmod(folder, 0)
		const id = await askForReport(service)
		await assertFailed(shop, service, { id, code: 'storage_refused', folder })
		await chmod(folder, 0o700)
		const next = await askForReport(service)
		await assertMade(shop, service, { id: next, expected: await expectedFile(shop.sql) })
		assert.deepEqual(await readdir(join(folder, 'reports')), [`${next}.jsonl`])
	})
})

/** What a program is run by so that the rights of files hold for it: for root they do not. */
const WITHOUT_ROOTS_RIGHTS = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []
