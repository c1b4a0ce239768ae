/**
 * Whether `If-None-Match` names this ETag, so that the caller has what it asks for (RFC 9110, 13.1.2). For reading again, a weak
 * tag is as good as a strong one: a proxy that compresses makes it weak.
 */
export const namesTag = (header: string | undefined, etag: string): boolean =>
	header?.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag) ?? false
