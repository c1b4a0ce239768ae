import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Files } from '../../src/platform/files/port.ts'
import { eventually } from '../support/eventually.ts'
import { LIMITS, newWorkShop, type WorkShop } from '../support/report-workers.ts'
import { askForReport, reportThatIs } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'

/** Longer than the database needs for more of a report. */
const STORAGE_PAUSE_MS = 20

let work: WorkShop
let shop: WorkShop['shop']
let service: WorkShop['service']
before(async () => {
	work = await newWorkShop()
	;({ shop, service } = work)
	await recordSales(shop.sql, [{ lines: [{ name: 'велосипед_10' }] }, { lines: [{ name: 'насос' }] }])
})

suite('A report is made once, whatever happens to its worker', () => {
	test('several workers at once make it once', async () => {
		const workers = [work.startWorker(), work.startWorker(), work.startWorker()]
		const ids = await Promise.all(Array.from({ length: 10 }, () => askForReport(service)))
		for (const id of ids) {
			await reportThatIs('completed', service, id)
			assert.equal((await work.eventsOf(id)).length, 1)
			assert.deepEqual(await work.filesOf(id), [`${id}.jsonl`])
		}
		await Promise.all(workers.map((worker) => worker.close()))
		const [row] = await shop.sql<[{ attempts: number }]>`select max(attempt) as attempts from reports`
		assert.equal(row.attempts, 1)
	})

	test('a worker that died is followed by another one when its lease has expired', async () => {
		const id = await askForReport(service)
		await shop.sql`update reports set status = 'running', attempt = 1, lease_until = now() + interval '1 second' where id = ${id}`
		const worker = work.startWorker()
		await reportThatIs('completed', service, id)
		const [row] = await shop.sql`select attempt, failures, lease_until > completed_at as early from reports where id = ${id}`
		assert.deepEqual(row, { attempt: 2, failures: 1, early: null })
		await worker.close()
	})

	test('a worker whose report was taken over stops, and publishes nothing', async () => {
		const release = await work.holdOrders()
		const id = await askForReport(service)
		const worker = work.startWorker({ leaseMs: 300 })
		await work.oneReads()
		await shop.sql`update reports set attempt = attempt + 1, lease_until = now() + interval '1 hour' where id = ${id}`
		await eventually(async () => assert.deepEqual(await work.reading(), []))
		await release()
		await worker.close()
		assert.deepEqual(await work.eventsOf(id), [])
		assert.deepEqual(await work.filesOf(id), [])
		assert.equal((await service.get(`/reports/${id}`)).body.status, 'running')
		await shop.sql`update reports set lease_until = now() where id = ${id}`
		const next = work.startWorker()
		await reportThatIs('completed', service, id)
		await next.close()
	})

	test('a worker that does not know that it was overtaken publishes nothing, and its file is the next one’s', async () => {
		const release = await work.holdOrders()
		const id = await askForReport(service)
		const worker = work.startWorker()
		await work.oneReads()
		await shop.sql`update reports set attempt = attempt + 1, lease_until = now() + interval '1 hour' where id = ${id}`
		await release()
		await eventually(async () => assert.deepEqual(await work.filesOf(id), [`${id}.jsonl`]))
		await worker.close()
		assert.deepEqual(await work.eventsOf(id), [])
		assert.equal((await service.get(`/reports/${id}`)).body.status, 'running')
		await recordSales(shop.sql, [{ lines: [{ name: 'sold after the file was written' }] }])
		await shop.sql`update reports set lease_until = now() where id = ${id}`
		const next = work.startWorker()
		const { sha256 } = await reportThatIs('completed', service, id)
		await next.close()
		const file = await readFile(join(work.folder, 'reports', `${id}.jsonl`))
		assert.equal(createHash('sha256').update(file).digest('hex'), sha256)
		assert.equal((await work.eventsOf(id)).length, 1)
	})

	test('a worker that died between its file and its event: the next one tells of that very file', async () => {
		const id = await askForReport(service)
		await mkdir(join(work.folder, 'reports'), { recursive: true })
		await writeFile(join(work.folder, 'reports', `${id}.jsonl`), '{"a line": "of the attempt before"}\n')
		const worker = work.startWorker()
		const report = await reportThatIs('completed', service, id)
		assert.deepEqual([report.lines, report.bytes], [1, 36])
		const [event] = await work.eventsOf(id)
		assert.equal(event.sha256, report.sha256)
		assert.equal(await readFile(join(work.folder, event.file), 'utf8'), '{"a line": "of the attempt before"}\n')
		await worker.close()
	})

	test('a worker that is closed gives back what it can’t finish, and that is no failure', async () => {
		const release = await work.holdOrders()
		const id = await askForReport(service)
		const worker = work.startWorker()
		await work.oneReads()
		await worker.close()
		assert.deepEqual(await work.reading(), [])
		const [row] = await shop.sql`select status, attempt, failures from reports where id = ${id}`
		assert.deepEqual(row, { status: 'pending', attempt: 1, failures: 0 })
		assert.deepEqual(await work.filesOf(id), [])
		await release()
		const next = work.startWorker()
		await reportThatIs('completed', service, id)
		await next.close()
	})
})

