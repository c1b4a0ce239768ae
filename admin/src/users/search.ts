/** What the address says of the list. */
export type UserSearch = { readonly search?: string; readonly blocked?: boolean }

const SEARCH_MAX = 100

/** Takes from an address what it understands. A phone without its plus reads as a number there. */
export function readUserSearch({ search, blocked }: Readonly<Record<string, unknown>>): UserSearch {
	const text = typeof search === 'string' || typeof search === 'number' ? String(search).trim().slice(0, SEARCH_MAX) : ''
	return { ...(text !== '' && { search: text }), ...(typeof blocked === 'boolean' && { blocked }) }
}
