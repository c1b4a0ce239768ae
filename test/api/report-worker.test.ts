import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { startReportWorker } from '../../src/modules/reports/index.ts'
import { createFiles, type Files } from '../../src/platform/files/port.ts'
import { eventually } from '../support/eventually.ts'
import { askForReport, newReportShop, reportThatIs, type ServiceClient } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import type { TestShop } from '../support/shop.ts'

/** A shop whose workers are started by the test, one by one; the relay of events is one of those it does without. */
let shop: TestShop
let service: ServiceClient
before(async () => {
	;({ shop, service } = await newReportShop({ ROLE: 'api' }))
	await recordSales(shop.sql, [{ lines: [{ name: 'велосипед_10' }] }, { lines: [{ name: 'насос' }] }])
})

const folder = () => resolve(shop.settings['DATA_DIR'] ?? '')
/** Longer than the database needs for more of a report. */
const STORAGE_PAUSE_MS = 20
const LIMITS = { timeoutMs: 60_000, leaseMs: 15_000, failuresMax: 3, retryFirstMs: 10, finishMs: 100 }

function startWorker(given: Partial<typeof LIMITS> = {}) {
	const worker = startReportWorker(shop.service, createFiles(pathToFileURL(folder()).href), { ...LIMITS, ...given })
	after(() => worker.close())
	return worker
}

/** The events of a report, as they wait for the relay. */
async function eventsOf(id: string) {
	const rows = await shop.sql<{ value: Buffer; type: string }[]>`
		select type, value from outbox where topic = ${shop.service.topicNames.reports} and key = convert_to(${id}, 'UTF8')`
	return rows.map(({ type, value }) => ({ type, ...JSON.parse(value.toString()) }))
}

/** Keeps every reader of the orders waiting until it is let go, so that a report stays in the middle of being made. */
async function holdOrders(): Promise<() => Promise<void>> {
	const { promise: released, resolve: release } = Promise.withResolvers<void>()
	const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
	const holding = shop.sql.begin(async (tx) => {
		await tx`lock table orders in access exclusive mode`
		isLocked()
		await released
	})
	await locked
	return async () => {
		release()
		await holding
	}
}

/** The backends in which a COPY of this database is under way. */
const copying = async (): Promise<number[]> => {
	const rows = await shop.sql<{ pid: number }[]>`
		select pid from pg_stat_activity where datname = current_database() and state = 'active' and query ilike '%copy (%to stdout%'
			and pid <> pg_backend_pid()`
	return rows.map(({ pid }) => pid)
}

const oneCopies = () =>
	eventually(async () => {
		const pids = await copying()
		assert.equal(pids.length, 1)
		return pids
	})

const filesOf = async (id: string) => (await readdir(join(folder(), 'reports'))).filter((name) => name.startsWith(id))

