import { openReports, type ReportWish, type ShopPlace } from './report-client.ts'
import type { Terminal } from './terminal.ts'

/** Asks for a report and prints what the shop answers: its id, its number and its status. */
export async function createReport(wish: ReportWish & ShopPlace, terminal: Terminal): Promise<void> {
	const report = await (await openReports(wish, terminal)).ask(wish)
	await terminal.print(JSON.stringify(report))
	terminal.say(`Report ${report.number} is asked for: "npm run -s cli -- reports wait ${report.report_id}" waits for it.`)
}
