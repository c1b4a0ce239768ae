import { wantsGzip } from '../../platform/http/content-encoding.ts'
import { namesTag } from '../../platform/http/entity-tag.ts'
import { asksForRange, type Conditions, type Selection, selectionOf } from './byte-range.ts'

/** What is answered of a file: which of its two forms, under which ETag, and what of it. */
export type Variant = {
	/** By gzip, always all of it; or the bytes as they are, where a part may be asked for. */
	readonly packed: boolean
	readonly etag: string
	readonly selection: Selection
}

/**
 * Reads the headers of a request for a file. A part is one of the bytes as they are: gzip's would not be the same another
 * time. The two forms are different bytes, so each has its own strong tag; whoever names either of them has the report already.
 */
export function variantOf(asked: Conditions, { sha256, bytes }: { sha256: string; bytes: number }): Variant {
	const tags = { plain: `"${sha256}"`, packed: `"${sha256}-gzip"` }
	const packed = wantsGzip(asked.headers['accept-encoding']) && !asksForRange(asked, tags.plain)
	const etag = packed ? tags.packed : tags.plain
	const known = [etag, tags.plain, tags.packed].find((tag) => namesTag(asked.headers['if-none-match'], tag))
	if (known !== undefined) return { packed, etag: known, selection: 'unchanged' }
	return { packed, etag, selection: packed ? 'whole' : selectionOf(asked, { etag, bytes }) }
}
