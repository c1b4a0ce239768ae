import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Settings } from './shop.ts'
import { atEnd } from './at-end.ts'

const ROOT = join(import.meta.dirname, '../..')
const START_TIMEOUT_MS = 60_000

/** The service as its own process, started as `npm start` starts it. */
export type ServiceProcess = {
	readonly child: ChildProcess
	/** What it has written so far. */
	readonly output: () => string
	/** Resolves with its exit code when it ends; null when a signal ended it. */
	readonly ended: Promise<number | null>
}

/**
 * Starts the program with these settings and nothing else of the environment but what a machine has; `by` a command that runs
 * another one, where that is given; `cwd` another checkout of it.
 */
export function startProcess(
	settings: Settings,
	program = 'src/main.ts',
	by: readonly string[] = [],
	cwd = ROOT,
): ServiceProcess {
	const { PATH = '', HOME = '' } = process.env
	const [file, ...args] = [...by, process.execPath, '--import', './tools/require-node.js', program]
	const child = spawn(file, args, {
		cwd,
		env: { PATH, HOME, ...settings },
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
	const ended = once(child, 'close').then(([code]: unknown[]) => (typeof code === 'number' ? code : null))
	atEnd(async () => {
		child.kill('SIGKILL')
		await ended
	})
	return { child, output: () => output, ended }
}

/** Waits until the output holds the pattern; throws with the output when the process ends or the deadline passes before. */
export async function outputOf({ output, ended }: ServiceProcess, pattern: RegExp): Promise<RegExpExecArray> {
	let over = false
	void ended.then(() => (over = true))
	const deadline = performance.now() + START_TIMEOUT_MS
	for (;;) {
		const found = pattern.exec(output())
		if (found) return found
		if (over || performance.now() > deadline) throw new Error(`the process did not say ${pattern}, but:\n${output()}`)
		await new Promise((resolve) => setTimeout(resolve, 20))
	}
}

/** Where a service that welcomes newcomers serves. */
export async function urlOf(service: ServiceProcess): Promise<string> {
	const [, url] = await outputOf(service, /serves on (http:\S+?),/)
	// The last line of the welcome: the process is ready when it stands there.
	await outputOf(service, /Fill the shop/)
	return url ?? ''
}
