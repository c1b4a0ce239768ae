import { PassThrough, Readable } from 'node:stream'
import { HeadBucketCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { StorageError, type StorageFault } from './errors.ts'

/** A request with all its tries and pauses: well above what S3 takes for one, so that only a server that hangs gets there. */
const ANSWER_MAX_MS = 60_000

/**
 * Sends a request and waits for its answer, `maxMs` at the most. Throws a `StorageError` that says what could not be done; when
 * `signal` is aborted, its reason.
 */
export async function ask<Answer>(
	what: string,
	send: (signal: AbortSignal) => Promise<Answer>,
	{ signal, maxMs = ANSWER_MAX_MS }: { readonly signal?: AbortSignal | undefined; readonly maxMs?: number } = {},
): Promise<Answer> {
	const late = AbortSignal.timeout(maxMs)
	const over = signal === undefined ? late : AbortSignal.any([signal, late])
	over.throwIfAborted()
	const { promise: ended, reject: end } = Promise.withResolvers<never>()
	const onAbort = () => end(over.reason)
	over.addEventListener('abort', onAbort)
	try {
		// Not by the request's own end alone: it may wait for what has no deadline, as for credentials from elsewhere.
		return await Promise.race([send(over), ended])
	} catch (error) {
		signal?.throwIfAborted()
		throw storageErrorOf(what, error)
	} finally {
		over.removeEventListener('abort', onAbort)
	}
}

/** An object, as each request names it. */
export type Target = { readonly Bucket: string; readonly Key: string }

const NOT_FOUND = 404

/** The size of an object; undefined where there is none. A bucket that is missing is refused. */
export async function bytesOf(client: S3Client, target: Target): Promise<number | undefined> {
	const { Bucket, Key } = target
	return ask(`look at ${Key}`, async (abortSignal) => {
		try {
			const { ContentLength } = await client.send(new HeadObjectCommand(target), { abortSignal })
			return ContentLength
		} catch (error) {
			if (refusalOf(error).status !== NOT_FOUND) throw error
			// The answer to HEAD has no words: it may be the bucket that is not found.
			await client.send(new HeadBucketCommand({ Bucket }), { abortSignal })
			return undefined
		}
	})
}

/** What servers say that have no room: AWS has no such answer, others do. */
const NO_ROOM: ReadonlySet<string> = new Set([
	'InsufficientStorage',
	'QuotaExceeded',
	'XMinioStorageFull',
	'XMinioAdminBucketQuotaExceeded',
])
/** Refusals by their status that may go well another time all the same. */
const MAY_PASS: ReadonlySet<string> = new Set([
	'ConditionalRequestConflict',
	'ExpiredToken',
	'NoSuchUpload',
	'OperationAborted',
	'RequestTimeout',
	'SlowDown',
	'TooManyRequests',
])
/** What the client says by itself when it was told too little to ask anybody; `Error` names the region. */
const NOT_SET_UP: ReadonlySet<string> = new Set(['CredentialsProviderError'])
const NOT_IMPLEMENTED = 501
const INSUFFICIENT_STORAGE = 507
const TOO_MANY_REQUESTS = 429

/** What the client fills in where nothing was said: the answer to HEAD has no words, and a broken connection no code. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['', 'Error', 'Unknown', 'UnknownError'])

/** The bytes of an answer; when they break off, the error is a `StorageError`. */
export function tellingFaults(name: string, body: unknown): Readable {
	const told = new PassThrough()
	if (!(body instanceof Readable)) throw new TypeError('the client gives no stream of Node')
	body.once('error', (error) => told.destroy(storageErrorOf(`read ${name} to its end`, error)))
	told.once('close', () => body.destroy())
	// Who begins to read is told then. Until then nobody listens, and what nobody hears would end the process.
	told.on('error', () => undefined)
	return body.pipe(told)
}

/** The code of S3's error, and the status it came with; the status is undefined where no answer came. */
export function refusalOf(error: unknown): { readonly code: string; readonly status: number | undefined } {
	if (!(error instanceof Error)) return { code: String(error), status: undefined }
	const metadata: unknown = '$metadata' in error ? error.$metadata : undefined
	const status: unknown =
		typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined
	return { code: error.name, status: typeof status === 'number' ? status : undefined }
}

function storageErrorOf(what: string, error: unknown): StorageError {
	if (error instanceof StorageError) return error
	const { code, status } = refusalOf(error)
	const message = error instanceof Error ? error.message : ''
	const said = [code, status === undefined ? '' : String(status), message].filter((part) => !SAYS_NOTHING.has(part)).join(', ')
	return new StorageError(faultOf({ code, status, said }), `could not ${what}: ${said}`, error)
}

function faultOf({ code, status, said }: { code: string; status: number | undefined; said: string }): StorageFault {
	if (NO_ROOM.has(code) || status === INSUFFICIENT_STORAGE) return 'full'
	if (NOT_SET_UP.has(code) || /region is missing/i.test(said)) return 'refused'
	if (MAY_PASS.has(code) || status === undefined || status === TOO_MANY_REQUESTS) return 'unavailable'
	return status < 500 || status === NOT_IMPLEMENTED ? 'refused' : 'unavailable'
}
