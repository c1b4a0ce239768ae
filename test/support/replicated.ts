import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, chown, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openDatabase, type Sql } from '../../src/platform/db/database.ts'
import {
	type Binaries,
	commandAs,
	findBinaries,
	type OtherUser,
	userForPostgres,
} from '../../src/platform/db/embedded/binaries.ts'
import { type Cluster, DATABASE, openCluster, urlOf } from '../../src/platform/db/embedded/cluster.ts'
import { freePort } from '../../src/platform/free-port.ts'
import { atEnd } from './at-end.ts'
import { eventually } from './eventually.ts'

/** One of the servers. */
export type Server = {
	readonly name: string
	/** Past every address that moves. */
	readonly url: string
	/** As its superuser, whom no timeout stops. */
	readonly sql: Sql
	/** Ends all of its processes at once, as a machine that loses its power does. */
	kill(): Promise<void>
}

/** A PostgreSQL on several servers: a primary, and standbys one of which at least has all that was acknowledged. */
export type Replicated = {
	readonly primary: () => Server
	/** Of the standbys the one that has the most: it is the next primary. */
	furthest(): Promise<Server>
	/** Makes that one the primary, and has the others follow it. */
	promote(next: Server): Promise<void>
	/** Adds a standby, as a copy of what the primary is now. Resolves when it has all. */
	addStandby(): Promise<Server>
}

/** What runs them. */
type Ground = {
	readonly binaries: Binaries
	readonly user: OtherUser | undefined
	readonly folder: string
	readonly password: string
}

/** A server that was killed a moment ago is followed soon: its standbys wait five seconds unless told otherwise. */
const SETTINGS = [
	'listen_addresses=127.0.0.1',
	'unix_socket_directories=',
	'max_connections=200',
	'wal_keep_size=512MB',
	'wal_retrieve_retry_interval=100ms',
]
const SYNCHRONOUS = "synchronous_standby_names = 'ANY 1 (*)'"
/** It replays what it has, and listens. */
const STARTS_WITHIN_MS = 60_000
const CATCHES_UP_WITHIN_MS = 60_000
/** Not to be copied: what belongs to the running server, and the log of changes, which the copy gets from the primary. */
const LEFT_OUT = ['--exclude=./pg_wal/*', '--exclude=./postmaster.*']

/** Starts a primary with so many standbys; nothing is acknowledged before one of them has it on its disk. They end with the test file. */
export async function startReplicated(standbys: number): Promise<Replicated> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-replicated-'))
	atEnd(() => rm(folder, { recursive: true, force: true }))
	const [binaries, user] = await Promise.all([findBinaries(), userForPostgres()])
	// Whoever PostgreSQL runs as must get to the folders in it.
	if (user) await chown(folder, user.uid, user.gid)
	const cluster = await openCluster(join(folder, 'first'), binaries, user)
	await cluster.made
	const ground = { binaries, user, folder, password: cluster.password }
	const first = await startServer(ground, 'first', cluster)
	await makeDatabase(ground, first)
	const replicated = manage(ground, first)
	for (let count = 0; count < standbys; count++) await replicated.addStandby()
	await first.sql.unsafe(`alter system set ${SYNCHRONOUS}`)
	await first.sql`select pg_reload_conf()`
	return replicated
}

function manage(ground: Ground, first: Server): Replicated {
	let primary = first
	let standbys: Server[] = []
	let count = 0
	return {
		primary: () => primary,
		async furthest() {
			const [furthest] = (await Promise.all(standbys.map(progressOf))).sort((one, other) => other.bytes - one.bytes)
			if (furthest === undefined) throw new Error('there is no standby')
			return furthest.standby
		},
		async promote(next) {
			await next.sql`select pg_promote()`
			primary = next
			standbys = standbys.filter((standby) => standby !== next)
			await Promise.all(standbys.map((standby) => follow(standby, next)))
		},
		async addStandby() {
			const name = `standby${++count}`
			const folder = await copyOf(ground, primary, name)
			const standby = await startServer(ground, name, { folder, logFile: join(ground.folder, `${name}.log`) })
			await eventually(() => assertStreams(primary, name), CATCHES_UP_WITHIN_MS)
			standbys.push(standby)
			return standby
		},
	}
}

/** How much of the primary's log a standby has. */
async function progressOf(standby: Server): Promise<{ standby: Server; bytes: number }> {
	const [row] = await standby.sql<[{ bytes: number }]>`
		select (greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0')::bigint as bytes`
	return { standby, bytes: row.bytes }
}

/** From where a standby of that name gets what is written on a server. */
const sourceOf = ({ url }: Server, name: string): string => {
	const { hostname, port, username, password } = new URL(url)
	return `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password} application_name=${name}'`
}

