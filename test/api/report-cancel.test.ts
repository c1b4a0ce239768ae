import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createReportsCleanUp } from '../../src/modules/reports/index.ts'
import type { Files } from '../../src/platform/files/port.ts'
import { eventually } from '../support/eventually.ts'
import { newWorkShop, type WorkShop } from '../support/report-workers.ts'
import { askForReport, reportThatIs } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'

/** What "within a second or two" is. */
const SOON_MS = 2_000

let work: WorkShop
let service: WorkShop['service']
before(async () => {
	work = await newWorkShop()
	;({ service } = work)
	await recordSales(work.shop.sql, [{ lines: [{ name: 'велосипед_10' }] }, { lines: [{ name: 'насос' }] }])
})

const cancel = (id: string, locale = 'en') => service.delete(`/reports/${id}`, { headers: { 'accept-language': locale } })

/** Fails unless the report has ended as cancelled, with one event, and nothing of a file. */
async function assertCancelled(id: string): Promise<void> {
	const { body } = await service.get(`/reports/${id}`, { headers: { 'accept-language': 'en' } })
	assert.deepEqual([body.status, body.error.code, body.lines, body.bytes, body.estimate], ['failed', 'cancelled', 0, 0, null])
	assert.notEqual(body.completed_at, null)
	const [event, ...more] = await work.eventsOf(id)
	assert.deepEqual(event, { type: 'report.failed', report_id: id, number: body.number, result: 'fail', error: body.error })
	assert.deepEqual(more, [])
	await eventually(async () => assert.deepEqual(await work.filesOf(id), []), SOON_MS)
}

suite('A report that is cancelled', () => {
	test('while it waits has failed at once, and is never made', async () => {
		const id = await askForReport(service)
		const { status, body } = await cancel(id)
		assert.deepEqual([status, body.status, body.error.code], [200, 'failed', 'cancelled'])
		assert.match(body.error.message, /^The report was cancelled/)
		assert.match((await cancel(id, 'ru')).body.error.message, /^Отчёт отменён/)
		const worker = work.startWorker()
		await reportThatIs('completed', service, await askForReport(service))
		await worker.close()
		await assertCancelled(id)
	})

	test('while it is made has failed at once, and its reading and its file end within two seconds', async () => {
		const release = await work.holdOrders()
		const id = await askForReport(service)
		const worker = work.startWorker()
		await work.oneReads()
		assert.notDeepEqual(await eventually(async () => work.filesOf(id)), [])
		assert.equal((await cancel(id)).body.status, 'failed')
		await eventually(async () => assert.deepEqual(await work.reading(), []), SOON_MS)
		await assertCancelled(id)
		await release()
		const next = await reportThatIs('completed', service, await askForReport(service))
		assert.equal(next.lines, 2)
		await worker.close()
		await assertCancelled(id)
	})

	test('again, and by several at once, gets the same answer', async () => {
		const id = await askForReport(service)
		const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(id)))
		const later = await cancel(id)
		assert.deepEqual(new Set([...answers, later].map(({ status, text }) => `${status} ${text}`)).size, 1)
		assert.equal(later.status, 200)
		await assertCancelled(id)
	})

	test('by its id in capitals is the same report, and what an attempt has left of it goes', async () => {
		const id = await askForReport(service)
		await work.shop.sql`update reports set attempt = 1 where id = ${id}`
		await mkdir(join(work.folder, 'reports'), { recursive: true })
		await writeFile(join(work.folder, 'reports', `${id}.jsonl`), '')
		assert.equal((await cancel(id.toUpperCase())).body.report_id, id)
		await assertCancelled(id)
	})

	test('has no file to download, and says so', async () => {
		const id = await askForReport(service)
		await cancel(id)
		const { status, body } = await service.get(`/reports/${id}/file`)
		assert.deepEqual([status, body.code, body.error.code], [409, 'report_failed', 'cancelled'])
	})

	test('leaves nothing of what an earlier attempt had written', async () => {
		const id = await askForReport(service)
		await mkdir(join(work.folder, 'reports'), { recursive: true })
		await writeFile(join(work.folder, 'reports', `${id}.jsonl`), 'of an attempt that was given back\n')
		await work.shop.sql`update reports set attempt = 1 where id = ${id}`
		await cancel(id)
		await assertCancelled(id)
	})

	test('leaves nothing when its worker is dead either', async () => {
		const id = await askForReport(service)
		const part = join(work.folder, 'reports', `${id}.jsonl.${randomUUID()}.part`)
		await writeFile(part, 'half a')
		await work.shop.sql`
			update reports set status = 'running', attempt = 1, lease_until = now() + interval '1 second' where id = ${id}`
		await cancel(id)
		const cleanUp = createReportsCleanUp(work.shop.service, work.files)
		await cleanUp()
		assert.equal(await readFile(part, 'utf8'), 'half a', 'until the lease expires it is its worker’s')
		await eventually(async () => {
			await cleanUp()
			await assertCancelled(id)
		})
	})
})

