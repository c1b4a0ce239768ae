import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openDatabase, type Sql } from '../src/platform/db/database.ts'
import { findPostmaster } from '../src/platform/db/embedded/cluster.ts'
import { startEmbeddedPostgres } from '../src/platform/db/embedded/embedded.ts'
import { migrateToLatest } from '../src/platform/db/migrations.ts'
import { createLog } from '../src/platform/telemetry/log.ts'
import { atSignal } from './at-signal.ts'

/** A PostgreSQL of the bench's own, migrated, with the service's safe settings. */
export type Ground = {
	readonly databaseUrl: string
	readonly dataDir: string
	/** Without a limit of time. */
	readonly sql: Sql
	/** The server's first process. */
	readonly pid: number
	close(): Promise<void>
}

const run = promisify(execFile)
const log = createLog({ level: 'warn' })

/** Of 16 MB each: more than any workload writes between two checkpoints. */
const LOG_SEGMENTS = 64

/**
 * Lets the server have the segments of its log that a server which has run for a while has: it uses them again. A new one makes
 * each of them anew, zero by zero, and whoever waits for a commit meanwhile waits for that.
 */
export async function ageLog(sql: Sql): Promise<void> {
	for (let segment = 0; segment < LOG_SEGMENTS; segment++) {
		await sql`select pg_logical_emit_message(true, 'bench', 'so that the segment is not empty')`
		await sql`select pg_switch_wal()`
	}
	// The first notes how much was written since the one before, the second keeps as many.
	await sql`checkpoint`
	await sql`checkpoint`
}

let template: Promise<string> | undefined

/** A folder with a migrated database and nothing in it, of which each ground is a copy: made once, and gone with the process. */
async function makeTemplate(): Promise<string> {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-bench-'))
	process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
	const postgres = await startEmbeddedPostgres({ dataDir, log })
	await postgres.ready
	await migrateToLatest(postgres.url, log)
	await postgres.close()
	return dataDir
}

/** Starts it in a new folder, which goes with it. */
export async function openGround(): Promise<Ground> {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-bench-'))
	// PostgreSQL may run as another user: `cp` keeps the owners.
	await run('cp', ['-a', `${await (template ??= makeTemplate())}/.`, dataDir])
	const postgres = await startEmbeddedPostgres({ dataDir, log })
	await postgres.ready
	const database = openDatabase({ url: postgres.url, log, name: 'bench', statementTimeoutMs: 0 })
	const running = await findPostmaster(join(dataDir, 'postgres'))
	if (running === undefined) throw new Error(`no PostgreSQL runs on ${dataDir}`)
	const remove = async () => {
		await postgres.close()
		await rm(dataDir, { recursive: true, force: true })
	}
	const forget = atSignal(remove)
	return {
		databaseUrl: postgres.url,
		dataDir,
		sql: database.sql,
		pid: running.pid,
		async close() {
			forget()
			await database.close()
			await remove()
		},
	}
}
