import { readdir, readFile } from 'node:fs/promises'
import { familyOf } from '../../bench/processor-time.ts'
import { memoryOf } from '../../bench/footprint.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import { LOOKER, type SoakedService } from './service.ts'

/** Figures by their names, as they were at that time. */
export type Look = { readonly atMin: number; readonly figures: Readonly<Record<string, number>> }

/** Tables that hold what is under way: they may be long, and must not become longer. */
export const PASSING = ['outbox', 'login_codes', 'order_stats_pending', 'live_changes', 'catalog_changes'] as const
/** Nothing gets in here while all is well. */
export const EMPTY = ['outbox_dead', 'dead_letters'] as const
/** What they hold is kept for hours or days, so they grow with what is done. */
const KEPT = [
	'sessions',
	'login_code_sends',
	'login_failures',
	'inbox',
	'api_keys',
	'staff_sessions',
	'customers',
	'orders',
] as const

const BYTES_IN_MB = 2 ** 20

/** Of the service, by its own metrics: what an RSS that grows is made of. */
const V8_MEMORY = [
	['heap in use, MB', 'heap_size_used'],
	['heap taken from the machine, MB', 'heap_size_total'],
	['buffers outside of the heap, MB', 'external_memory'],
] as const

/** Looks at the service from outside, as an operator's monitoring does. */
export async function lookAt(service: SoakedService): Promise<Record<string, number>> {
	const { pid, postmaster, sql, url, operator } = service
	const database = await familyOf(postmaster)
	const family = await familyOf(pid)
	const own = family.filter((one) => database.every((other) => other.pid !== one.pid))
	const connections = await connectionsOf(sql)
	const figures: Record<string, number> = {}
	let files = 0
	for (const process of own) {
		figures[`RSS of ${process.pid === pid ? 'the service' : `process ${process.pid}`}, MB`] = (
			await memoryOf(process.pid)
		).idleRssMb
		files += (await readdir(`/proc/${process.pid}/fd`)).length
	}
	const asking = await connectionsTo([url, operator])
	// Connections come and go with who asks, and those to the database may become more, up to a limit.
	figures['open files but connections'] = files - connections - asking
	figures['connections of HTTP'] = asking
	figures['connections to PostgreSQL'] = connections
	const metrics = await (await fetch(`${operator}/metrics`)).text()
	for (const [figure, name] of V8_MEMORY) {
		figures[figure] = Number(new RegExp(String.raw`^nodejs_${name}_bytes (\S+)$`, 'm').exec(metrics)?.[1]) / BYTES_IN_MB
	}
	let databaseMb = 0
	for (const process of database) databaseMb += await privateMbOf(process.pid)
	figures["PostgreSQL's own memory, MB"] = databaseMb
	for (const table of [...PASSING, ...EMPTY, ...KEPT]) figures[rowsOf(table)] = await countOf(sql, table)
	return figures
}

export const rowsOf = (table: string): string => `rows of ${table}`

export const countOf = async (sql: Sql, table: string): Promise<number> =>
	(await sql<[{ rows: number }]>`select count(*) as rows from ${sql(table)}`)[0].rows

const ESTABLISHED = '01'

/** What is connected to these, as the kernel tells it: one that its peer has left and we have not closed is none. */
async function connectionsTo(urls: readonly string[]): Promise<number> {
	const ports = new Set(urls.map((url) => Number(new URL(url).port)))
	const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/))
	return lines.filter(([, local = '', , state]) => state === ESTABLISHED && ports.has(parseInt(local.split(':')[1] ?? '', 16)))
		.length
}

async function connectionsOf(sql: Sql): Promise<number> {
	const [row] = await sql<[{ count: number }]>`
		select count(*) as count from pg_stat_activity
		where datname = current_database() and backend_type = 'client backend' and application_name <> ${LOOKER}`
	return row.count
}

/** Without the buffers that all of its processes share, each of which the kernel counts for each. */
async function privateMbOf(pid: number): Promise<number> {
	try {
		return (await memoryOf(pid)).idleAnonMb
	} catch (error) {
		// It has ended since it was found.
		if (error instanceof Error && 'code' in error) return 0
		throw error
	}
}
