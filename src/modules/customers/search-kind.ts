/** What a text that staff search customers for is a part of, as far as its signs tell. */
export function searchKind(search: string): 'email' | 'phone' | 'name' {
	if (search.includes('@')) return 'email'
	return /^[\d\s()+.-]+$/.test(search) ? 'phone' : 'name'
}
