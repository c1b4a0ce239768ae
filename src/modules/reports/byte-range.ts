import type { ByteRange } from '../../platform/files/port.ts'
import { namesTag } from '../../platform/http/entity-tag.ts'

/** What of a file is asked for: all of it, a part, a part that it does not have, or nothing new (the caller has it). */
export type Selection = 'whole' | 'unchanged' | 'unsatisfiable' | ByteRange

export type Conditions = {
	readonly method: string
	readonly headers: { readonly [Name in 'range' | 'if-range' | 'if-none-match' | 'accept-encoding']?: string | undefined }
}

/**
 * Reads the headers of a request for a file with that ETag and size (RFC 9110, 13 and 14). One range is answered as such;
 * several, or what is no range of bytes, as the whole file, which the RFC allows.
 */
export function selectionOf(asked: Conditions, file: { etag: string; bytes: number }): Selection {
	const { method, headers } = asked
	if (namesTag(headers['if-none-match'], file.etag)) return 'unchanged'
	if (method !== 'GET' || headers.range === undefined || !asksForRange(asked, file.etag)) return 'whole'
	return rangeOf(headers.range, file.bytes)
}

/** Whether a part is asked for of the file with that ETag, and not all of it where the caller has parts of another one. */
export const asksForRange = ({ headers }: Conditions, etag: string): boolean =>
	headers.range !== undefined && (headers['if-range'] === undefined || headers['if-range'] === etag)

function rangeOf(header: string, bytes: number): Selection {
	const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header.trim()) ?? []
	if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole'
	if (first === '') {
		const suffix = Math.min(Number(last), bytes)
		return suffix === 0 ? 'unsatisfiable' : { start: bytes - suffix, end: bytes - 1 }
	}
	const start = Number(first)
	const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
	// A range that ends before it begins is no range at all; one that begins behind the end is one that the file does not have.
	if (last !== '' && Number(last) < start) return 'whole'
	return start >= bytes ? 'unsatisfiable' : { start, end }
}