async function follow(standby: Server, primary: Server): Promise<void> {
	await standby.sql.unsafe(`alter system set ${sourceOf(primary, standby.name)}`)
	await standby.sql`select pg_reload_conf()`
}

async function assertStreams({ sql }: Server, name: string): Promise<void> {
	const { count } = await sql`select from pg_stat_replication where application_name = ${name} and state = 'streaming'`
	assert.equal(count, 1, `${name} does not follow the primary`)
}

/** Copies a running server by the low-level way of its documentation: PostgreSQL from npm brings no pg_basebackup along. */
async function copyOf(ground: Ground, primary: Server, name: string): Promise<string> {
	const folder = join(ground.folder, name)
	await mkdir(folder, { mode: 0o700 })
	const [{ from }] = await primary.sql<[{ from: string }]>`select current_setting('data_directory') as from`
	// The backup is this session's: it ends with it.
	const session = await primary.sql.reserve()
	await session`select pg_backup_start(${name}, fast => true)`
	await copyFiles(from, folder)
	const [{ label }] = await session<[{ label: string }]>`
		select labelfile as label from pg_backup_stop(wait_for_archive => false)`
	session.release()
	const added = { backup_label: label, 'standby.signal': '' }
	for (const [file, text] of Object.entries(added)) {
		await writeFile(join(folder, file), text, { mode: 0o600 })
		if (ground.user) await chown(join(folder, file), ground.user.uid, ground.user.gid)
	}
	// Of several lines the last one counts. What is for a primary it heeds when it is one.
	await appendFile(join(folder, 'postgresql.auto.conf'), `${sourceOf(primary, name)}\n${SYNCHRONOUS}\n`)
	return folder
}

/** As they are, while they change: the log of changes makes them whole. Exit code 1: some did change, or went. */
async function copyFiles(from: string, to: string): Promise<void> {
	const packing = spawn('tar', ['--create', '--file=-', `--directory=${from}`, ...LEFT_OUT, '.'], {
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	const unpacking = spawn('tar', ['--extract', '--file=-', '--same-permissions', `--directory=${to}`], {
		stdio: ['pipe', 'ignore', 'pipe'],
	})
	packing.stdout.pipe(unpacking.stdin)
	let said = ''
	for (const stream of [packing.stderr, unpacking.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
	await Promise.all([once(packing, 'close'), once(unpacking, 'close')])
	assert.ok((packing.exitCode ?? 2) < 2 && unpacking.exitCode === 0, said)
}

async function startServer(ground: Ground, name: string, place: Pick<Cluster, 'folder' | 'logFile'>): Promise<Server> {
	const { binaries, user, password } = ground
	const port = await freePort()
	const args = ['-D', place.folder, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting])]
	const { file, args: words, ...identity } = commandAs(user, binaries.postgres, args)
	const logFile = await open(place.logFile, 'a')
	const child = spawn(file, words, { ...identity, stdio: ['ignore', logFile.fd, logFile.fd] })
	await once(child, 'spawn')
	const ended = once(child, 'exit')
	const kill = async () => {
		await killAll(child)
		await ended
	}
	// Before it answers: one that never does stays no more than another one.
	atEnd(kill)
	await logFile.close()
	// The superuser's own database is there from the first moment on.
	await eventually(async () => {
		if (child.exitCode !== null) throw new Error(await readFile(place.logFile, 'utf8'))
		await withDatabase(urlOf(password, port, 'postgres'), (sql) => sql`select`)
	}, STARTS_WITHIN_MS)
	const url = urlOf(password, port, DATABASE)
	const { sql, close } = openDatabase({
		url,
		log: pino({ level: 'silent' }),
		name: 'test',
		connectionsMax: 3,
		statementTimeoutMs: 0,
	})
	atEnd(close)
	return { name, url, sql, kill }
}

/** Its children, too, each of which would else go on until it notices. */
async function killAll({ pid, exitCode, signalCode }: ChildProcess): Promise<void> {
	if (pid === undefined || exitCode !== null || signalCode !== null) return
	const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
	for (const one of [pid, ...children.split(' ').filter(Boolean).map(Number)]) {
		try {
			process.kill(one, 'SIGKILL')
		} catch (error) {
			// Gone by itself meanwhile.
			if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
		}
	}
}

const makeDatabase = ({ password }: Ground, { url }: Server) =>
	withDatabase(urlOf(password, Number(new URL(url).port), 'postgres'), (sql) => sql`create database ${sql(DATABASE)}`)

async function withDatabase(url: string, use: (sql: Sql) => PromiseLike<unknown>): Promise<void> {
	const { sql, close } = openDatabase({ url, log: pino({ level: 'silent' }), name: 'test', connectionsMax: 1 })
	try {
		await use(sql)
	} finally {
		await close()
	}
}
