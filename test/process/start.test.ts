import assert from 'node:assert/strict'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { pino } from 'pino'
import { openDatabase, type Sql } from '../../src/platform/db/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import { atEnd } from '../support/at-end.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { postmasterOf } from '../support/postmaster.ts'
import { outputOf, startProcess, urlOf } from '../support/process.ts'

async function newDataDir(): Promise<string> {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-process-'))
	atEnd(() => rm(dataDir, { recursive: true, force: true }))
	return dataDir
}

const settingsOf = (DATA_DIR: string) => ({ DATA_DIR, PORT: '0', LOG_LEVEL: 'warn' })

/** Asks for a code for a phone: something that is written, and seen again by its second request being too early. */
const askForCode = (url: string) => createClient(url).post('/login-codes', { body: { phone: '+79001234567' } })
const messagesIn = async (url: string): Promise<number> =>
	(await createClient(url).get('//dev/inbox/messages')).body.messages.length

suite('The program, with nothing but its own PostgreSQL', () => {
	test('welcomes in at most ten lines, loses nothing when it is stopped, and recovers from kill -9', async () => {
		const dataDir = await newDataDir()
		const first = startProcess(settingsOf(dataDir))
		const url = await urlOf(first)
		const welcome = first.output().trim().split('\n')
		assert.ok(welcome.length <= 10, first.output())
		for (const said of [
			'/v1/products',
			'/admin/',
			'/docs/',
			'/dev/inbox',
			'/dev/track',
			'/admin/invitation#token=',
			'npm run cli -- demo',
		]) {
			assert.ok(first.output().includes(said), `${said} in:\n${first.output()}`)
		}
		assert.equal((await askForCode(url)).status, 202)
		await eventually(async () => assert.equal(await messagesIn(url), 1))

		first.child.kill('SIGTERM')
		assert.equal(await first.ended, 0)

		const second = startProcess(settingsOf(dataDir))
		assert.equal(await messagesIn(await urlOf(second)), 1)
		second.child.kill('SIGKILL')
		await second.ended

		const third = startProcess(settingsOf(dataDir))
		assert.equal(await messagesIn(await urlOf(third)), 1)
		third.child.kill('SIGTERM')
		assert.equal(await third.ended, 0)
	})

	test('started twice on one folder, the second says so and ends', async () => {
		const dataDir = await newDataDir()
		const first = startProcess(settingsOf(dataDir))
		const url = await urlOf(first)
		const second = startProcess(settingsOf(dataDir))
		assert.equal(await second.ended, 1)
		assert.match(second.output(), /Prilavok already runs on .+ \(process \d+\): stop that one first/)
		assert.equal((await createClient(url).get('//health/ready')).status, 200)
		first.child.kill('SIGTERM')
		assert.equal(await first.ended, 0)
	})

	test('its database killed, it answers 503 with Retry-After and then serves again', async () => {
		const dataDir = await newDataDir()
		const service = startProcess({ ...settingsOf(dataDir), LOG_LEVEL: 'silent' })
		const client = createClient(await urlOf(service))
		process.kill(await postmasterOf(dataDir), 'SIGKILL')
		const away = await eventually(async () => {
			// Not what was shown before: that goes on being shown.
			const answer = await client.get(`/products?price_min=${Math.floor(performance.now())}`)
			assert.equal(answer.status, 503)
			return answer
		})
		assert.equal(away.body.code, 'unavailable')
		assert.ok(Number(away.headers.get('retry-after')) >= 1)
		await eventually(async () => assert.equal((await client.get('/products')).status, 200))
		service.child.kill('SIGTERM')
		assert.equal(await service.ended, 0)
	})

	for (const { during, file, signal } of [
		{ during: 'its folder is being made', file: 'postgres.unfinished', signal: 'SIGINT' },
		{ during: 'its database starts', file: 'postgres/postmaster.pid', signal: 'SIGTERM' },
	] as const) {
		test(`asked to end while ${during}, it leaves no PostgreSQL behind, and starts later`, async () => {
			const dataDir = await newDataDir()
			const service = startProcess({ ...settingsOf(dataDir), LOG_LEVEL: 'info' })
			await eventually(() => stat(join(dataDir, file)))
			service.child.kill(signal)
			assert.equal(await service.ended, 0)
			assert.match(service.output(), /closing; a second signal ends at once[^]+"closed"/)
			assert.doesNotMatch(service.output(), /serves on|"level":"(warn|error|fatal)"/)
			await assert.rejects(postmasterOf(dataDir), /no PostgreSQL runs/)
			const next = startProcess(settingsOf(dataDir))
			await urlOf(next)
			next.child.kill('SIGTERM')
			assert.equal(await next.ended, 0)
		})
	}
})

