import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import manifest from '../../package.json' with { type: 'json' }
import { readConfig } from '../../src/platform/config.ts'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/database.ts'
import { keepLog } from '../support/log.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { startTestShop } from '../support/shop.ts'

const ELSEWHERE = /other processes of this shop keep their reports elsewhere/

/** A folder as that of a machine of its own. */
async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-storage-'))
	atEnd(() => rm(folder, { recursive: true, force: true }))
	return pathToFileURL(folder).href
}

let databaseUrl: string
let folder: string
before(async () => {
	databaseUrl = (await createTestDatabase()).url
	folder = await newFolder()
	await startTestShop({ DATABASE_URL: databaseUrl, REPORTS_URL: folder })
})

/** What a service says that is started beside the first one, with this place for reports. */
async function saidBeside(reportsUrl: string, role: string): Promise<string> {
	const log = keepLog()
	const given = { DATABASE_URL: databaseUrl, REPORTS_URL: reportsUrl, ROLE: role, LOG_LEVEL: 'warn' }
	const other = await startTestShop(given, log.to)
	await other.close()
	return log.text()
}

suite('A service that is started beside another one of its shop', () => {
	for (const role of ['all', 'api', 'worker']) {
		test(`as ${role} and keeps reports in another folder warns once, and says what to do`, async () => {
			const lines = (await saidBeside(await newFolder(), role)).trim().split('\n')
			assert.equal(lines.length, 1, lines.join('\n'))
			assert.match(lines[0] ?? '', ELSEWHERE)
			assert.match(lines[0] ?? '', /same REPORTS_URL/)
		})

		test(`as ${role} and sees the same folder says nothing`, async () => {
			assert.equal(await saidBeside(folder, role), '')
		})
	}

	test('and keeps them in a bucket warns as well', async () => {
		assert.match(await saidBeside('s3://reports', 'api'), ELSEWHERE)
	})

	test('with several processes of its own says nothing', async () => {
		const several = startProcess({
			DATABASE_URL: databaseUrl,
			REPORTS_URL: folder,
			PORT: '0',
			WORKERS: '2',
			NODE_ENV: 'production',
			LOG_LEVEL: 'info',
		})
		await outputOf(several, /"ready"/)
		several.child.kill('SIGTERM')
		assert.equal(await several.ended, 0)
		assert.doesNotMatch(several.output(), ELSEWHERE)
	})
})

suite('REPORTS_URL', () => {
	test('is a folder or a bucket, with or without a prefix', () => {
		for (const url of ['file:///srv/reports', 's3://reports', 's3://shop.reports-1/a/b_c/']) {
			assert.equal(readConfig({ REPORTS_URL: url }).REPORTS_URL, url)
		}
	})

	test('that is anything else is refused with what is allowed', () => {
		for (const url of [
			'https://bucket.example/reports',
			's3://',
			's3://Reports',
			's3://key:secret@reports',
			's3://reports:9000',
			's3://reports/../others',
			's3://reports?region=x',
			's3://reports/a%20b',
			'file://server/reports',
			'ftp://x',
		]) {
			assert.throws(
				() => readConfig({ REPORTS_URL: url }),
				/REPORTS_URL must be file:\/\/\/folder, s3:\/\/bucket or s3:\/\/bucket\/prefix/,
				url,
			)
		}
	})
})

suite('The client of S3', () => {
	test('is added at the version that the tests run with', () => {
		const version = manifest.devDependencies['@aws-sdk/client-s3']
		assert.ok(manifest.scripts['add:s3'].endsWith(` @aws-sdk/client-s3@${version}`))
	})

	test('where it is not installed, a start with a bucket says how to add it, and one with a folder does without', async () => {
		const missing = `import { registerHooks } from 'node:module'
			registerHooks({ resolve(name, context, next) {
				if (name.startsWith('@aws-sdk/')) throw Object.assign(new Error(name), { code: 'ERR_MODULE_NOT_FOUND' })
				return next(name, context)
			} })`
		const settings = {
			NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(missing)}`,
			NODE_ENV: 'production',
			DATABASE_URL: databaseUrl,
			PORT: '0',
			WORKERS: '1',
		}
		const refused = startProcess({ ...settings, REPORTS_URL: 's3://reports' })
		assert.equal(await refused.ended, 1)
		assert.match(refused.output(), /the client of S3 is not installed: run "npm run add:s3"/)
		const served = startProcess({ ...settings, REPORTS_URL: folder })
		await outputOf(served, /"ready"/)
		served.child.kill('SIGTERM')
		assert.equal(await served.ended, 0)
	})
})
