import { openReports, type ShopPlace } from './report-client.ts'
import type { Terminal } from './terminal.ts'

/** Prints a report as the shop tells of it. */
export async function printReport(id: string, place: ShopPlace, terminal: Terminal): Promise<void> {
	await terminal.print(JSON.stringify(await (await openReports(place, terminal)).find(id)))
}
