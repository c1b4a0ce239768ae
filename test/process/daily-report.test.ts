import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { newFolder } from '../support/cli.ts'
import { newReportShop, reportThatIs, type ServiceClient } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import type { TestShop } from '../support/shop.ts'

const ROOT = join(import.meta.dirname, '../..')
const DAY_MS = 24 * 3_600_000
/** Of Moscow, all year round. */
const OFFSET_MS = 3 * 3_600_000

let shop: TestShop
let service: ServiceClient
let folder: string
/** The commands of the lines for cron in docs/operations.md, for this shop and folder. */
let commands: string[]
/** Yesterday in Moscow. */
let day: string
before(async () => {
	;({ shop, service } = await newReportShop())
	folder = await newFolder()
	await writeFile(join(folder, 'report.key'), `Authorization: Bearer ${service.key}\n`)
	const text = await readFile(join(ROOT, 'docs/operations.md'), 'utf8')
	commands = [...text.matchAll(/```cron\n(?:\S+ ){6}(.+)\n```/g)].map(([, command = '']) =>
		command
			.replaceAll('https://shop.example', shop.url)
			.replaceAll('/etc/prilavok', folder)
			.replaceAll('/var/lib/accounting', folder)
			.replaceAll('/srv/sales', folder)
			.replaceAll('/srv/prilavok', ROOT),
	)
	day = new Date(Date.now() + OFFSET_MS - DAY_MS).toISOString().slice(0, 10)
	const midnight = Date.parse(`${day}T00:00:00+03:00`)
	const at = (ms: number) => new Date(midnight + ms).toISOString()
	await recordSales(shop.sql, [
		{ lines: [{ name: 'of the day before' }], at: at(-1) },
		{ lines: [{ name: 'the first' }], at: at(0) },
		{ lines: [{ name: 'the last' }], at: at(DAY_MS - 1) },
		{ lines: [{ name: 'of today' }], at: at(DAY_MS) },
	])
})

/** As cron runs a line: by /bin/sh, with little of an environment. */
const runLine = (command: string) => promisify(execFile)('/bin/sh', ['-c', command], { env: { PATH: '/usr/bin:/bin' } })

const reports = async (): Promise<number> => {
	const [{ count }] = await shop.sql<[{ count: number }]>`select count(*) as count from reports`
	return count
}

suite('The report that comes every day', () => {
	test('is asked for by a line of cron, once however often it runs', async () => {
		const [asking = ''] = commands
		const ids: string[] = []
		for (let time = 0; time < 2; time++) {
			await runLine(asking)
			const { report_id: id } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
			ids.push(id)
		}
		assert.equal(ids[0], ids[1])
		assert.equal(await reports(), 1)
		const { lines, from, to } = await reportThatIs('completed', service, ids[0] ?? '')
		assert.equal(lines, 2)
		assert.equal(Date.parse(from), Date.parse(`${day}T00:00:00+03:00`))
		assert.equal(Date.parse(to) - Date.parse(from), DAY_MS)
	})

	test('comes as a file by the script, which is the same report when it runs again', async () => {
		const [, fetching = ''] = commands
		await runLine(fetching)
		const file = join(folder, `sales-${day}.jsonl`)
		const names = (await readFile(file, 'utf8')).trimEnd().split('\n')
		assert.deepEqual(
			names.map((line) => JSON.parse(line).product_name),
			['the first', 'the last'],
		)
		await writeFile(file, 'kept')
		await runLine(fetching)
		assert.equal(await readFile(file, 'utf8'), 'kept')
		assert.equal(await reports(), 1)
		assert.deepEqual((await readdir(folder)).sort(), ['report.json', 'report.key', `sales-${day}.jsonl`])
	})

	test('that can’t be had ends with an error and words', async () => {
		const [, fetching = ''] = commands
		const dir = await newFolder()
		await writeFile(join(dir, 'report.key'), 'Authorization: Bearer prk_wrong\n')
		const withWrongKey = fetching.replaceAll(folder, dir)
		await assert.rejects(runLine(withWrongKey), { code: 22, stderr: /error: 401/ })

		const broken = await newReportShop()
		await writeFile(join(broken.shop.settings['DATA_DIR'] ?? '', 'reports'), 'not a folder')
		await writeFile(join(dir, 'report.key'), `Authorization: Bearer ${broken.service.key}\n`)
		const failing = withWrongKey.replaceAll(shop.url, broken.shop.url)
		await assert.rejects(runLine(failing), { code: 1, stderr: /can't be had: .*"storage_refused".*ask for a new report/ })
		assert.deepEqual(await readdir(dir), ['report.key'])
	})
})
