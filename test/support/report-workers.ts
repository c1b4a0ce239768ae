import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after } from 'node:test'
import { pathToFileURL } from 'node:url'
import { startReportWorker } from '../../src/modules/reports/index.ts'
import { createFiles, type Files } from '../../src/platform/files/port.ts'
import { eventually } from './eventually.ts'
import { newReportShop } from './reports.ts'

export const LIMITS = { timeoutMs: 60_000, leaseMs: 15_000, failuresMax: 3, retryFirstMs: 10, finishMs: 100 }

export type WorkShop = Awaited<ReturnType<typeof newWorkShop>>

/** A shop whose workers are started by the test, one by one; the relay of events is one of those it does without. */
export async function newWorkShop() {
	const { shop, service } = await newReportShop({ ROLE: 'api' })
	const folder = resolve(shop.settings['DATA_DIR'] ?? '')
	const files = createFiles(pathToFileURL(folder).href)
	/** The backends in which this database is read for a report. */
	const reading = async () => {
		const rows = await shop.sql<{ pid: number }[]>`
			select pid from pg_stat_activity where datname = current_database() and state <> 'idle'
				and query ~ '^\\s*(declare|fetch) ' and pid <> pg_backend_pid()`
		return rows.map(({ pid }) => pid)
	}
	return {
		shop,
		service,
		/** Where the folder of reports lies. */
		folder,
		files,
		startWorker(given: Partial<typeof LIMITS> = {}, storage: Files = files) {
			const worker = startReportWorker(shop.service, storage, { ...LIMITS, ...given })
			after(() => worker.close())
			return worker
		},
		/** The events of a report, as they wait for the relay. */
		async eventsOf(id: string) {
			const rows = await shop.sql<{ value: Buffer; type: string }[]>`
				select type, value from outbox where topic = ${shop.service.topicNames.reports} and key = convert_to(${id}, 'UTF8')`
			return rows.map(({ type, value }) => ({ type, ...JSON.parse(value.toString()) }))
		},
		/** What there is of a report's file, also half-written. */
		async filesOf(id: string) {
			const names = existsSync(join(folder, 'reports')) ? await readdir(join(folder, 'reports')) : []
			return names.filter((name) => name.startsWith(id))
		},
		/** Keeps every reader of the orders waiting until it is let go, so that a report stays in the middle of being made. */
		async holdOrders() {
			const { promise: released, resolve: release } = Promise.withResolvers<void>()
			const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
			const holding = shop.sql.begin(async (tx) => {
				await tx`lock table orders in access exclusive mode`
				isLocked()
				await released
			})
			await locked
			return async () => {
				release()
				await holding
			}
		},
		reading,
		/** Waits until there is one, and returns it. */
		oneReads: () =>
			eventually(async () => {
				const pids = await reading()
				assert.equal(pids.length, 1)
				return pids
			}),
	}
}
