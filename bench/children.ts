import { type ChildProcess, fork, type Serializable, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { atSignal } from './at-signal.ts'
import type { LoadResult } from './load/closed-loop.ts'
import type { LoadOrder, LoadReport } from './load/main.ts'
import type { ReadersOrder, ReadersReport, StreamToRead } from './load/readers.ts'
import type { PlainCartsOrder } from './plain-cart-server.ts'

/** A process that serves until it is told to end. */
export type Server = { readonly url: string; readonly pid: number; close(): Promise<void> }

const ROOT = join(import.meta.dirname, '..')
const START_TIMEOUT_MS = 60_000
const CLOSE_TIMEOUT_MS = 20_000
const CHECK_MS = 20

/** The same child, which is ended with the bench. */
export function tied(child: ChildProcess): ChildProcess {
	child.once(
		'exit',
		atSignal(() => end(child)),
	)
	return child
}

function forkTied(program: string): ChildProcess {
	return tied(fork(join(import.meta.dirname, program), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }))
}

/** Runs a load from a process of its own. Throws when an answer was wrong. */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
	const child = forkTied('load/main.ts')
	child.send(order)
	const [report]: [LoadReport | undefined] = await Promise.race([
		once(child, 'message').then(([message]: LoadReport[]): [LoadReport | undefined] => [message]),
		// Not its exit, of which may be heard before what it sent last.
		once(child, 'disconnect').then((): [undefined] => [undefined]),
	])
	if (report === undefined) throw new Error('the load ended without a result')
	if ('fault' in report) throw new Error(report.fault)
	return report.result
}

/** Somebody who reads many streams, from a process of its own. */
export type Readers = {
	/** Opens streams, beside those that are open; resolves when the first bytes of each have come. */
	open(url: string, streams: readonly StreamToRead[]): Promise<ReadersReport>
	/** What was seen since the last report. */
	report(): Promise<ReadersReport>
	close(): Promise<void>
}

export function startReaders(): Readers {
	const child = forkTied('load/readers.ts')
	const ask = async (order: ReadersOrder): Promise<ReadersReport> => {
		const over = new AbortController()
		const ended = once(child, 'exit', { signal: over.signal }).then(() => {
			throw new Error('those who read the streams ended without a report')
		})
		try {
			child.send(order)
			const [report]: ReadersReport[] = await Promise.race([once(child, 'message', { signal: over.signal }), ended])
			if (report === undefined) throw new Error('an empty report')
			return report
		} finally {
			ended.catch(() => undefined)
			over.abort()
		}
	}
	return {
		open: (url, streams) => ask({ kind: 'open', url, streams }),
		report: () => ask({ kind: 'report' }),
		close: () => end(child),
	}
}

export type ServiceOptions = {
	readonly databaseUrl: string
	readonly dataDir: string
	readonly settings?: Readonly<Record<string, string>>
}

/** The service as its own process, as it runs in production: its log, at `info`, goes to a file. */
export async function startService({ databaseUrl, dataDir, settings = {} }: ServiceOptions): Promise<Server> {
	const { PATH = '', HOME = '' } = process.env
	const logFile = join(dataDir, `service-${process.hrtime.bigint()}.log`)
	const log = await open(logFile, 'a')
	const flags = settings['NODE_OPTIONS'] === undefined ? [] : settings['NODE_OPTIONS'].split(' ')
	const child = tied(
		spawn(process.execPath, [...flags, '--import', './tools/require-node.js', 'src/main.ts'], {
			cwd: ROOT,
			env: {
				PATH,
				HOME,
				NODE_ENV: 'production',
				PORT: '0',
				DATABASE_URL: databaseUrl,
				DATA_DIR: dataDir,
				...settings,
				NODE_OPTIONS: '',
			},
			stdio: ['ignore', log.fd, 'inherit'],
		}),
	)
	await log.close()
	try {
		return { url: await readyLine(child, logFile), pid: child.pid ?? 0, close: () => end(child) }
	} catch (error) {
		await end(child)
		throw error
	}
}

/** A bare `node:http` server that answers these bytes by path: the limit of what a server on Node can do. */
export function startPlainServer(bodies: ReadonlyMap<string, Buffer>): Promise<Server> {
	return startPlain(
		'plain-server.ts',
		[...bodies].map(([path, body]) => [path, body.toString('base64')]),
	)
}

/** A bare `node:http` server with one upsert for all carts that wait: the same for changes of carts. */
export const startPlainCarts = (order: PlainCartsOrder): Promise<Server> => startPlain('plain-cart-server.ts', order)

async function startPlain(program: string, order: Serializable): Promise<Server> {
	const child = forkTied(program)
	child.send(order)
	const [port]: unknown[] = await Promise.race([
		once(child, 'message'),
		once(child, 'disconnect').then(() => {
			throw new Error(`${program} did not start`)
		}),
	])
	return { url: `http://127.0.0.1:${Number(port)}`, pid: child.pid ?? 0, close: () => end(child) }
}

async function readyLine(child: ChildProcess, logFile: string): Promise<string> {
	const deadline = performance.now() + START_TIMEOUT_MS
	for (;;) {
		const handle = await open(logFile)
		const text = await handle.readFile('utf8')
		await handle.close()
		const line = text.split('\n').find((one) => one.includes('"msg":"ready"'))
		if (line !== undefined) return urlIn(line)
		if (child.exitCode !== null || performance.now() > deadline) throw new Error(`the service did not start:\n${text}`)
		await new Promise((resolve) => setTimeout(resolve, CHECK_MS))
	}
}

function urlIn(line: string): string {
	const { url }: { url?: string } = JSON.parse(line)
	return url ?? ''
}

/** Asks a process to end, and ends it by force where it takes too long. */
export async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return
	const ended = once(child, 'exit')
	child.kill('SIGTERM')
	const impatience = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS)
	await ended
	clearTimeout(impatience)
}
