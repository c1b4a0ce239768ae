import { spawnSync } from 'node:child_process'
import { buildScript } from '../src/panel/built.ts'
import { findBrowser } from './browser.ts'

/**
 * Runs the tests of test/browser in a real browser (`findBrowser`), with the admin panel as its sources are now. Arguments are those of
 * `node --test`; files among them are run instead of all.
 */
const TESTS = ['test/browser/**/*.test.ts']

async function main(): Promise<number> {
	const { path, environment } = await findBrowser()
	const script = await buildScript()
	if (script !== undefined && spawnSync(process.execPath, [script], { stdio: 'inherit' }).status !== 0) return 1
	const given = process.argv.slice(2)
	const files = given.some((argument) => !argument.startsWith('-')) ? [] : TESTS
	const setup = '--test-global-setup=./test/support/global-setup.ts'
	const { status } = spawnSync(process.execPath, ['--import', './tools/require-node.js', '--test', setup, ...given, ...files], {
		stdio: 'inherit',
		env: { ...process.env, TEST_BROWSER: path, TEST_BROWSER_ENV: JSON.stringify(environment) },
	})
	return status ?? 1
}

try {
	process.exitCode = await main()
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
	process.exitCode = 1
}
