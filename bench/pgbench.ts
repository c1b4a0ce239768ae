import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const OUTPUT_MAX_BYTES = 16 * 1024 * 1024

export type PgbenchOptions = {
	readonly databaseUrl: string
	/** The statements of one transaction, in pgbench's language. */
	readonly script: string
	readonly connections: number
	/** Whole ones; a part of one counts as one. */
	readonly seconds: number
	readonly variables: Readonly<Record<string, string | number>>
}

/** Transactions a second that PostgreSQL's own load generator reaches with the script: prepared statements, no think time. */
export async function runPgbench({ databaseUrl, script, connections, seconds, variables }: PgbenchOptions): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-pgbench-'))
	try {
		const file = join(folder, 'script.sql')
		await writeFile(file, script)
		const defines = Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`])
		const time = String(Math.ceil(seconds))
		const args = ['-n', '-M', 'prepared', '-c', String(connections), '-j', '1', '-T', time, '-f', file, ...defines]
		const { stdout } = await run('pgbench', [...args, databaseUrl], { maxBuffer: OUTPUT_MAX_BYTES })
		const perSecond = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
		const failed = Number(/number of failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0)
		if (perSecond === undefined || failed > 0) throw new Error(`pgbench failed:\n${stdout}`)
		return Number(perSecond)
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

/** Throws, with what to do, where the programs that the limits are measured with are missing. */
export async function requirePrograms(): Promise<void> {
	try {
		await Promise.all([run('pgbench', ['--version']), run('psql', ['--version'])])
	} catch (error) {
		throw new Error('The limits are measured with pgbench and psql. Debian, Ubuntu: apt-get install postgresql-15', {
			cause: error,
		})
	}
}
