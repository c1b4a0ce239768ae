import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { isDatabaseUnavailable } from '../../platform/db/errors.ts'
import { Problem } from '../../platform/http/problem.ts'
import { type CatalogWatch, KNOWN_FOR_MS } from './catalog-watch.ts'

/** An answer as the bytes that are sent. */
export type KeptPage = {
	readonly body: Buffer
	/** Strong: of the bytes. */
	readonly etag: string
	/** The catalogue's version from before it was read. */
	readonly version: number
	readonly readAt: number
}

/** Answers of the public catalogue by their address, as it came. */
export type KeptPages = {
	/** The answer, if it may be sent again as it is. */
	get(url: string): KeptPage | undefined
	/** Whether it is being read. */
	isUnderWay(url: string): boolean
	/**
	 * Reads the answer by `make`, once for all who ask for this address meanwhile, and keeps it. What `make` throws is kept for
	 * nobody; while the database is away an older answer is better than none.
	 */
	read(url: string, make: () => Promise<string>): Promise<KeptPage>
}

export type KeptPagesOptions = {
	readonly watch: Pick<CatalogWatch, 'use' | 'version' | 'onAway'>
	readonly bytesMax?: number
	readonly pageBytesMax?: number
}

const BYTES_MAX = 32 * 1024 * 1024
/** Of one answer: 100 products with long descriptions. */
const PAGE_BYTES_MAX = 1024 * 1024
/** Of an address: a search for words in Russian takes 6 characters a letter. */
const URL_MAX_CHARACTERS = 1_000
/** What an entry takes beside its bytes and its address, roughly. */
const ENTRY_BYTES = 500
/** While nobody can tell what has changed: an answer that was out of date already is shown for so long after it was read. */
const OUTDATED_MAX_MS = 10 * 60_000

type Flight = {
	readonly version: number
	readonly startedAt: number
	readonly page: Promise<KeptPage>
	readonly resolve: (page: KeptPage) => void
}

export function keepPages({ watch, bytesMax = BYTES_MAX, pageBytesMax = PAGE_BYTES_MAX }: KeptPagesOptions): KeptPages {
	const pages = new LRUCache<string, KeptPage>({
		maxSize: bytesMax,
		maxEntrySize: pageBytesMax,
		sizeCalculation: ({ body }, url) => body.length + 2 * url.length + ENTRY_BYTES,
	})
	const flights = new Map<string, Flight>()

	/** What may be shown while the database is away. */
	const remains = (url: string): KeptPage | undefined => {
		const page = pages.get(url)
		if (page === undefined || page.version === watch.version()) return page
		return performance.now() - page.readAt < OUTDATED_MAX_MS ? page : undefined
	}
	const keep = (url: string, page: KeptPage) => {
		const kept = pages.peek(url)
		if (url.length <= URL_MAX_CHARACTERS && (kept === undefined || kept.version <= page.version)) pages.set(url, page)
	}
	const depart = (url: string, make: () => Promise<string>): Flight => {
		const { promise, resolve, reject } = Promise.withResolvers<KeptPage>()
		const flight = { version: watch.version(), startedAt: performance.now(), page: promise, resolve }
		flights.set(url, flight)
		const arrive = async () => {
			try {
				const page = pageOf(await make(), flight)
				keep(url, page)
				resolve(page)
			} catch (error) {
				const older = isDatabaseUnavailable(error) ? remains(url) : undefined
				if (older !== undefined) return resolve(older)
				// Of what is not there any more nothing may come back later.
				if (!isDatabaseUnavailable(error) && !isOverload(error)) pages.delete(url)
				reject(error)
			} finally {
				if (flights.get(url) === flight) flights.delete(url)
			}
		}
		void arrive()
		return flight
	}
	// Who waits for a database that does not answer gets what there is.
	watch.onAway(() => {
		for (const [url, { resolve }] of flights) {
			const page = remains(url)
			if (page !== undefined) resolve(page)
		}
	})
	return {
		get(url) {
			const standing = watch.use()
			if (standing === 'unknown') return undefined
			if (standing === 'away') return remains(url)
			const page = pages.get(url)
			return page?.version === watch.version() ? page : undefined
		},
		isUnderWay: (url) => flights.has(url),
		read(url, make) {
			const flight = flights.get(url)
			const joins =
				flight?.version === watch.version() && performance.now() - flight.startedAt < KNOWN_FOR_MS ? flight : undefined
			return (joins ?? depart(url, make)).page
		},
	}
}

const isOverload = (error: unknown): boolean => error instanceof Problem && error.code === 'overloaded'

function pageOf(text: string, { version, startedAt }: Flight): KeptPage {
	// Memory of its own: a small Buffer out of Node's pool would keep 8 kB alive.
	const body = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
	body.write(text)
	return { body, etag: `"${hash('sha256', body, 'base64url')}"`, version, readAt: startedAt }
}
