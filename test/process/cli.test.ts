import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { before, suite, test } from 'node:test'
import { assertRefused, newFolder, resultOf, type Run, startCli } from '../support/cli.ts'
import { assertInvariants } from '../support/invariants.ts'
import { postmasterOf } from '../support/postmaster.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import type { Message } from '../support/topics.ts'

const ROOT = join(import.meta.dirname, '../..')

let shop: TestShop
before(async () => {
	shop = await startTestShop()
})

const start = (...args: string[]) => startCli(shop.settings, ...args)
const run = (...args: string[]): Promise<Run> => resultOf(start(...args))
const feed = (input: string, ...args: string[]): Promise<Run> => resultOf(start(...args), input)

/** Topics where nothing else happens here. */
const idleTopic = (of: 'products' | 'orderStatus' | 'tracking'): string => `${shop.service.topicNames[of]}.dlq`
const sorted = (lines: string): string[] => lines.trimEnd().split('\n').sort()

const LINES = [
	'{"key":"10","headers":{"ce_type":"x"},"value":{"id":10,"name":"велосипед_10"}}',
	'{"key":"11","headers":{},"value":null}',
	'{"key":null,"headers":{},"value_base64":"eyJpZA=="}',
]
const BARE = '{"id":12,"cost":500}'

const topicsSuite = () => {
	test('what is published is told as a number, tail prints it, and publish takes that again', async () => {
		const published = await feed([...LINES, '', BARE].join('\n'), 'topics', 'publish', idleTopic('products'))
		assert.deepEqual(published, { code: 0, stdout: '4\n', stderr: '' })
		const { code, stdout, stderr } = await run('topics', 'tail', idleTopic('products'), '--from-beginning')
		assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
		assert.deepEqual(sorted(stdout), sorted([...LINES, `{"key":"12","headers":{},"value":${BARE}}`].join('\n')))

		assert.equal((await feed(stdout, 'topics', 'publish', idleTopic('orderStatus'), '-')).stdout, '4\n')
		const again = await shop.topics.read('orderStatus.dlq')
		const bytesOf = ({ raw }: Message) => [raw.key, raw.value, raw.headers['ce_type']].map(String).join(' ')
		const expected = ['10 {"id":10,"name":"велосипед_10"} x', '11 null undefined', `12 ${BARE} undefined`, 'null {"id undefined']
		assert.deepEqual(again.map(bytesOf).sort(), expected.sort())
	})

	test('a bad line is told by its number, and nothing of its batch is published', async () => {
		const file = join(await newFolder(), 'lines.jsonl')
		await writeFile(file, `${Array.from({ length: 600 }, (_, id) => `{"id":${id}}\n`).join('')}{"name":"x"}\n`)
		const told = /^Line 601 is no message: .*\nPublished: 500, up to line 500\. "tail -n \+501"/
		await assertRefused(run('topics', 'publish', idleTopic('tracking'), file), 1, told)
		assert.equal((await shop.topics.read('tracking.dlq')).length, 500)
	})

	test('a message that the topic does not take, and a topic that is not there, are told of', async () => {
		const huge = JSON.stringify({ id: 1, text: 'x'.repeat(2 * 1024 * 1024) })
		const refused = /^Line 1 is refused: .*\nNothing was published\.\n$/
		await assertRefused(feed(huge, 'topics', 'publish', shop.service.topicNames.reports), 1, refused)
		await assertRefused(run('topics', 'tail', 'none.v1'), 1, /no topic none\.v1[^]*products\.v1/)
	})

	test('tail ends without an error when nobody reads on', async () => {
		const { child, ended } = await tailing()
		await once(child.stdout, 'data')
		child.stdout.destroy()
		await publishLate()
		assert.deepEqual(await ended, { code: 0, stderr: '' })
	})

	test('tail --follow shows what comes, until Ctrl-C', async () => {
		const { child, ended } = await tailing()
		await once(child.stdout, 'data')
		await publishLate()
		let printed = ''
		for await (const chunk of child.stdout) {
			printed += String(chunk)
			if (printed.includes('{"key":"late","headers":{},"value":{"late":true}}\n')) break
		}
		child.kill('SIGINT')
		assert.deepEqual(await ended, { code: 0, stderr: '' })
	})

	async function publishLate(): Promise<void> {
		const message = { topic: idleTopic('tracking'), key: Buffer.from('late'), value: Buffer.from('{"late":true}'), headers: {} }
		await shop.service.topics.publishBatch([message])
	}

	async function tailing() {
		const child = await start('topics', 'tail', idleTopic('tracking'), '--from-beginning', '--follow')
		const told = text(child.stderr)
		return { child, ended: once(child, 'exit').then(async () => ({ code: child.exitCode, stderr: await told })) }
	}
}

