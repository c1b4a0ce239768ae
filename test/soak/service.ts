import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { openDatabase } from '../../src/platform/db/database.ts'
import { findEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import { freePort } from '../../src/platform/free-port.ts'
import { atEnd } from '../support/at-end.ts'
import { eventually } from '../support/eventually.ts'
import { postmasterOf } from '../support/postmaster.ts'
import { startProcess } from '../support/process.ts'
import { type FollowedTopics, reachShop } from '../support/reach-shop.ts'
import type { ReachedShop } from '../support/shop.ts'

const READY_WITHIN_MS = 120_000
const CONNECTIONS = 5
/** As the connections are called by which this looks on, so that they are not counted. */
export const LOOKER = 'soak'
/** What is logged while all is well. */
const CALM: ReadonlySet<string> = new Set(['trace', 'debug', 'info'])
/** The log is kept in a file as an operator keeps it: an hour of it is more than belongs into this process. */
const LOGGED = ['sh', '-c', 'log=$1; shift; exec "$@" >"$log" 2>&1', 'sh'] as const

/** The service as an operator runs it: in production, with its own PostgreSQL and topics, its log in a file. */
export type SoakedService = ReachedShop &
	FollowedTopics & {
		readonly url: string
		/** Where `/metrics` is. */
		readonly operator: string
		readonly pid: number
		readonly postmaster: number
		/** Ends it as an operator does, which it must do by itself. */
		stop(): Promise<void>
		/** How often each warning or error was logged. */
		complaints(): Promise<Map<string, number>>
	}

export async function startSoakedService(workers: number): Promise<SoakedService> {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-soak-'))
	atEnd(() => rm(dataDir, { recursive: true, force: true }))
	const logFile = join(dataDir, 'service.log')
	const [port, operatorPort] = [String(await freePort()), String(await freePort())]
	const [url, operator] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${operatorPort}`]
	const settings = {
		NODE_ENV: 'production',
		DATA_DIR: dataDir,
		PORT: port,
		METRICS_PORT: operatorPort,
		WORKERS: String(workers),
		// All people come from one address here.
		LOGIN_CODES_PER_ADDRESS_PER_HOUR: '100000',
	}
	const { child, ended } = startProcess(settings, undefined, [...LOGGED, logFile])
	await eventually(async () => assert.equal((await fetch(`${operator}/health/ready`)).status, 200), READY_WITHIN_MS)
	const databaseUrl = (await findEmbeddedPostgres(dataDir)) ?? assert.fail('no PostgreSQL of its own')
	// What is looked at in the end may be large.
	const looking = { log: pino({ level: 'silent' }), name: LOOKER, connectionsMax: CONNECTIONS, statementTimeoutMs: 0 }
	const database = { ...openDatabase({ url: databaseUrl, ...looking }), url: databaseUrl }
	atEnd(() => database.close())
	const stop = async () => {
		child.kill('SIGTERM')
		assert.equal(await ended, 0, 'the service ends by itself when it is asked to')
	}
	const reached = await reachShop(url, database)
	return {
		...reached,
		url,
		operator,
		pid: child.pid ?? assert.fail('no process'),
		postmaster: await postmasterOf(dataDir),
		stop,
		complaints: () => complaintsIn(logFile),
	}
}

async function complaintsIn(logFile: string): Promise<Map<string, number>> {
	const counts = new Map<string, number>()
	for await (const line of createInterface(createReadStream(logFile))) {
		const { level, msg }: { level?: string; msg: string } = line.startsWith('{') ? JSON.parse(line) : { msg: line }
		if (level === undefined || !CALM.has(level)) counts.set(msg, (counts.get(msg) ?? 0) + 1)
	}
	return counts
}