suite('A report is made once, whatever happens to its worker', () => {
	test('several workers at once make it once', async () => {
		const workers = [startWorker(), startWorker(), startWorker()]
		const ids = await Promise.all(Array.from({ length: 10 }, () => askForReport(service)))
		for (const id of ids) {
			await reportThatIs('completed', service, id)
			assert.equal((await eventsOf(id)).length, 1)
			assert.deepEqual(await filesOf(id), [`${id}.jsonl`])
		}
		await Promise.all(workers.map((worker) => worker.close()))
		const [row] = await shop.sql<[{ attempts: number }]>`select max(attempt) as attempts from reports`
		assert.equal(row.attempts, 1)
	})

	test('a worker that died is followed by another one when its lease has expired', async () => {
		const id = await askForReport(service)
		await shop.sql`update reports set status = 'running', attempt = 1, lease_until = now() + interval '1 second' where id = ${id}`
		const worker = startWorker()
		await reportThatIs('completed', service, id)
		const [row] = await shop.sql`select attempt, failures, lease_until > completed_at as early from reports where id = ${id}`
		assert.deepEqual(row, { attempt: 2, failures: 1, early: null })
		await worker.close()
	})

	test('a worker whose report was taken over stops, and publishes nothing', async () => {
		const release = await holdOrders()
		const id = await askForReport(service)
		const worker = startWorker({ leaseMs: 300 })
		await oneCopies()
		await shop.sql`update reports set attempt = attempt + 1, lease_until = now() + interval '1 hour' where id = ${id}`
		await eventually(async () => assert.deepEqual(await copying(), []))
		await release()
		await worker.close()
		assert.deepEqual(await eventsOf(id), [])
		assert.deepEqual(await filesOf(id), [])
		assert.equal((await service.get(`/reports/${id}`)).body.status, 'running')
		await shop.sql`update reports set lease_until = now() where id = ${id}`
		const next = startWorker()
		await reportThatIs('completed', service, id)
		await next.close()
	})

	test('a worker that does not know that it was overtaken publishes nothing, and its file is the next one’s', async () => {
		const release = await holdOrders()
		const id = await askForReport(service)
		const worker = startWorker()
		await oneCopies()
		await shop.sql`update reports set attempt = attempt + 1, lease_until = now() + interval '1 hour' where id = ${id}`
		await release()
		await eventually(async () => assert.deepEqual(await filesOf(id), [`${id}.jsonl`]))
		await worker.close()
		assert.deepEqual(await eventsOf(id), [])
		assert.equal((await service.get(`/reports/${id}`)).body.status, 'running')
		await recordSales(shop.sql, [{ lines: [{ name: 'sold after the file was written' }] }])
		await shop.sql`update reports set lease_until = now() where id = ${id}`
		const next = startWorker()
		const { sha256 } = await reportThatIs('completed', service, id)
		await next.close()
		const file = await readFile(join(folder(), 'reports', `${id}.jsonl`))
		assert.equal(createHash('sha256').update(file).digest('hex'), sha256)
		assert.equal((await eventsOf(id)).length, 1)
	})

	test('a worker that died between its file and its event: the next one tells of that very file', async () => {
		const id = await askForReport(service)
		await mkdir(join(folder(), 'reports'), { recursive: true })
		await writeFile(join(folder(), 'reports', `${id}.jsonl`), '{"a line": "of the attempt before"}\n')
		const worker = startWorker()
		const report = await reportThatIs('completed', service, id)
		assert.deepEqual([report.lines, report.bytes], [1, 36])
		const [event] = await eventsOf(id)
		assert.equal(event.sha256, report.sha256)
		assert.equal(await readFile(join(folder(), event.file), 'utf8'), '{"a line": "of the attempt before"}\n')
		await worker.close()
	})

	test('a worker that is closed gives back what it can’t finish, and that is no failure', async () => {
		const release = await holdOrders()
		const id = await askForReport(service)
		const worker = startWorker()
		await oneCopies()
		await worker.close()
		assert.deepEqual(await copying(), [])
		const [row] = await shop.sql`select status, attempt, failures from reports where id = ${id}`
		assert.deepEqual(row, { status: 'pending', attempt: 1, failures: 0 })
		assert.deepEqual(await filesOf(id), [])
		await release()
		const next = startWorker()
		await reportThatIs('completed', service, id)
		await next.close()
	})
})

suite('What may pass is tried again', () => {
	test('a connection that breaks in the middle', async () => {
		const release = await holdOrders()
		const id = await askForReport(service)
		const worker = startWorker()
		const [pid = 0] = await oneCopies()
		await shop.sql`select pg_terminate_backend(${pid})`
		await release()
		const report = await reportThatIs('completed', service, id)
		assert.equal(report.lines, 3)
		assert.equal((await eventsOf(id)).length, 1)
		const [row] = await shop.sql`select attempt, failures from reports where id = ${id}`
		assert.deepEqual(row, { attempt: 2, failures: 1 })
		await worker.close()
	})

	test('but not for ever: after so many failures the report has failed', async () => {
		const id = await askForReport(service)
		await shop.sql`update reports set failures = ${LIMITS.failuresMax} where id = ${id}`
		const worker = startWorker()
		const report = await reportThatIs('failed', service, id)
		assert.equal(report.error.code, 'internal')
		const [event] = await eventsOf(id)
		assert.equal(event.type, 'report.failed')
		await worker.close()
	})
})

/** A storage that begins to take what it is given only when all of it lies ready. */
function slowFiles(): Files {
	const files = createFiles(pathToFileURL(folder()).href)
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
		const worker = startReportWorker(shop.service, slowFiles(), LIMITS)
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
		const release = await holdOrders()
		const id = await askForReport(service)
		const worker = startWorker({ timeoutMs: 300 })
		const report = await reportThatIs('failed', service, id)
		assert.equal(report.error.code, 'too_long')
		assert.deepEqual(await filesOf(id), [])
		const [event] = await eventsOf(id)
		assert.deepEqual([event.type, event.error.code], ['report.failed', 'too_long'])
		await release()
		await worker.close()
	})
})
