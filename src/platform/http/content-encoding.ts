import Negotiator from 'negotiator'

/**
 * Whether `Accept-Encoding` asks for gzip: takes it, and does not like the bytes as they are better. Without the header, or
 * where it refuses both, the answer is the bytes as they are (RFC 9110, 12.5.3).
 */
export const wantsGzip = (header: string | undefined): boolean =>
	new Negotiator({ headers: { 'accept-encoding': header } }).encoding(['gzip', 'identity']) === 'gzip'
