import { type ChildProcess, spawn } from 'node:child_process'
import { lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { atSignal } from './at-signal.ts'
import { end, tied } from './children.ts'

const ROOT = join(import.meta.dirname, '..')
const START_TIMEOUT_MS = 120_000
const ASK_AGAIN_MS = 5
/** Long enough for what the service does once it is quiet: giving back what its start needed, among others. */
export const SETTLE_MS = 8_000
/** What somebody looks at who has just started it. */
const LOOKED_AT = ['/v1/products', '/v1/products?limit=5', '/openapi.json', '/docs/', '/docs/js/scalar.js', '/dev/inbox']
const KB_IN_MB = 1_024
const BYTES_IN_MB = 1_024 * 1_024
/** `stat` tells what a file takes in blocks of this many bytes, whatever the file system's own are. */
const BLOCK_BYTES = 512

/** What the service takes of a machine that nobody uses it on. A MB is 2^20 bytes, as `du` and `free` count. */
export type Footprint = {
	/** From starting the process to the first 200 of `GET /v1/products`, without a database or compiled code from before. */
	readonly firstStartMs: number
	/** The same with both. */
	readonly secondStartMs: number
	/** What is resident of the service's process, without its PostgreSQL's, after it has been looked at and left alone. */
	readonly idleRssMb: number
	/** The part of it that is no mapped file, and so belongs to this process alone. */
	readonly idleAnonMb: number
	/** What `npm ci --omit=dev` puts into node_modules on this machine, on disk. */
	readonly installMb: number
}

/** Starts the service twice as a user does, with its own PostgreSQL in a folder that is removed afterwards. Linux only. */
export async function measureFootprint(settleMs: number): Promise<Footprint> {
	const dir = await mkdtemp(join(tmpdir(), 'prilavok-footprint-'))
	const remove = () => rm(dir, { recursive: true, force: true })
	const forget = atSignal(remove)
	// Node loads its `fetch` when it is first asked for: a tenth of a second that would count as the service's.
	await ask('data:,')
	try {
		const first = await start(dir)
		await end(first.child)
		const second = await start(dir)
		try {
			for (const path of LOOKED_AT) await ask(second.url + path)
			await sleep(settleMs)
			const memory = await memoryOf(second.child.pid)
			return { firstStartMs: first.ms, secondStartMs: second.ms, ...memory, installMb: await measureInstall() }
		} finally {
			await end(second.child)
		}
	} finally {
		await remove()
		forget()
	}
}

type Started = { readonly child: ChildProcess; readonly url: string; readonly ms: number }

async function start(dir: string): Promise<Started> {
	const { PATH = '', HOME = '' } = process.env
	const began = performance.now()
	const child = tied(
		spawn(process.execPath, ['--import', './tools/require-node.js', 'src/main.ts'], {
			cwd: ROOT,
			// Compiled code is kept beside the data: the first start has none, as after an install.
			env: { PATH, HOME, PORT: '0', DATA_DIR: join(dir, 'data'), NODE_COMPILE_CACHE: join(dir, 'compiled'), LOG_LEVEL: 'warn' },
			stdio: ['ignore', 'pipe', 'inherit'],
		}),
	)
	try {
		const url = await urlOf(child)
		while ((await ask(`${url}/v1/products`)) !== 200) {
			if (performance.now() - began > START_TIMEOUT_MS) throw new Error(`${url} does not answer with 200`)
			await sleep(ASK_AGAIN_MS)
		}
		return { child, url, ms: Math.round(performance.now() - began) }
	} catch (error) {
		await end(child)
		throw error
	}
}

/** From the welcome to a newcomer, which is written when the service answers. */
function urlOf(child: ChildProcess): Promise<string> {
	const { promise, resolve, reject } = Promise.withResolvers<string>()
	const tooLong = setTimeout(() => reject(new Error('the service took too long to start')), START_TIMEOUT_MS)
	let output = ''
	child.stdout?.on('data', (chunk: Buffer) => {
		output += chunk.toString()
		const [, url] = /serves on (http:\S+?),/.exec(output) ?? []
		if (url !== undefined) resolve(url)
	})
	child.once('exit', () => reject(new Error(`the service ended before it said where it serves:\n${output}`)))
	return promise.finally(() => clearTimeout(tooLong))
}

async function ask(url: string): Promise<number> {
	const answer = await fetch(url, { signal: AbortSignal.timeout(START_TIMEOUT_MS) })
	await answer.arrayBuffer()
	return answer.status
}

/** What a process holds now. */
export async function memoryOf(pid = 0): Promise<Pick<Footprint, 'idleRssMb' | 'idleAnonMb'>> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8')
	const mbOf = (name: string): number => {
		const [, kb] = new RegExp(String.raw`^${name}:\s+(\d+) kB$`, 'm').exec(status) ?? []
		if (kb === undefined) throw new Error(`/proc/${pid}/status tells no ${name}`)
		return Number(kb) / KB_IN_MB
	}
	return { idleRssMb: mbOf('VmRSS'), idleAnonMb: mbOf('RssAnon') }
}

const Lock = Type.Object({ packages: Type.Record(Type.String(), Type.Object({ dev: Type.Optional(Type.Boolean()) })) })

/** Out of what is installed here, less what the lock file says is for development alone, or is not for this machine. */
async function measureInstall(): Promise<number> {
	const lock: unknown = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'))
	if (!Value.Check(Lock, lock)) throw new Error('package-lock.json is no lock file of this npm')
	let bytes = 0
	for (const [path, { dev = false }] of Object.entries(lock.packages))
		if (path !== '' && !dev) bytes += await sizeOf(join(ROOT, path))
	return Math.round((bytes / BYTES_IN_MB) * 10) / 10
}

/** What a folder takes on disk; nothing where there is none. Packages within it are in the lock file themselves. */
async function sizeOf(path: string): Promise<number> {
	const stats = await lstat(path).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
		throw error
	})
	if (stats === undefined) return 0
	let bytes = stats.blocks * BLOCK_BYTES
	if (!stats.isDirectory()) return bytes
	for (const name of await readdir(path)) if (name !== 'node_modules') bytes += await sizeOf(join(path, name))
	return bytes
}
