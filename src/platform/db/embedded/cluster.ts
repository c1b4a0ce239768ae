import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Binaries, commandAs, type OtherUser } from './binaries.ts'
import { isRunning } from '../../processes.ts'

/** Where the embedded PostgreSQL keeps what, below the service's data folder. */
export type Cluster = {
	/** PostgreSQL's own folder. */
	readonly folder: string
	readonly logFile: string
	readonly password: string
	/** Resolves when the folder is whole. */
	readonly made: Promise<void>
}

const SUPERUSER = 'prilavok'
export const DATABASE = 'prilavok'
const PASSWORD_BYTES = 24

export const urlOf = (password: string, port: number, database: string): string =>
	`postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`

/**
 * The cluster of a data folder. In a new one it is being made when this returns, under another name first, so that one which was cut
 * short does not pass for a whole one.
 */
export async function openCluster(dataDir: string, binaries: Binaries, user: OtherUser | undefined): Promise<Cluster> {
	const root = resolve(dataDir)
	const folder = join(root, 'postgres')
	const passwordFile = join(root, 'postgres.password')
	const logFile = join(root, 'postgres.log')
	await mkdir(root, { recursive: true, mode: 0o750 })
	if (await isMade(folder)) return { folder, logFile, password: await readPassword(passwordFile), made: Promise.resolve() }
	const password = randomBytes(PASSWORD_BYTES).toString('hex')
	await writeFile(passwordFile, password, { mode: 0o600 })
	const unfinished = join(root, 'postgres.unfinished')
	await rm(unfinished, { recursive: true, force: true })
	await mkdir(unfinished, { mode: 0o700 })
	if (user) for (const path of [unfinished, passwordFile]) await chown(path, user.uid, user.gid)
	const making = run(commandAs(user, binaries.initdb, initOptions(unfinished, passwordFile)))
	return { folder, logFile, password, made: making.then(() => rename(unfinished, folder)) }
}

const isMade = (folder: string): Promise<boolean> => exists(join(folder, 'PG_VERSION'))

/** The password of a data folder's cluster; undefined when there is no cluster. */
export async function findPassword(dataDir: string): Promise<string | undefined> {
	const root = resolve(dataDir)
	if (!(await isMade(join(root, 'postgres')))) return undefined
	return readPassword(join(root, 'postgres.password'))
}

const readPassword = (file: string): Promise<string> => readFile(file, 'utf8')

const initOptions = (folder: string, passwordFile: string): string[] => [
	`--pgdata=${folder}`,
	`--username=${SUPERUSER}`,
	`--pwfile=${passwordFile}`,
	'--auth=scram-sha-256',
	// Cyrillic letters are letters to pg_trgm and lower() only under UTF-8 rules; these need nothing of the machine.
	'--locale-provider=builtin',
	'--locale=C.UTF-8',
	'--encoding=UTF8',
]

/** Whether a process runs on the cluster, and where it listens: the first and fourth line of its own file. */
export async function findPostmaster(folder: string): Promise<{ pid: number; port: number } | undefined> {
	const file = join(folder, 'postmaster.pid')
	if (!(await exists(file))) return undefined
	const lines = (await readFile(file, 'utf8')).split('\n')
	const pid = Number(lines[0])
	const port = Number(lines[3])
	return Number.isInteger(pid) && Number.isInteger(port) && port > 0 && isRunning(pid) ? { pid, port } : undefined
}

async function exists(path: string): Promise<boolean> {
	try {
		await stat(path)
		return true
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
		throw error
	}
}

function run({ file, args, ...identity }: ReturnType<typeof commandAs>): Promise<void> {
	const child = spawn(file, args, { ...identity, stdio: ['ignore', 'pipe', 'pipe'] })
	let output = ''
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
	return new Promise((done, fail) => {
		child.on('error', fail)
		child.on('close', (code) => {
			if (code === 0) done()
			else fail(new Error(`PostgreSQL could not be set up (${file} ended with ${code}):\n${output.trim()}`))
		})
	})
}
