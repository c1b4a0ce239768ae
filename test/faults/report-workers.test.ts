import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { pino } from 'pino'
import { openDatabase } from '../../src/platform/db/database.ts'
import { eventually } from '../support/eventually.ts'
import { recordManySales } from '../support/many-sales.ts'
import type { ServiceProcess } from '../support/process.ts'
import { type ExpectedFile, expectedFile, fileOf } from '../support/report-oracle.ts'
import { eventsOf, filesOf, startReportProcess, writtenUpTo } from '../support/report-processes.ts'
import { askForReport, download, newReportShop, reportThatIs, type ServiceClient } from '../support/reports.ts'
import type { TestShop } from '../support/shop.ts'

const LINES = 1_000_000
/** A worker holds a report for 15 s without a sign of life; then the next one makes it. */
const TAKEN_OVER_WITHIN_MS = 60_000
/** How many workers die one after another over one report: fewer than it may lose. */
const DEATHS = 4

let shop: TestShop
let service: ServiceClient
let folder: string
let expected: ExpectedFile
before(async () => {
	;({ shop, service } = await newReportShop({ ROLE: 'api' }))
	folder = join(shop.settings['DATA_DIR'] ?? '', 'reports')
	// The shop's own connections take a database for gone that is silent for as long as this may take.
	const log = pino({ level: 'silent' })
	const patient = openDatabase({ url: shop.settings['DATABASE_URL'] ?? '', log, name: 'test', statementTimeoutMs: 0 })
	await recordManySales(patient.sql, LINES)
	expected = await expectedFile(patient.sql)
	await patient.close()
	assert.ok(expected.lines >= LINES)
})

async function end(worker: ServiceProcess): Promise<void> {
	worker.child.kill('SIGKILL')
	await worker.ended
}

/** The report is completed as it must be: one file, the one that the database tells of, and one event that tells of it. */
async function assertMadeOnce(id: string): Promise<void> {
	const report = await reportThatIs('completed', service, id, TAKEN_OVER_WITHIN_MS)
	const { lines, bytes, sha256 } = report
	assert.deepEqual({ lines, bytes, sha256 }, expected)
	assert.deepEqual(await filesOf(folder, id), [`${id}.jsonl`])
	assert.deepEqual(fileOf(Buffer.from(await (await download(shop, service, id)).arrayBuffer())), expected)
	const { value } = await shop.topics.find('reports', ({ key }) => key === id)
	assert.deepEqual([value.result, value.lines, value.sha256], ['success', expected.lines, expected.sha256])
	assert.deepEqual(await eventsOf(shop, id), ['report.completed'])
}

const attemptsOf = async (id: string): Promise<number> =>
	(await shop.sql<[{ attempt: number }]>`select attempt from reports where id = ${id}`)[0].attempt

suite('A report of 1,000,000 lines', () => {
	test('whose worker is killed at 30% is completed by another one: one file, the right one, and one event', async (t) => {
		const killed = await startReportProcess(shop)
		const id = await askForReport(service)
		const written = await writtenUpTo(folder, id, { bytes: expected.bytes * 0.3 })
		await end(killed)
		t.diagnostic(`killed at ${percent(written)}`)
		assert.ok(written < expected.bytes * 0.9, `${percent(written)} is not in the middle`)
		const next = await startReportProcess(shop)
		await assertMadeOnce(id)
		assert.equal(await attemptsOf(id), 2)
		await end(next)
	})

	test('whose worker freezes for longer than its lease is the next one’s: the frozen one publishes nothing when it wakes', async (t) => {
		const frozen = await startReportProcess(shop)
		const id = await askForReport(service)
		const written = await writtenUpTo(folder, id, { bytes: expected.bytes * 0.3 })
		frozen.child.kill('SIGSTOP')
		t.diagnostic(`frozen at ${percent(written)}`)
		const next = await startReportProcess(shop)
		await reportThatIs('completed', service, id, TAKEN_OVER_WITHIN_MS)
		const file = join(folder, `${id}.jsonl`)
		const { ino, mtimeMs } = await stat(file)
		assert.equal((await eventsOf(shop, id)).length, 1)
		frozen.child.kill('SIGCONT')
		await eventually(async () => assert.match(frozen.output(), /taken over by another worker/))
		assert.doesNotMatch(frozen.output(), /a report was completed/)
		const after = await stat(file)
		assert.deepEqual([after.ino, after.mtimeMs], [ino, mtimeMs])
		await assertMadeOnce(id)
		assert.equal(await attemptsOf(id), 2)
		// It works on: the report that is asked for next may be either's.
		await end(next)
		await reportThatIs('completed', service, await askForReport(service))
		await end(frozen)
	})

	test('is completed wherever its workers die, one after another', async (t) => {
		const id = await askForReport(service)
		for (let death = 1; death <= DEATHS; death++) {
			// At 100% between the file and its event, or a moment before.
			const share = death === DEATHS ? 1 : randomInt(100) / 100
			const dead = await filesOf(folder, id)
			const worker = await startReportProcess(shop)
			const written = await writtenUpTo(folder, id, { bytes: expected.bytes * share, dead })
			await end(worker)
			t.diagnostic(`death ${death} at ${percent(written)}`)
			// Not to wait for its end each time.
			await shop.sql`update reports set lease_until = now() where id = ${id} and status = 'running'`
			if ((await filesOf(folder, id)).includes(`${id}.jsonl`)) break
		}
		const last = await startReportProcess(shop)
		await assertMadeOnce(id)
		await end(last)
	})
})

const percent = (bytes: number): string => `${((bytes / expected.bytes) * 100).toFixed(1)}%`
