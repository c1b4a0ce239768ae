import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/database.ts'
import { startProcess, urlOf } from '../support/process.ts'

const ROOT = join(import.meta.dirname, '../..')
const PROGRAM = ['src', 'admin', 'db', 'tools', 'package.json', 'tsconfig.json'] as const

/** The program as somebody has it who has just fetched it: the panel not built, and its packages there, but those in `without`. */
async function checkout(...without: readonly string[]): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-checkout-'))
	atEnd(() => rm(folder, { recursive: true, force: true }))
	const filter = (path: string) => !path.startsWith(join(ROOT, 'admin/dist'))
	for (const name of PROGRAM) await cp(join(ROOT, name), join(folder, name), { recursive: true, filter })
	await mkdir(join(folder, 'node_modules'))
	for (const name of await readdir(join(ROOT, 'node_modules'))) {
		if (name === '.cache' || without.includes(name)) continue
		await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
	}
	return folder
}

async function panelOf(cwd: string): Promise<{ status: number; text: string }> {
	const { url: database } = await createTestDatabase()
	const service = startProcess(
		// As it is by default, and spelled out: what builds the panel would go by it.
		{ NODE_ENV: 'development', DATABASE_URL: database, DATA_DIR: join(cwd, '.data'), PORT: '0', LOG_LEVEL: 'warn' },
		'src/main.ts',
		[],
		cwd,
	)
	const answer = await fetch(`${await urlOf(service)}/admin/orders`)
	service.child.kill('SIGTERM')
	assert.equal(await service.ended, 0, service.output())
	return { status: answer.status, text: await answer.text() }
}

suite('The admin panel', () => {
	test('is built by the first start, where nobody has built it', async () => {
		const { status, text } = await panelOf(await checkout())
		assert.equal(status, 200)
		assert.match(text, /<script type="module" crossorigin src="\/admin\/assets\//)
	})

	test('says what to do where it can’t be built, and the service runs without it', async () => {
		const { status, text } = await panelOf(await checkout('vite'))
		assert.equal(status, 503)
		assert.match(text, /npm ci/)
	})
})
