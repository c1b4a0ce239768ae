import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { before, suite, test } from 'node:test'
import { createReportsCleanUp } from '../../src/modules/reports/index.ts'
import { StorageError } from '../../src/platform/files/errors.ts'
import type { Files } from '../../src/platform/files/port.ts'
import { eventually } from '../support/eventually.ts'
import { newWorkShop, type WorkShop } from '../support/report-workers.ts'
import { askForReport, download, reportThatIs } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import { startTestShop } from '../support/shop.ts'

let work: WorkShop
let service: WorkShop['service']
before(async () => {
	work = await newWorkShop()
	;({ service } = work)
	await recordSales(work.shop.sql, [{ lines: [{ name: 'велосипед_10' }] }])
})

/** Completed reports that were made so many days ago. */
async function oldReports(count: number, days: number): Promise<string[]> {
	const worker = work.startWorker()
	const ids = await Promise.all(Array.from({ length: count }, () => askForReport(service)))
	for (const id of ids) await reportThatIs('completed', service, id)
	await worker.close()
	await work.shop.sql`
		update reports set completed_at = now() - ${days} * interval '1 day' where id in ${work.shop.sql(ids)}`
	return ids
}

const cleanUp = (files: Files = work.files) => createReportsCleanUp(work.shop.service, files)()
const look = async (id: string) => (await service.get(`/reports/${id}`)).body
/** As if the time after which a removal is tried again had passed. */
const passTime = (id: string) => work.shop.sql`update reports set remove_file_at = now() where id = ${id}`
const isDone = async (id: string) =>
	(await work.shop.sql`select from reports where id = ${id} and remove_file_at is null`).count === 1

suite('A report older than REPORT_KEEP_DAYS', () => {
	test('loses its file and says so; what it was stays', async () => {
		const [id = ''] = await oldReports(1, 91)
		const before = await look(id)
		await cleanUp()
		assert.deepEqual(await look(id), { ...before, status: 'expired' })
		assert.deepEqual([before.lines, before.estimate], [1, { lines_total: 1, seconds_left: 0 }])
		assert.deepEqual(await work.filesOf(id), [])
		for (const [locale, title] of [
			['en', /ask for a new report/],
			['ru', /запросите новый отчёт/],
		] as const) {
			const { status, body } = await service.get(`/reports/${id}/file`, { headers: { 'accept-language': locale } })
			assert.deepEqual([status, body.code], [410, 'report_expired'])
			assert.match(body.title, title)
		}
		assert.equal((await download(work.shop, service, id, { method: 'HEAD' })).status, 410)
		assert.deepEqual(
			(await work.eventsOf(id)).map(({ type }) => type),
			['report.completed'],
		)
	})

	test('is one by the setting, and to the day', async () => {
		const [young = '', old = ''] = [...(await oldReports(1, 2.9)), ...(await oldReports(1, 3.1))]
		const other = await startTestShop({ ...work.shop.settings, ROLE: 'worker', REPORT_KEEP_DAYS: '3' })
		await eventually(async () => {
			assert.equal((await look(old)).status, 'expired')
			assert.deepEqual(await work.filesOf(old), [])
		})
		await other.close()
		assert.equal((await look(young)).status, 'completed')
		assert.equal((await download(work.shop, service, young)).status, 200)
	})

	test('goes once, however many clean up at once', async () => {
		const ids = await oldReports(25, 100)
		const removed: string[] = []
		const counting: Files = {
			...work.files,
			async remove(name) {
				removed.push(name)
				await work.files.remove(name)
			},
		}
		await Promise.all([cleanUp(counting), cleanUp(counting), cleanUp(counting)])
		assert.deepEqual(removed.toSorted(), ids.map((id) => `reports/${id}.jsonl`).toSorted())
		for (const id of ids) {
			assert.equal((await look(id)).status, 'expired')
			assert.ok(await isDone(id))
		}
	})

	test('is read to its end by who began before', async () => {
		const [id = ''] = await oldReports(1, 91)
		const reading = createReadStream(join(work.folder, 'reports', `${id}.jsonl`))
		const { promise: opened, resolve } = Promise.withResolvers<void>()
		reading.once('open', () => resolve())
		await opened
		await cleanUp()
		assert.equal((await buffer(reading)).length, (await look(id)).bytes)
	})
})