const staffSuite = () => {
	test('staff invite prints the link, which opens the invitation', async () => {
		const { code, stdout } = await resultOf(
			startCli(
				{ ...shop.settings, PUBLIC_URL: `${shop.url}/` },
				'staff',
				'invite',
				'--email',
				'Vera@example.com',
				'--role',
				'manager',
			),
		)
		assert.equal(code, 0)
		const [, url, token] = /^(.+)\/admin\/invitation#token=(\S+)\n$/.exec(stdout) ?? []
		assert.equal(url, shop.url)
		const opened = await shop.guest.post('/admin/invitations/open', { body: { token } })
		assert.deepEqual([opened.body.email, opened.body.role], ['vera@example.com', 'manager'])
	})

	test('keys create prints a key that works until keys revoke; keys list shows no key itself', async () => {
		const made = await run('keys', 'create', '--name', 'accounting', '--scope', 'reports,orders:status')
		assert.match(made.stdout, /^prk_\S+\n$/)
		const client = shop.guest.as(made.stdout.trim())
		assert.equal((await client.post('/reports')).status, 202)

		const listed = await run('keys', 'list')
		const { id, created_at: createdAt, expires_at: expiresAt, ...rest } = JSON.parse(listed.stdout)
		const scopes = ['reports', 'orders:status']
		assert.deepEqual(rest, { name: 'accounting', scopes, state: 'live', revoked_at: null })
		assert.ok(Date.parse(createdAt) < Date.parse(expiresAt))
		const revoked = await run('keys', 'revoke', String(id))
		assert.deepEqual(revoked, { code: 0, stdout: '', stderr: `Key ${id} is revoked.\n` })
		assert.equal((await client.post('/reports')).status, 401)
	})
}

const demoSuite = () => {
	test('fills a shop, again and again', async () => {
		const told = [
			[10, '10 orders: 2 paid, 1 assembling, 3 ready, 2 received, 2 cancelled', 10],
			[2, '2 orders: 1 paid, 1 received', 12],
		] as const
		for (const [orders, summary, ordersAfter] of told) {
			const { code, stdout, stderr } = await run('demo', '--url', shop.url, '--orders', String(orders))
			assert.equal(code, 0, stderr)
			assert.equal(stdout, `30 products, 3 customers, ${summary}\n`)
			const [counted] = await shop.sql<[{ orders: number }]>`select count(*) as orders from orders`
			assert.equal(counted.orders, ordersAfter)
			const { body } = await shop.guest.get('/products/10')
			assert.deepEqual([body.name, body.price, body.available], ['велосипед_10', 500, 7])
		}
		await assertInvariants(shop)
	})

	test('needs a shop that answers, and is not for production', async () => {
		await assertRefused(run('demo', '--url', 'http://127.0.0.1:65123'), 1, /Nothing answers at .*ECONNREFUSED.*npm start/)
		await assertRefused(resultOf(startCli({ ...shop.settings, NODE_ENV: 'production' }, 'demo')), 1, /NODE_ENV=production/)
	})
}

const aloneSuite = () => {
	test('the database in DATA_DIR runs as long as a command; migrate prints what was done', async () => {
		const dataDir = await newFolder()
		const migrations = (await readdir(join(ROOT, 'db/migrations'))).sort().map((file) => `${file.replace('.sql', '')}\n`)
		const first = await resultOf(startCli({ DATA_DIR: dataDir }, 'migrate'))
		assert.deepEqual(first, { code: 0, stdout: migrations.join(''), stderr: '' })
		await assert.rejects(postmasterOf(dataDir), /no PostgreSQL runs/)
		const second = await resultOf(startCli({ DATA_DIR: dataDir }, 'migrate'))
		assert.deepEqual(second, { code: 0, stdout: '', stderr: 'The database is up to date: nothing was done.\n' })
	})

	test('a database that is away, or settings that are wrong, are told of in words', async () => {
		const away = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
		await assertRefused(
			resultOf(startCli(away, 'keys', 'list')),
			1,
			/database of DATABASE_URL can't be used \(.*ECONNREFUSED.*start/,
		)
		await assertRefused(resultOf(startCli({ PORT: 'eighty', ROLE: 'boss' }, 'migrate')), 1, /- PORT must[^]*- ROLE must/)
	})
}

const usageSuite = () => {
	const WRONG: readonly (readonly [args: string, stderr: RegExp])[] = [
		['', /Usage: .*npm run -s cli/],
		['topic', /unknown command 'topic'[^]*topics/],
		['staff invite --email a@example.com --role boss', /viewer, operator, manager, owner/],
		['keys create --name a --scope everything', /reports, orders:status/],
		['keys revoke first', /whole number/],
		['demo --orders 0', /from 1 to 1000/],
		['reports wait 1 --timeout soon', /like 90s, 30m or 2h/],
		['reports get 1 --url localhost', /a URL like/],
	]
	test('ends with 2 and says what there is', async () => {
		for (const [args, stderr] of WRONG) await assertRefused(run(...args.split(' ').filter(Boolean)), 2, stderr)
	})

	test('help is no error', async () => {
		const { code, stdout } = await run('topics', 'publish', '--help')
		assert.equal(code, 0)
		assert.match(stdout, /value_base64/)
	})
}

// Each waits for much of the time: two at once.
suite('The command line', { concurrency: 2 }, () => {
	// They share a topic.
	suite('topics', { concurrency: 1 }, topicsSuite)
	suite('staff and keys', staffSuite)
	suite('demo', demoSuite)
	suite('without a service', aloneSuite)
	suite('used wrongly', usageSuite)
})
