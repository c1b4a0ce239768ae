import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { outputOf, type ServiceProcess, startProcess } from './process.ts'
import type { TestShop } from './shop.ts'

const WRITTEN_TIMEOUT_MS = 60_000

type Written = { readonly bytes: number; readonly dead?: readonly string[] }

/** What there is of a report's file in this folder, whole or half. */
export async function filesOf(folder: string, id: string): Promise<string[]> {
	const names = await readdir(folder).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
		throw error
	})
	return names.filter((name) => name.startsWith(id))
}

/**
 * Waits until so many bytes of a report's file are written, and returns how many there are; fails where that takes too long.
 * What lies there of workers that are dead is not looked at.
 */
export async function writtenUpTo(folder: string, id: string, { bytes, dead = [] }: Written): Promise<number> {
	const deadline = performance.now() + WRITTEN_TIMEOUT_MS
	for (;;) {
		const name = (await filesOf(folder, id)).find((one) => !dead.includes(one))
		// It may have been half and be whole by now, under its own name.
		const size = name === undefined ? 0 : ((await stat(join(folder, name)).catch(() => undefined))?.size ?? 0)
		if (size >= bytes && size > 0) return size
		if (performance.now() > deadline) throw new Error(`${size} of ${bytes} bytes of report ${id} were written`)
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
