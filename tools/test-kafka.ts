import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startBroker } from '../test/support/broker.ts'

/**
 * Runs the tests of test/kafka, and the same flows and dead letters as `npm test`, against an Apache Kafka that it starts from deploy/kafka and
 * stops. Arguments are those of `node --test`; files among them are run instead of all.
 */
const TESTS = ['test/kafka/**/*.test.ts', 'test/flows/**/*.test.ts', 'test/api/dead-{letters,events}.test.ts']
const JAVA_REQUIRED = 17
const LIBRARIES = join(import.meta.dirname, '../deploy/kafka/libs')
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** What a shell reports for a process that was ended by SIGINT. */
const INTERRUPTED = 130

const say = (text: string) => process.stderr.write(`${text}\n`)

function outputOf(command: string, ...args: readonly string[]): string | undefined {
	const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
	return status === 0 ? stdout + stderr : undefined
}

/** What the machine lacks, with the way to get it. */
function faultsOfMachine(): string[] {
	const faults = []
	const java = outputOf('java', '-version')
	const major = Number(/version "(\d+)/.exec(java ?? '')?.[1] ?? 0)
	if (major < JAVA_REQUIRED) {
		const found = java === undefined ? 'there is no java' : `java is ${java.split('\n')[0]}`
		faults.push(
			`Kafka needs Java ${JAVA_REQUIRED} or newer, but ${found}.\n` +
				'  Debian, Ubuntu: apt-get install openjdk-17-jre-headless    macOS: brew install openjdk@17',
		)
	}
	if (!existsSync(LIBRARIES) && outputOf('mvn', '-version') === undefined) {
		faults.push(
			'Maven brings Kafka along, but there is no mvn.\n  Debian, Ubuntu: apt-get install maven    macOS: brew install maven',
		)
	}
	return faults
}

function runTests(broker: string): ChildProcess {
	const given = process.argv.slice(2)
	const files = given.some((argument) => !argument.startsWith('-')) ? [] : TESTS
	const setup = '--test-global-setup=./test/support/global-setup.ts'
	return spawn(process.execPath, ['--import', './tools/require-node.js', '--test', setup, ...given, ...files], {
		stdio: 'inherit',
		env: { ...process.env, TEST_KAFKA_BROKERS: broker },
	})
}

async function main(): Promise<number> {
	const faults = faultsOfMachine()
	if (faults.length > 0) {
		say(faults.join('\n'))
		return 1
	}
	let interrupted = false
	let tests: ChildProcess | undefined
	for (const signal of SIGNALS) {
		process.on(signal, () => {
			interrupted = true
			// The runner tidies up after this one only.
			tests?.kill('SIGINT')
		})
	}
	say(existsSync(LIBRARIES) ? 'Kafka is started …' : 'Kafka is brought along by Maven (44 MB) and started …')
	const broker = await startBroker()
	try {
		if (interrupted) return INTERRUPTED
		tests = runTests(broker.address)
		const [code]: unknown[] = await once(tests, 'close')
		return typeof code === 'number' ? code : INTERRUPTED
	} finally {
		await broker.stop()
	}
}

process.exitCode = await main()