suite('A report that is finished can’t be cancelled', () => {
	test('completed, failed or expired it is refused with the status, and stays as it is', async () => {
		const worker = work.startWorker()
		const id = await askForReport(service)
		await reportThatIs('completed', service, id)
		await worker.close()
		for (const status of ['completed', 'expired', 'failed']) {
			const code = status === 'failed' ? 'internal' : null
			await work.shop.sql`update reports set status = ${status}, error_code = ${code} where id = ${id}`
			const before = await service.get(`/reports/${id}`)
			const answer = await cancel(id)
			assert.deepEqual([answer.status, answer.body.code, answer.body.report_status], [409, 'report_finished', status])
			assert.equal((await service.get(`/reports/${id}`)).text, before.text)
		}
		assert.equal((await work.eventsOf(id)).length, 1)
	})

	test('one that does not exist is not found', async () => {
		const { status, body } = await cancel(randomUUID())
		assert.deepEqual([status, body.code], [404, 'report_not_found'])
	})
})

suite('Against its completion at the same moment', () => {
	test('a cancellation wins or loses, and never both or none', async (t) => {
		const cancelling = new Map<string, Promise<number>>()
		// Asked for between the file's being there and the report's being completed, which come now sooner, now later.
		const storage: Files = {
			...work.files,
			async write(name, source, signal) {
				const outcome = await work.files.write(name, source, signal)
				const id = name.slice('reports/'.length, -'.jsonl'.length)
				cancelling.set(
					id,
					cancel(id).then(({ status }) => status),
				)
				await sleep(cancelling.size % 20)
				return outcome
			},
		}
		const workers = [work.startWorker({}, storage), work.startWorker({}, storage), work.startWorker({}, storage)]
		const ids = await Promise.all(Array.from({ length: 60 }, () => askForReport(service)))
		let won = 0
		for (const id of ids) {
			const status = await eventually(async () => cancelling.get(id) ?? assert.fail('it has not been written yet'))
			if (status === 200) {
				won++
				await assertCancelled(id)
				continue
			}
			assert.equal(status, 409)
			assert.equal((await service.get(`/reports/${id}`)).body.status, 'completed')
			assert.deepEqual(await work.filesOf(id), [`${id}.jsonl`])
			assert.deepEqual(
				(await work.eventsOf(id)).map(({ type }) => type),
				['report.completed'],
			)
		}
		await Promise.all(workers.map((worker) => worker.close()))
		t.diagnostic(`${won} of ${ids.length} were cancelled`)
	})

	test('one that comes just before it wins, and the file that was finished goes', async () => {
		let answered: Promise<unknown> = Promise.resolve()
		const storage: Files = {
			...work.files,
			async write(name, source, signal) {
				const outcome = await work.files.write(name, source, signal)
				answered = cancel(name.slice('reports/'.length, -'.jsonl'.length))
				await answered
				return outcome
			},
		}
		const worker = work.startWorker({}, storage)
		const id = await askForReport(service)
		await reportThatIs('failed', service, id)
		await answered
		await assertCancelled(id)
		await worker.close()
	})
})
