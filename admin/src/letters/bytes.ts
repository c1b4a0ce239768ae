/** So much of a value is shown: more nobody reads on a screen, and it would hold the browser up. */
export const SHOWN_BYTES = 64 * 1024
const ROW_BYTES = 16

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0')
const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f

/** As hex editors show bytes: the place, sixteen bytes in two groups, and what of them can be printed. */
export function hexDump(bytes: Uint8Array): string {
	const lines: string[] = []
	for (let at = 0; at < bytes.length; at += ROW_BYTES) {
		const row = [...bytes.subarray(at, at + ROW_BYTES)]
		const half = ROW_BYTES / 2
		const groups = [row.slice(0, half), row.slice(half)].map((group) =>
			group
				.map(hexOf)
				.join(' ')
				.padEnd(half * 3 - 1),
		)
		const text = row.map((byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '·')).join('')
		lines.push(`${at.toString(16).padStart(8, '0')}  ${groups.join('  ')}  ${text}`)
	}
	return lines.join('\n')
}

/** The text indented, where it is JSON. */
export function formatJson(text: string): string | undefined {
	try {
		return JSON.stringify(JSON.parse(text), null, 2)
	} catch {
		return undefined
	}
}
