import { execFile } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)
const BYTES_IN_GIB = 2 ** 30

/** What the figures were measured on, so that others can tell what theirs mean beside them. */
export async function describeMachine(): Promise<Record<string, string | number>> {
	return {
		at: new Date().toISOString(),
		processor: cpus()[0]?.model.trim() ?? 'unknown',
		cores: cpus().length,
		memoryGib: Math.round(totalmem() / BYTES_IN_GIB),
		/** Above a few tenths before the first run: somebody else uses the machine, and the figures say little. */
		loadBefore: loadavg()[0] ?? 0,
		node: process.version,
		pgbench: await outputOf('pgbench', ['--version']),
		commit: await outputOf('git', ['rev-parse', '--short', 'HEAD']),
	}
}

async function outputOf(file: string, args: readonly string[]): Promise<string> {
	try {
		const { stdout } = await run(file, args, { cwd: import.meta.dirname })
		return stdout.trim()
	} catch (error) {
		return error instanceof Error ? `unknown: ${error.message.split('\n')[0]}` : 'unknown'
	}
}
