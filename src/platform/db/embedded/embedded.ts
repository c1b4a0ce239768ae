import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Sql as DriverSql } from 'postgres'
import { postgres } from '../driver.ts'
import { type Binaries, commandAs, findBinaries, type OtherUser, userForPostgres } from './binaries.ts'
import { takePort } from '../../free-port.ts'
import { isRunning } from '../../processes.ts'
import { type Cluster, DATABASE, findPassword, findPostmaster, openCluster, urlOf } from './cluster.ts'

/** A PostgreSQL of the service's own, from npm, for as long as the process lives. */
export type EmbeddedPostgres = {
	/** Where its database will be. */
	readonly url: string
	/** Resolves when it is there, which takes a second or more in a new folder; else rejects, with nothing left to close. */
	readonly ready: Promise<void>
	/** Also when it is not ready yet. */
	close(): Promise<void>
}

export type EmbeddedOptions = {
	readonly dataDir: string
	readonly log: Logger
	/** How many connections its users need: the server allows 100 or more. */
	readonly connections?: number
	/** More settings of the server, `name=value`. */
	readonly settings?: readonly string[]
}

/** Recovery after a crash replays at most a few checkpoints' worth of WAL. */
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 10_000
const CHECK_MS = 50
const RESTART_MS = 500
const CONNECT_TIMEOUT_S = 3
const LOG_TAIL_CHARACTERS = 2_000
/** cannot_connect_now: the server starts, recovers or stops. */
const NOT_NOW = '57P03'
/** Which process a server belongs to stands in its `cluster_name`. */
const OWNER = 'prilavok '

const CONNECTIONS_MAX = 100
/**
 * Its log is kept for good, so nothing personal may get there: the details of an error hold the values of its row, as
 * `Key (phone)=(…) already exists`, and the text of a statement what somebody typed by hand.
 */
const LOG_SETTINGS = ['log_checkpoints=off', 'log_error_verbosity=terse', 'log_min_error_statement=panic']
/**
 * A server one of whose processes crashed ends, and is started anew here. Left to start itself anew it hung once, for good, when the
 * disk for its WAL was still full: it accepted connections, and served none.
 */
const CRASH_SETTINGS = ['restart_after_crash=off']
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...LOG_SETTINGS, ...CRASH_SETTINGS]

/**
 * Starts PostgreSQL on a data folder. A server that a killed service has left behind is stopped first; one that belongs to a
 * service that still runs is an error. When the server dies it is started again on the same port.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
	const [binaries, user] = await Promise.all([findBinaries(), userForPostgres()])
	const { port, release } = await takePort()
	const cluster = await openCluster(options.dataDir, binaries, user)
	const starting = startServer({ ...options, binaries, user, cluster, port }, release)
	const ready = starting.then(() => undefined)
	ready.catch(() => undefined) // Whoever waits for it sees it; somebody who closes does not.
	return {
		url: urlOf(cluster.password, port, DATABASE),
		ready,
		close: async () => (await starting.catch(() => undefined))?.close(),
	}
}

async function startServer(options: Server, releasePort: () => Promise<void>): Promise<{ close: () => Promise<void> }> {
	const { cluster, dataDir, log, port } = options
	try {
		await cluster.made
		await stopAbandoned(cluster, dataDir, log)
	} finally {
		await releasePort()
	}
	const server = supervise(options)
	try {
		await waitUntilReady(cluster, port, server.failure)
		await makeDatabase(cluster, port)
	} catch (error) {
		await server.close()
		throw error
	}
	return server
}

/** The database of a service that runs on this data folder now; undefined when none does. For the command line. */
export async function findEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
	const password = await findPassword(dataDir)
	const running = await findPostmaster(join(resolve(dataDir), 'postgres'))
	return password !== undefined && running ? urlOf(password, running.port, DATABASE) : undefined
}

async function stopAbandoned(cluster: Cluster, dataDir: string, log: Logger): Promise<void> {
	const running = await findPostmaster(cluster.folder)
	const owner = running && (await ownerOf(cluster, running.port))
	// Who does not answer as our server is not ours to end: after a crash of the machine its number may be another program's.
	if (running === undefined || owner === undefined) return
	if (owner !== process.pid && isRunning(owner)) {
		throw new Error(
			`Prilavok already runs on ${resolve(dataDir)} (process ${owner}): stop that one first, or start this one with another ` +
				'DATA_DIR and PORT.',
		)
	}
	log.info({ pid: running.pid }, 'stopping the PostgreSQL that a killed service has left behind')
	process.kill(running.pid, 'SIGINT')
	const deadline = performance.now() + STOP_TIMEOUT_MS
	while (isRunning(running.pid)) {
		if (performance.now() > deadline) {
			throw new Error(`PostgreSQL (process ${running.pid}) does not stop: end it by hand, then start again.`)
		}
		await sleep(CHECK_MS)
	}
}

