import type { OrderSearch } from './list/search.ts'

let search: OrderSearch = {}

/** What the list of orders was last asked in this tab: the way back from an order leads there. */
export const lastList = (): OrderSearch => search

export function rememberList(next: OrderSearch): void {
	search = next
}
