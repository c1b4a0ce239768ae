import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs the tests of test/s3 against versitygw, which they start and end by themselves. The first time, Go brings it along.
 * Arguments are those of `node --test`; files among them are run instead of all.
 */
const TESTS = ['test/s3/**/*.test.ts']
const PACKAGE = 'github.com/versity/versitygw/cmd/versitygw'
const VERSION = 'v1.8.0'
const FOLDER = join(import.meta.dirname, '../deploy/s3', VERSION)
const PROGRAM = join(FOLDER, process.platform === 'win32' ? 'versitygw.exe' : 'versitygw')

const say = (text: string) => process.stderr.write(`${text}\n`)

/** Whether the server is there now; if not, what to do has been said. */
function bringServer(): boolean {
	if (existsSync(PROGRAM)) return true
	if (spawnSync('go', ['version']).status !== 0) {
		say(
			`These tests need an S3 server, versitygw ${VERSION}, which Go brings along, but there is no go.\n` +
				'  Debian, Ubuntu: apt-get install golang    macOS: brew install go\n' +
				'  Or put the program of its release on GitHub (versity/versitygw) here:\n' +
				`  ${PROGRAM}`,
		)
		return false
	}
	say(`versitygw ${VERSION} is built by Go, which takes some minutes …`)
	mkdirSync(FOLDER, { recursive: true })
	const { status } = spawnSync('go', ['install', `${PACKAGE}@${VERSION}`], {
		stdio: 'inherit',
		env: { ...process.env, GOBIN: FOLDER },
	})
	return status === 0 && existsSync(PROGRAM)
}

function runTests(): number {
	const given = process.argv.slice(2)
	const files = given.some((argument) => !argument.startsWith('-')) ? [] : TESTS
	const setup = '--test-global-setup=./test/support/global-setup.ts'
	const { status } = spawnSync(process.execPath, ['--import', './tools/require-node.js', '--test', setup, ...given, ...files], {
		stdio: 'inherit',
		env: { ...process.env, TEST_S3_SERVER: PROGRAM },
	})
	return status ?? 1
}

process.exitCode = bringServer() ? runTests() : 1
