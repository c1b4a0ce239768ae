declare global {
	/** "JSON.parse source text access" of ECMAScript: in Node 24, not yet in TypeScript's library. */
	interface JSON {
		parse(text: string, reviver: (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown): unknown
		rawJSON(source: string): unknown
		isRawJSON(value: unknown): boolean
	}
}

/**
 * Parses JSON so that `JSON.stringify` writes each number as it was written: an id beyond 2^53, `1.0` or `1e3` passes
 * through unchanged. Throws a SyntaxError; a RangeError when it nests deeper than the call stack goes.
 */
export const parseExactly = (text: string): unknown =>
	JSON.parse(text, (_key, value, { source }) =>
		typeof value === 'number' && source !== undefined && source !== String(value) ? JSON.rawJSON(source) : value,
	)

/** Whether it is a number as `parseExactly` returns one. */
export const isExactNumber = (value: unknown): boolean => typeof value === 'number' || JSON.isRawJSON(value)

// A byte order mark stays: it is one of the bytes.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of bytes; undefined when they are not UTF-8. */
export function textIn(bytes: Buffer): string | undefined {
	try {
		return utf8.decode(bytes)
	} catch (error) {
		if (error instanceof TypeError) return undefined
		throw error
	}
}

/** What bytes say as JSON, read exactly; undefined when they are none. */
export function jsonIn(bytes: Buffer): unknown {
	const text = textIn(bytes)
	try {
		return text === undefined ? undefined : parseExactly(text)
	} catch (error) {
		if (error instanceof SyntaxError) return undefined
		throw error
	}
}