suite('Whatever happens between the status and the file', () => {
	test('nobody is sent to a file that is being removed', async () => {
		const [id = ''] = await oldReports(1, 91)
		const seen: number[] = []
		await cleanUp({
			...work.files,
			async remove(name) {
				seen.push((await download(work.shop, service, id)).status)
				await work.files.remove(name)
				seen.push((await download(work.shop, service, id)).status)
			},
		})
		assert.deepEqual(seen, [410, 410])
	})

	test('one who saw the report before it expired, and comes to the file after, is told the same', async () => {
		const [id = ''] = await oldReports(1, 1)
		await work.files.remove(`reports/${id}.jsonl`)
		assert.equal((await service.get(`/reports/${id}/file`)).body.code, 'report_file_not_found')
		await work.shop.sql`update reports set status = 'expired' where id = ${id}`
		assert.equal((await service.get(`/reports/${id}/file`)).body.code, 'report_expired')
	})

	test('a worker that dies there leaves the file to another one', async () => {
		const [id = ''] = await oldReports(1, 91)
		// It never comes back from the storage, as one that was killed.
		void cleanUp({ ...work.files, remove: () => Promise.withResolvers<void>().promise })
		await reportThatIs('expired', service, id)
		await cleanUp()
		assert.deepEqual(await work.filesOf(id), [`${id}.jsonl`], 'for a while it is the first one’s')
		await passTime(id)
		await cleanUp()
		assert.deepEqual(await work.filesOf(id), [])
		assert.ok(await isDone(id))
	})

	test('a file that the storage does not give up is tried again, and keeps no other', async () => {
		const [first = '', second = ''] = await oldReports(2, 91)
		await cleanUp({
			...work.files,
			async remove(name) {
				if (name.includes(first)) throw new StorageError('unavailable', 'could not remove it', undefined)
				await work.files.remove(name)
			},
		})
		assert.deepEqual([(await work.filesOf(first)).length, (await work.filesOf(second)).length], [1, 0])
		await passTime(first)
		await cleanUp()
		assert.deepEqual(await work.filesOf(first), [])
		assert.equal((await look(first)).status, 'expired')
	})
})

suite('A report that has failed', () => {
	test('has no file, not even one that an attempt had finished and the storage did not give up at once', async () => {
		const id = await askForReport(service)
		await writeFile(join(work.folder, 'reports', `${id}.jsonl`), 'whole\n')
		await work.shop.sql`update reports set failures = 3 where id = ${id}`
		const worker = work.startWorker({}, { ...work.files, remove: () => Promise.reject(new Error('away')) })
		await reportThatIs('failed', service, id)
		await worker.close()
		assert.deepEqual(await work.filesOf(id), [`${id}.jsonl`])
		await cleanUp()
		assert.deepEqual(await work.filesOf(id), [])
	})

	test('is looked at once more a day later: a worker that was frozen may have woken up since', async () => {
		const id = await askForReport(service)
		await work.shop.sql`update reports set failures = 3 where id = ${id}`
		const worker = work.startWorker()
		await reportThatIs('failed', service, id)
		await worker.close()
		await writeFile(join(work.folder, 'reports', `${id}.jsonl`), 'late\n')
		await cleanUp()
		assert.deepEqual(await work.filesOf(id), [`${id}.jsonl`])
		await work.shop.sql`
			update reports set completed_at = completed_at - interval '1 day', remove_file_at = remove_file_at - interval '1 day'
			where id = ${id}`
		await cleanUp()
		assert.deepEqual(await work.filesOf(id), [])
		assert.ok(await isDone(id))
	})

	test('and none of all these has left a half-written file', async () => {
		const names = await readdir(join(work.folder, 'reports'))
		assert.deepEqual(
			names.filter((name) => name.endsWith('.part')),
			[],
		)
	})
})