suite('What may pass is tried again', () => {
	test('a connection that breaks in the middle', async () => {
		const release = await work.holdOrders()
		const id = await askForReport(service)
		const worker = work.startWorker()
		const [pid = 0] = await work.oneReads()
		await shop.sql`select pg_terminate_backend(${pid})`
		await release()
		const report = await reportThatIs('completed', service, id)
		assert.equal(report.lines, 3)
		assert.equal((await work.eventsOf(id)).length, 1)
		const [row] = await shop.sql`select attempt, failures from reports where id = ${id}`
		assert.deepEqual(row, { attempt: 2, failures: 1 })
		await worker.close()
	})

	test('but not for ever: after so many failures the report has failed', async () => {
		const id = await askForReport(service)
		await shop.sql`update reports set failures = ${LIMITS.failuresMax} where id = ${id}`
		const worker = work.startWorker()
		const report = await reportThatIs('failed', service, id)
		assert.equal(report.error.code, 'internal')
		const [event] = await work.eventsOf(id)
		assert.equal(event.type, 'report.failed')
		await worker.close()
	})
})

/** A storage that begins to take what it is given only when all of it lies ready. */
function slowFiles(): Files {
	const { files } = work
	async function* slowly(source: AsyncIterable<Uint8Array>) {
		for await (const chunk of source) {
			await sleep(STORAGE_PAUSE_MS)
			yield chunk
		}
	}
	return { ...files, write: (name, source, signal) => files.write(name, slowly(source), signal) }
}

suite('A storage that is slower than the database', () => {
	test('gets all of it, however long the report is', async () => {
		const worker = work.startWorker({}, slowFiles())
		// From less than what the driver reads at once to several times as much: about 90 bytes a line.
		for (let added = 0; added < 3_000; added += 300) {
			await recordSales(shop.sql, [{ lines: Array.from({ length: 300 }, () => ({ name: 'велосипед_10' })) }])
			await reportThatIs('completed', service, await askForReport(service))
		}
		await worker.close()
	})
})

suite('What takes too long', () => {
	test('is given up, with the advice to ask for less', async () => {
		const release = await work.holdOrders()
		const id = await askForReport(service)
		const worker = work.startWorker({ timeoutMs: 300 })
		const report = await reportThatIs('failed', service, id)
		assert.equal(report.error.code, 'too_long')
		assert.deepEqual(await work.filesOf(id), [])
		const [event] = await work.eventsOf(id)
		assert.deepEqual([event.type, event.error.code], ['report.failed', 'too_long'])
		await release()
		await worker.close()
	})
})
