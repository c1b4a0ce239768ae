/**
 * Finds text that PostgreSQL can't store (U+0000) or that is no Unicode (half of a surrogate pair), in keys and values.
 * Returns the JSON pointer to the first one, or undefined.
 */
export function findUnstorableText(value: unknown, pointer = ''): string | undefined {
	if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? pointer : undefined
	if (typeof value !== 'object' || value === null) return undefined
	for (const [key, item] of Object.entries(value)) {
		const found = findUnstorableText(key) === undefined ? findUnstorableText(item, `${pointer}/${key}`) : pointer
		if (found !== undefined) return found
	}
	return undefined
}
