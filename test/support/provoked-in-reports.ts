import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer, Client } from './client.ts'
import type { TestShop } from './shop.ts'
import type { Speak } from './speak.ts'
import { serviceWithKey } from './staff.ts'

export type ReportsGround = {
	readonly shop: TestShop
	/** The service that asks for reports there. */
	readonly reporter: Client
	/** A shop without a worker: its reports are never ready. */
	readonly idleShop: TestShop
}

/** How to come by each problem of reports. */
export function provokedInReports(ground: () => ReportsGround): Readonly<Record<string, (speak: Speak) => Promise<Answer>>> {
	const completedReport = async (): Promise<string> => {
		const { shop, reporter } = ground()
		const { body } = await reporter.post('/reports')
		await shop.topics.find('reports', ({ value }) => value.report_id === body.report_id)
		return body.report_id
	}
	const folder = () => join(ground().shop.settings['DATA_DIR'] ?? '', 'reports')
	const fileOf = (speak: Speak, id: string) => speak(ground().reporter).get(`/reports/${id}/file`)
	return {
		async idempotency_key_reused(speak) {
			const { reporter } = ground()
			const headers = { 'idempotency-key': randomUUID() }
			await reporter.post('/reports', { headers })
			return speak(reporter).post('/reports', { headers, body: { from: '2026-11-23T00:00:00Z' } })
		},
		report_not_found: (speak) => speak(ground().reporter).get(`/reports/${randomUUID()}`),
		async report_not_ready(speak) {
			const other = await serviceWithKey(ground().idleShop, 'reports')
			const { body } = await other.post('/reports')
			return speak(other).get(`/reports/${body.report_id}/file`)
		},
		async report_file_not_found(speak) {
			const id = await completedReport()
			await rm(join(folder(), `${id}.jsonl`))
			return fileOf(speak, id)
		},
		/** A file stands in place of the folder. */
		async report_failed(speak) {
			await rename(folder(), `${folder()}-elsewhere`)
			await writeFile(folder(), '')
			const id = await completedReport()
			await rm(folder())
			await rename(`${folder()}-elsewhere`, folder())
			return fileOf(speak, id)
		},
		report_finished: async (speak) => speak(ground().reporter).delete(`/reports/${await completedReport()}`),
		async report_expired(speak) {
			const id = await completedReport()
			await ground().shop.sql`update reports set status = 'expired' where id = ${id}`
			return fileOf(speak, id)
		},
		range_not_satisfiable: async (speak) =>
			speak(ground().reporter).get(`/reports/${await completedReport()}/file`, { headers: { range: 'bytes=999999999-' } }),
	}
}
