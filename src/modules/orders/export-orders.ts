import { toPage } from '../../platform/http/pages.ts'
import type { Service } from '../service.ts'
import { type CsvForm, csvOf } from './export-csv.ts'
import { cursorOf, listOrders, type OrderFilter } from './list-queries.ts'
import type { StaffSort } from './list-schemas.ts'
import { readListed } from './read-listed.ts'

/** Orders that are read and written at once: a few milliseconds of this process. */
const PAGE = 200

export type OrderExport = {
	/** Undefined: no order fits. */
	readonly filter: OrderFilter | undefined
	readonly sort: StaffSort
	readonly form: CsvForm
	/** Asked before each page; throws when the export is not to go on. */
	readonly mayGoOn: () => Promise<void>
	/** Told at the end, whoever brought it about. */
	readonly ended: (exported: Exported) => Promise<void>
}
/** How many orders went out, and whether they were all. */
type Exported = { readonly orders: number; readonly complete: boolean }

/**
 * All orders that fit, as the bytes of a CSV file, a page a chunk: nothing is read before the one before has been taken, so memory
 * stays flat and no transaction is held open, however slow the reader is. An order stands in it once, as it was when its page was
 * read: the number and the total, which it is sorted by, never change. What is placed meanwhile may be in it or not.
 */
export async function* exportOrders(
	{ sql }: Pick<Service, 'sql'>,
	{ filter, sort, form, mayGoOn, ended }: OrderExport,
): AsyncGenerator<string, void, undefined> {
	let orders = 0
	let complete = false
	let cursor: string | undefined
	try {
		do {
			await mayGoOn()
			const found = filter === undefined ? [] : await listOrders(sql, filter, { sort, limit: PAGE, cursor })
			const page = toPage(found, PAGE, { item: (order) => order, cursor: (order) => cursorOf(sort, order) })
			const text = csvOf(await readListed(sql, page.data), form, cursor === undefined)
			orders += page.data.length
			yield text
			cursor = page.next_cursor ?? undefined
		} while (cursor !== undefined)
		complete = true
	} finally {
		await ended({ orders, complete })
	}
}