suite('Wrong settings', () => {
	test('are all listed at once, and nothing is started', async () => {
		const dataDir = join(await newDataDir(), 'never')
		const wrong = {
			PORT: 'eighty',
			ROLE: 'boss',
			CURRENCY: 'rub',
			PUBLIC_URL: 'shop.example:443',
			KAFKA_BROKERS: 'kafka://k1:9092',
		}
		const service = startProcess({ DATA_DIR: dataDir, ...wrong })
		assert.equal(await service.ended, 1)
		for (const name of Object.keys(wrong)) assert.match(service.output(), new RegExp(`- ${name} must`))
		await assert.rejects(stat(dataDir), { code: 'ENOENT' })
	})

	test('a database that is not there is told of in words', async () => {
		const service = startProcess({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', PORT: '0', LOG_LEVEL: 'silent' })
		assert.equal(await service.ended, 1)
		assert.match(service.output(), /ECONNREFUSED/)
		assert.doesNotMatch(service.output(), /\n\s+at /)
	})

	test('a database that is at none of its addresses is told of with each of them', async () => {
		const service = startProcess({
			DATABASE_URL: 'postgres://nobody@two-addresses.test:1/none',
			PORT: '0',
			LOG_LEVEL: 'silent',
			NODE_OPTIONS: `--import ${new URL('../support/two-addresses.ts', import.meta.url).href}`,
		})
		assert.equal(await service.ended, 1)
		assert.match(service.output(), /^connect ECONNREFUSED 127\.0\.0\.1:1, connect ECONNREFUSED 127\.0\.0\.2:1$/m)
	})

	test('a port that is taken is told of in words', async () => {
		const dataDir = await newDataDir()
		const first = startProcess(settingsOf(dataDir))
		const port = new URL(await urlOf(first)).port
		const second = startProcess({ ...settingsOf(await newDataDir()), PORT: port })
		assert.equal(await second.ended, 1)
		assert.match(second.output(), /EADDRINUSE|already in use/)
		first.child.kill('SIGTERM')
		await first.ended
	})
})

suite('A database that may lose what it acknowledged, or takes nothing', () => {
	let server: EmbeddedPostgres
	let sql: Sql

	before(async () => {
		const log = pino({ level: 'silent' })
		server = await startEmbeddedPostgres({ dataDir: await newDataDir(), log })
		atEnd(() => server.close())
		await server.ready
		const database = openDatabase({ url: server.url, log, name: 'test', connectionsMax: 1 })
		atEnd(database.close)
		sql = database.sql
	})

	/** Sets it for the whole server while `work` goes on. */
	const withSettings = async (settings: Readonly<Record<string, string>>, work: () => Promise<void>) => {
		for (const [name, value] of Object.entries(settings)) await sql.unsafe(`alter system set ${name} = '${value}'`)
		await sql`select pg_reload_conf()`
		for (const [name, value] of Object.entries(settings)) {
			await eventually(async () => assert.equal((await sql`select current_setting(${name}) as value`)[0]?.['value'], value))
		}
		await work()
		for (const name of Object.keys(settings)) await sql.unsafe(`alter system reset ${name}`)
	}
	const assertRefused = async (reason: RegExp) => {
		const service = startProcess({ DATABASE_URL: server.url, DATA_DIR: await newDataDir(), PORT: '0', LOG_LEVEL: 'silent' })
		await outputOf(service, reason)
		assert.equal(await service.ended, 1)
		const [row] = await sql<[{ tables: number }]>`select count(*) as tables from pg_tables where schemaname = 'public'`
		assert.equal(row.tables, 0, 'nothing was written')
	}

	for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
		test(`is refused: without ${name}`, () =>
			withSettings({ [name]: 'off' }, () =>
				assertRefused(new RegExp(`- ${name} is off, so acknowledged orders could be lost: set it to on`)),
			))
	}

	test('is refused: where it has standbys, and waits for none of them', () =>
		withSettings({ synchronous_commit: 'local', synchronous_standby_names: '*' }, () =>
			assertRefused(/- synchronous_commit is local, so no standby has for sure what is acknowledged: set it to on/),
		))

	test('is refused: where it can only be read', () =>
		withSettings({ default_transaction_read_only: 'on' }, () =>
			assertRefused(/- it can only be read: set default_transaction_read_only to off/),
		))
})
