import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { recordManySales } from '../support/many-sales.ts'
import { startWithOwnDatabase } from '../support/own-database.ts'
import { postmasterOf } from '../support/postmaster.ts'
import { expectedFile, fileOf } from '../support/report-oracle.ts'
import { eventsOf, filesOf, writtenUpTo } from '../support/report-processes.ts'
import { askForReport, download, reportThatIs } from '../support/reports.ts'
import { serviceWithKey } from '../support/staff.ts'

const LINES = 150_000
/** PostgreSQL starts anew, and what its worker could not give back is free when its lease expires, after 15 s. */
const MADE_WITHIN_MS = 90_000

suite('A report whose database is killed while it is read', () => {
	test('is made when the database is back, once', async (t) => {
		const { program, dataDir, shop } = await startWithOwnDatabase()
		const service = await serviceWithKey(shop, 'reports')
		await recordManySales(shop.sql, LINES)
		const expected = await expectedFile(shop.sql)
		const folder = join(dataDir, 'reports')

		const id = await askForReport(service)
		const written = await writtenUpTo(folder, id, { bytes: expected.bytes * 0.3 })
		process.kill(await postmasterOf(dataDir), 'SIGKILL')
		t.diagnostic(`killed at ${((written / expected.bytes) * 100).toFixed(1)}%`)

		const { lines, bytes, sha256 } = await reportThatIs('completed', service, id, MADE_WITHIN_MS)
		assert.match(program.output(), /PostgreSQL ended and is started again/)
		assert.deepEqual({ lines, bytes, sha256 }, expected)
		assert.deepEqual(await filesOf(folder, id), [`${id}.jsonl`])
		assert.deepEqual(fileOf(Buffer.from(await (await download(shop, service, id)).arrayBuffer())), expected)
		await shop.topics.find('reports', ({ key }) => key === id)
		assert.deepEqual(await eventsOf(shop, id), ['report.completed'])
		const [row] = await shop.sql<[{ attempt: number }]>`select attempt from reports where id = ${id}`
		assert.ok(row.attempt > 1, 'it was made by one that came after')
		await shop.close()
		program.child.kill('SIGTERM')
		assert.equal(await program.ended, 0)
	})
})
