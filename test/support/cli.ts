import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { atEnd } from './at-end.ts'
import type { Settings } from './shop.ts'

const ROOT = join(import.meta.dirname, '../..')

export async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-cli-'))
	atEnd(() => rm(folder, { recursive: true, force: true }))
	return folder
}

/** A command is mostly the start of a program: what was compiled for the one before is kept. */
let compileCache: Promise<string> | undefined

/** The command line, started as `npm run -s cli` starts it, with these settings and nothing else of the environment. */
export async function startCli(settings: Settings, ...args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
	return startCommand(settings, process.execPath, ...COMMAND, ...args)
}

const COMMAND = ['--import', './tools/require-node.js', 'src/cli.ts'] as const

/** The same on a screen of 100 columns, whose characters, of stdout and stderr alike, are the child's stdout. */
export async function startCliOnScreen(settings: Settings, ...args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
	const command = ['exec', `'${process.execPath}'`, ...COMMAND, ...args].join(' ')
	return startCommand({ TERM: 'xterm', ...settings }, 'script', '-qec', `stty cols 100; ${command}`, '/dev/null')
}

async function startCommand(
	settings: Settings,
	file: string,
	...args: readonly string[]
): Promise<ChildProcessWithoutNullStreams> {
	const { PATH = '', HOME = '', PRILAVOK_UNSAFE_DATABASE = '' } = process.env
	const machine = { PATH, HOME, PRILAVOK_UNSAFE_DATABASE, NODE_COMPILE_CACHE: await (compileCache ??= newFolder()) }
	const child = spawn(file, args, { cwd: ROOT, env: { ...machine, ...settings } })
	atEnd(async () => void child.kill('SIGKILL'))
	return child
}

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Feeds a command, and waits until it ends. */
export async function resultOf(starting: Promise<ChildProcessWithoutNullStreams>, input = ''): Promise<Run> {
	const child = await starting
	const closed = once(child, 'close')
	child.stdin.end(input)
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
	await closed
	return { code: child.exitCode, stdout, stderr }
}

/** Somebody does it wrong: nothing on stdout, words without a stack on stderr. */
export async function assertRefused(run: Promise<Run>, code: 1 | 2, stderr: RegExp): Promise<void> {
	const refused = await run
	assert.deepEqual({ ...refused, stderr: '' }, { code, stdout: '', stderr: '' }, refused.stderr)
	assert.match(refused.stderr, stderr)
	assert.doesNotMatch(refused.stderr, /\n\s+at /)
}