/** The process that started the server which listens there; undefined when none of ours does. */
async function ownerOf(cluster: Cluster, port: number): Promise<number | undefined> {
	try {
		await waitUntilReady(cluster, port)
		return await withConnection(cluster, port, async (sql) => {
			const [row] = await sql<[{ name: string }]>`select current_setting('cluster_name') as name`
			return row.name.startsWith(OWNER) ? Number(row.name.slice(OWNER.length)) : undefined
		})
	} catch (error) {
		if (error instanceof Error && 'code' in error) return undefined
		throw error
	}
}

type Server = EmbeddedOptions & {
	readonly binaries: Binaries
	readonly user: OtherUser | undefined
	readonly cluster: Cluster
	readonly port: number
}

/** Keeps the server running until `close`; `failure` rejects when it ends before it was ready. */
function supervise(server: Server): { failure: Promise<never>; close: () => Promise<void> } {
	let child: ChildProcess | undefined
	let closing = false
	const { promise: failure, reject } = Promise.withResolvers<never>()
	failure.catch(() => undefined) // Whoever waits for the start sees it; afterwards nobody does.
	const keepRunning = async () => {
		while (!closing) {
			child = await spawnServer(server)
			await once(child, 'exit')
			if (closing) return
			reject(new Error(`PostgreSQL did not start (exit code ${child.exitCode}):\n${await tailOf(server.cluster.logFile)}`))
			server.log.error({ exit_code: child.exitCode, signal: child.signalCode }, 'PostgreSQL ended and is started again')
			await sleep(RESTART_MS)
		}
	}
	const running = keepRunning()
	return {
		failure,
		async close() {
			closing = true
			child?.kill('SIGINT')
			// Whatever still keeps it from stopping: SIGQUIT ends it at once, and the next start recovers.
			const impatience = setTimeout(() => child?.kill('SIGQUIT'), STOP_TIMEOUT_MS)
			await running
			clearTimeout(impatience)
		},
	}
}

async function spawnServer({ binaries, user, cluster, port, connections = 0, settings = [] }: Server): Promise<ChildProcess> {
	const allowed = Math.max(CONNECTIONS_MAX, connections)
	const all = [...SETTINGS, `max_connections=${allowed}`, `cluster_name=${OWNER}${process.pid}`, ...settings]
	const args = ['-D', cluster.folder, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])]
	const { file, args: words, ...identity } = commandAs(user, binaries.postgres, args)
	const log = await open(cluster.logFile, 'a', 0o640)
	// A group of its own, so that Ctrl-C in a terminal ends the service, which then ends it in its turn.
	const child = spawn(file, words, { ...identity, detached: true, stdio: ['ignore', log.fd, log.fd] })
	await once(child, 'spawn')
	await log.close()
	return child
}

/** Waits while the server recovers or stops and, with `failure`, while it does not listen yet; that promise's error ends it. */
async function waitUntilReady(cluster: Cluster, port: number, failure?: Promise<never>): Promise<void> {
	const coming = failure === undefined ? [NOT_NOW] : [NOT_NOW, 'ECONNREFUSED']
	const deadline = performance.now() + START_TIMEOUT_MS
	for (;;) {
		try {
			const answer = withConnection(cluster, port, (sql) => sql`select 1`)
			await (failure === undefined ? answer : Promise.race([failure, answer]))
			return
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : ''
			if (!coming.includes(code) || performance.now() > deadline) throw error
			await sleep(CHECK_MS)
		}
	}
}

async function makeDatabase(cluster: Cluster, port: number): Promise<void> {
	await withConnection(cluster, port, async (sql) => {
		const found = await sql`select from pg_database where datname = ${DATABASE}`
		if (found.count === 0) await sql`create database ${sql(DATABASE)}`
	})
}

async function withConnection<Result>(
	{ password }: Cluster,
	port: number,
	use: (sql: DriverSql) => PromiseLike<Result>,
): Promise<Result> {
	const sql = postgres(urlOf(password, port, 'postgres'), { max: 1, connect_timeout: CONNECT_TIMEOUT_S, backoff: false })
	try {
		return await use(sql)
	} finally {
		await sql.end()
	}
}

async function tailOf(file: string): Promise<string> {
	return (await readFile(file, 'utf8')).slice(-LOG_TAIL_CHARACTERS).trim()
}
