import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { startReportWorker } from '../../src/modules/reports/index.ts'
import { createFiles } from '../../src/platform/files/port.ts'
import { atEnd } from '../support/at-end.ts'
import { assertRefused, newFolder, resultOf, startCli, startCliOnScreen } from '../support/cli.ts'
import { eventually } from '../support/eventually.ts'
import { askForReport, newReportShop, reportThatIs, type ServiceClient } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import type { Settings, TestShop } from '../support/shop.ts'
import { serviceWithKey } from '../support/staff.ts'

const SALES = 2_000
/** What a terminal takes for: the rest of this line is empty. */
const CLEARED = '\u001b[K'

/** A shop whose worker is started when a test wants one. */
let shop: TestShop
let service: ServiceClient
let place: Settings
/** A completed report of a few hundred kB, and its bytes. */
let completed: { readonly id: string; readonly bytes: Buffer; readonly sha256: string }
before(async () => {
	;({ shop, service } = await newReportShop({ ROLE: 'api' }))
	place = { PRILAVOK_URL: shop.url, PRILAVOK_KEY: service.key }
	await recordSales(
		shop.sql,
		Array.from({ length: SALES }, (_, index) => ({ lines: [{ name: `велосипед_${index}` }], at: '2026-11-23T10:00:00Z' })),
	)
	const id = await askForReport(service)
	await whileWorking(() => reportThatIs('completed', service, id))
	const bytes = await readFile(join(folder(), `reports/${id}.jsonl`))
	completed = { id, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
})

const folder = () => resolve(shop.settings['DATA_DIR'] ?? '')
const run = (...args: string[]) => resultOf(startCli(place, 'reports', ...args))

/** Has a worker make what waits until `use` is done. */
async function whileWorking<Result>(use: () => Promise<Result>): Promise<Result> {
	const worker = startReportWorker(shop.service, createFiles(pathToFileURL(folder()).href))
	try {
		return await use()
	} finally {
		await worker.close()
	}
}

/** The shop by a way on which each answer with a file breaks off after so many bytes. Tells which parts were asked for. */
async function startBreakingWay(bytesMax: number) {
	const ranges: (string | undefined)[] = []
	const server = createServer((request, response) => {
		void (async () => {
			const { authorization = '', range } = request.headers
			const headers = { authorization, ...(range !== undefined && { range }) }
			const answer = await fetch(shop.url + (request.url ?? ''), { headers })
			const body = Buffer.from(await answer.arrayBuffer())
			response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': body.length })
			const isFile = request.url?.endsWith('/file') === true
			if (isFile) ranges.push(range)
			if (isFile && body.length > bytesMax) response.write(body.subarray(0, bytesMax), () => response.destroy())
			else response.end(body)
		})()
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(async () => server.close().closeAllConnections())
	const address = server.address()
	if (address === null || typeof address === 'string') throw new Error('the way has no port')
	return { url: `http://127.0.0.1:${address.port}`, ranges }
}

const askingSuite = () => {
	test('create prints id and number as a JSON line; get prints what becomes of it', async () => {
		const period = ['--from', '2026-11-23', '--to', '2026-11-24T03:00:00+03:00', '--idempotency-key', 'day 23']
		const { code, stdout, stderr } = await run('create', ...period)
		assert.equal(code, 0, stderr)
		const { report_id: id, number, status } = JSON.parse(stdout)
		assert.equal(stdout, `${JSON.stringify({ report_id: id, number, status: 'pending' })}\n`)
		assert.equal(stderr, `Report ${number} is asked for: "npm run -s cli -- reports wait ${id}" waits for it.\n`)
		assert.equal((await run('create', ...period)).stdout, stdout)

		const got = JSON.parse((await run('get', id)).stdout)
		assert.equal(status, got.status)
		assert.deepEqual([got.number, got.from, got.to], [number, '2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'])
	})

	test('wait prints the report when it is completed, and tells on the way that it waits', async () => {
		const id = await askForReport(service)
		const waiting = await startCli(place, 'reports', 'wait', id)
		const told = text(waiting.stderr)
		const printed = text(waiting.stdout)
		const exit = once(waiting, 'exit')
		await once(waiting.stderr, 'data')
		await whileWorking(() => exit)
		assert.equal(waiting.exitCode, 0, await told)
		const { status, lines, sha256, number } = JSON.parse(await printed)
		assert.deepEqual({ status, lines, sha256 }, { status: 'completed', lines: SALES, sha256: completed.sha256 })
		const [first, ...others] = (await told).trimEnd().split('\n')
		assert.match(first ?? '', new RegExp(`^report ${number} {2}waits for its turn`))
		assert.match(others.at(-1) ?? '', new RegExp(`^Report ${number} is completed: 2,000 lines, .* kB\\. .* download ${id} FILE`))
	})

	test('wait gives up after the time given with 124, and Ctrl-C ends it: the report goes on', async () => {
		const id = await askForReport(service)
		const late = await run('wait', id, '--timeout', '1s')
		assert.deepEqual([late.code, late.stdout], [124, ''])
		assert.match(late.stderr, /^[^]*within the time given: the report is made all the same/)

		const waiting = await startCli(place, 'reports', 'wait', id)
		const told = text(waiting.stderr)
		await once(waiting.stderr, 'data')
		waiting.kill('SIGINT')
		await once(waiting, 'exit')
		assert.equal(waiting.exitCode, 130)
		assert.match(
			await told,
			new RegExp(`No longer waited for: the report is made all the same.*reports wait ${id}" waits again\\.\n$`),
		)
		await whileWorking(() => reportThatIs('completed', service, id))
	})

	test('wait ends with 1 when the report has failed, and says why and what to do', async () => {
		const broken = await newReportShop()
		await writeFile(join(broken.shop.settings['DATA_DIR'] ?? '', 'reports'), 'not a folder')
		const id = await askForReport(broken.service)
		const keyFile = join(await newFolder(), 'key')
		await writeFile(keyFile, `${broken.service.key}\n`)
		const failed = await resultOf(startCli({}, 'reports', 'wait', id, '--url', broken.shop.url, '--key-file', keyFile))
		assert.equal(failed.code, 1)
		assert.equal(JSON.parse(failed.stdout).status, 'failed')
		assert.match(failed.stderr, /has failed \(storage_refused\): The storage of reports .* ask for a new report\.\n$/)
	})
}

const screenSuite = () => {
	test('shows on a screen how far the report is, in one line that is taken away at the end', async () => {
		const id = await askForReport(service)
		const waiting = await startCliOnScreen(place, 'reports', 'wait', id)
		const closed = once(waiting, 'close')
		let seen = ''
		waiting.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()))
		const shown = (pattern: RegExp) => eventually(async () => assert.match(seen, pattern))
		await shown(/\rreport \d+ {2}waits for its turn {2}0:00/)
		// As a worker tells it. It then loses its lease, and another one makes the report.
		const tell = (lines: number) =>
			shop.sql`update reports set status = 'running', lines = ${lines}, bytes = ${lines * 80}, lease_until = 'infinity' where id = ${id}`
		await tell(400_000)
		await shown(/\rreport \d+ .*400,000 lines {2}32\.0 MB/)
		await tell(523_000)
		await shown(/\rreport \d+ .*523,000 lines {2}41\.8 MB {2}[\d,]+ lines\/s {2}0:/)
		await shop.sql`update reports set lease_until = now() - interval '1 second' where id = ${id}`
		await whileWorking(() => closed)
		assert.equal(waiting.exitCode, 0)
		assert.match(
			seen.slice(seen.lastIndexOf(CLEARED)),
			/^.{3}\{"report_id".*"status":"completed".*\}\r\nReport \d+ is completed: 2,000 lines, .*\r\n$/,
		)
		const lines = seen.split(/[\r\n]/).map((line) => line.replace(CLEARED, ''))
		assert.deepEqual(
			lines.filter((line) => line.startsWith('report ') && line.length >= 100),
			[],
		)
	})

	test('shows nothing that is written over where stderr is no screen', async () => {
		assert.ok(!(await run('wait', completed.id)).stderr.includes('\r'))
	})
}

const downloadSuite = () => {
	test('brings the file to stdout as it is', async () => {
		const { code, stdout, stderr } = await run('download', completed.id)
		assert.equal(code, 0, stderr)
		assert.equal(stdout, completed.bytes.toString())
		assert.match(stderr, /^Report \d+: [\d.]+ kB, and its SHA-256 is right\.\n$/)
	})

	test('goes on where a connection broke, and where an earlier call was cut short', async () => {
		const way = await startBreakingWay(70_000)
		const dir = await newFolder()
		const file = join(dir, 'out.jsonl')
		const begun = completed.bytes.subarray(0, 10_000)
		await writeFile(`${file}.${completed.id}.part`, begun)
		const { code, stderr } = await resultOf(
			startCli({ ...place, PRILAVOK_URL: way.url }, 'reports', 'download', completed.id, file),
		)
		assert.equal(code, 0, stderr)
		assert.ok(completed.bytes.equals(await readFile(file)))
		assert.deepEqual(await readdir(dir), ['out.jsonl'])
		assert.equal(way.ranges[0], 'bytes=10000-')
		assert.ok(way.ranges.length > 1)
		assert.ok(way.ranges.every((range, index) => index === 0 || Number(range?.slice('bytes='.length, -1)) > 10_000))
	})

	test('never gives a file its name that is not what the SHA-256 says', async () => {
		const dir = await newFolder()
		const file = join(dir, 'out.jsonl')
		await writeFile(file, 'of yesterday')
		await writeFile(`${file}.${completed.id}.part`, 'not the beginning of it')
		await assertRefused(run('download', completed.id, file), 1, /not what the report's SHA-256 .* says/)
		assert.deepEqual(await readdir(dir), ['out.jsonl'])
		assert.equal(await readFile(file, 'utf8'), 'of yesterday')
		assert.equal((await run('download', completed.id, file)).code, 0)
		assert.ok(completed.bytes.equals(await readFile(file)))
	})

	test('says what to do while there is no file', async () => {
		const id = await askForReport(service)
		await assertRefused(run('download', id), 1, /is pending and has no file: .*reports wait/)
		await whileWorking(() => reportThatIs('completed', service, id))
	})
}

const refusedSuite = () => {
	test('tells of a key, a shop or a report that is not there in words', async () => {
		const other = await serviceWithKey(shop, 'orders:status')
		const under = (settings: Settings, ...args: string[]) => resultOf(startCli({ ...place, ...settings }, 'reports', ...args))
		const missing = '01940000-0000-7000-8000-000000000000'
		await Promise.all([
			assertRefused(under({ PRILAVOK_KEY: '' }, 'create'), 1, /no key: set PRILAVOK_KEY[^]*keys create .* --scope reports/),
			assertRefused(under({ PRILAVOK_KEY: 'prk_x' }, 'create'), 1, /401[^]*unauthenticated[^]*keys list/),
			assertRefused(under({ PRILAVOK_KEY: other.key }, 'create'), 1, /403[^]*scope "reports"/),
			assertRefused(under({ PRILAVOK_URL: 'http://127.0.0.1:1' }, 'create'), 1, /Nothing answers at .*--url or PRILAVOK_URL/),
			assertRefused(under({}, 'wait', 'first'), 1, /validation_failed/),
			assertRefused(under({}, 'get', missing), 1, /report_not_found/),
			assertRefused(under({}, 'create', '--from', 'yesterday'), 1, /validation_failed[^]*- \/from /),
		])
	})
}

// Each waits for much of the time; those that start a worker must not take each other's reports.
suite('Reports on the command line', { concurrency: 1 }, () => {
	suite('asked for', askingSuite)
	suite('awaited on a screen', screenSuite)
	suite('downloaded', downloadSuite)
	suite('that can’t be had', refusedSuite)
})
