import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflate } from '@sparticuz/chromium'
import { buildScript } from '../src/panel/built.ts'

/**
 * Runs the tests of test/browser in a Chromium that npm has brought along (Linux x64), or in that of TEST_BROWSER. Arguments are
 * those of `node --test`; files among them are run instead of all.
 */
const TESTS = ['test/browser/**/*.test.ts']
const PACKED = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin')
const CACHE = join(import.meta.dirname, '../node_modules/.cache')
const { version }: { version: string } = JSON.parse(readFileSync(join(PACKED, '../package.json'), 'utf8'))
const FOLDER = join(CACHE, `chromium-${version}`)
const SUITS = process.platform === 'linux' && process.arch === 'x64'

const say = (text: string) => process.stderr.write(`${text}\n`)

/** What the browser finds of the machine: nothing but its own libraries and letters, so that it is the same everywhere. */
const ENVIRONMENT = { LD_LIBRARY_PATH: join(FOLDER, 'al2023/lib'), FONTCONFIG_FILE: join(FOLDER, 'fonts.conf') }
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(FOLDER, 'fonts')}</dir><cachedir>${join(FOLDER, 'fonts-cache')}</cachedir></fontconfig>
`

/** Unpacks the browser, where that was not done. It is there as a whole or not at all. */
async function unpackBrowser(): Promise<void> {
	if (existsSync(FOLDER)) return
	say('Chromium is unpacked …')
	await mkdir(CACHE, { recursive: true })
	const folder = await mkdtemp(join(CACHE, 'unpacking-'))
	try {
		// That is where it unpacks to.
		process.env['TMPDIR'] = folder
		for (const part of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) await inflate(join(PACKED, part))
		await writeFile(join(folder, 'fonts.conf'), FONTS)
		await rename(folder, FOLDER)
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

function runTests(environment: NodeJS.ProcessEnv): number {
	const given = process.argv.slice(2)
	const files = given.some((argument) => !argument.startsWith('-')) ? [] : TESTS
	const setup = '--test-global-setup=./test/support/global-setup.ts'
	const { status } = spawnSync(process.execPath, ['--import', './tools/require-node.js', '--test', setup, ...given, ...files], {
		stdio: 'inherit',
		env: environment,
	})
	return status ?? 1
}

async function main(): Promise<number> {
	const environment = { ...process.env }
	const script = await buildScript()
	if (script !== undefined && spawnSync(process.execPath, [script], { stdio: 'inherit' }).status !== 0) return 1
	if (environment['TEST_BROWSER'] !== undefined) return runTests(environment)
	if (!SUITS) {
		say('npm brings a browser along for Linux on x64 only. Name one: TEST_BROWSER=/path/to/chrome npm run test:browser')
		return 1
	}
	await unpackBrowser()
	return runTests({ ...environment, TEST_BROWSER: join(FOLDER, 'chromium'), TEST_BROWSER_ENV: JSON.stringify(ENVIRONMENT) })
}

process.exitCode = await main()
