import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { outputOf, type ServiceProcess, startProcess } from './process.ts'
import type { TestShop } from './shop.ts'

const WRITTEN_TIMEOUT_MS = 60_000

/** How much of a file is written so far; undefined where nothing of it is there. */
async function bytesWritten(folder: string, id: string): Promise<number | undefined> {
	for (const name of await filesOf(folder, id)) {
		const found = await stat(join(folder, name)).catch(() => undefined)
		if (found !== undefined) return found.size
	}
	return undefined
}

/** What there is of a report's file in this folder, whole or half. */
export async function filesOf(folder: string, id: string): Promise<string[]> {
	const names = await readdir(folder).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
		throw error
	})
	return names.filter((name) => name.startsWith(id))
}

/** Waits until so many bytes of a report's file are written, and returns how many there are; fails where that takes too long. */
export async function writtenUpTo(folder: string, id: string, bytes: number): Promise<number> {
	const deadline = performance.now() + WRITTEN_TIMEOUT_MS
	for (;;) {
		const written = await bytesWritten(folder, id)
		if (written !== undefined && written >= bytes) return written
		if (performance.now() > deadline) throw new Error(`${written ?? 'none'} of ${bytes} bytes of report ${id} were written`)
		await sleep(1)
	}
}

/** The event types of a report so far: what waits for the relay, and what stands on the topic. */
export async function eventsOf(shop: TestShop, id: string): Promise<string[]> {
	const { sql, service, topics } = shop
	const told = (await topics.read('reports')).filter(({ key }) => key === id)
	const waiting = await sql<{ id: string; type: string }[]>`
		select event_id as id, type from outbox where topic = ${service.topicNames.reports} and key = convert_to(${id}, 'UTF8')`
	const byId = new Map(told.map(({ headers }) => [headers['ce_id'], headers['ce_type'] ?? '']))
	for (const event of waiting) byId.set(event.id, event.type)
	return [...byId.values()]
}

/** A worker as a process of its own, that can be killed and stopped. */
export async function startReportProcess({ settings }: TestShop, by?: readonly string[]): Promise<ServiceProcess> {
	const worker = startProcess({ ...settings, ROLE: 'worker', LOG_LEVEL: 'info' }, 'src/main.ts', by)
	await outputOf(worker, /"msg":"ready"/)
	return worker
}
