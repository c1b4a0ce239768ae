/** A value within another one, and the way to it; the way is written out only when something is found there. */
type Place = { readonly value: unknown; readonly key: string; readonly parent: Place | undefined }

/**
 * Finds text that PostgreSQL can't store (U+0000) or that is no Unicode (half of a surrogate pair), in keys and values.
 * Returns the JSON pointer to the first one, of a key that to its object, or undefined. Without recursion: whoever nests a
 * body 30,000 deep must not overflow our stack.
 */
export function findUnstorableText(value: unknown): string | undefined {
	const waiting: Place[] = [{ value, key: '', parent: undefined }]
	for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
		if (typeof place.value === 'string' && !isStorable(place.value)) return pointerTo(place)
		if (typeof place.value !== 'object' || place.value === null) continue
		const entries = Object.entries(place.value)
		if (!entries.every(([key]) => isStorable(key))) return pointerTo(place)
		for (const [key, item] of entries.toReversed()) waiting.push({ value: item, key, parent: place })
	}
	return undefined
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

function pointerTo(place: Place): string {
	const keys: string[] = []
	for (let at = place; at.parent !== undefined; at = at.parent) keys.push(`/${escapePointer(at.key)}`)
	return keys.toReversed().join('')
}

/** A name as a part of a JSON pointer (RFC 6901). */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
