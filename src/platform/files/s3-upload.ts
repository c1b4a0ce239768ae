import { setTimeout as sleep } from 'node:timers/promises'
import {
	AbortMultipartUploadCommand,
	CompleteMultipartUploadCommand,
	type CompletedPart,
	CreateMultipartUploadCommand,
	ListMultipartUploadsCommand,
	NoSuchUpload,
	PutObjectCommand,
	type S3Client,
	UploadPartCommand,
} from '@aws-sdk/client-s3'
import { StorageError } from './errors.ts'
import { PART_BYTES, type Part, partsOf } from './parts.ts'
import { ask, bytesOf, refusalOf, type Target } from './s3-requests.ts'

/** With the one that is being filled, what is held in memory. */
const PARTS_AT_ONCE = 2
/** A server may put the parts together before it answers. */
const PUBLISH_MAX_MS = 5 * 60_000
const DISCARD_TRIES = 5
const DISCARD_AGAIN_MS = 100
/** A worker that is closed has no more time. */
const DISCARD_MAX_MS = 5_000
/** Of 1,000 uploads each. There are seldom any; with more, the next call goes on. */
const PAGES_MAX = 10
/** Only where there is no file of that key: the server decides, at the moment the file would appear. */
const NOT_OVER = '*'

/**
 * Writes all of `source` to the object, which appears whole and only where there is none: `taken` otherwise. When the source
 * throws or `signal` is aborted, that error is thrown; parts that were sent are taken back, as far as the server answers.
 */
export async function upload(
	client: S3Client,
	target: Target,
	source: AsyncIterable<Uint8Array>,
	signal: AbortSignal | undefined,
): Promise<'written' | 'taken'> {
	const parts = partsOf(source, signal)
	try {
		const first = await parts.next()
		const Body = first.done === true ? Buffer.alloc(0) : first.value.bytes
		if (first.done !== true && Body.length === PART_BYTES) {
			return await uploadParts(client, target, following(first.value, parts), signal)
		}
		const put = new PutObjectCommand({ ...target, Body, IfNoneMatch: NOT_OVER })
		return await publish(client, target, () =>
			ask(`write ${target.Key}`, (abortSignal) => client.send(put, { abortSignal }), { signal }),
		)
	} finally {
		// Where nobody reads on, the source is told.
		await parts.return()
	}
}

async function* following(first: Part, parts: AsyncIterable<Part>): AsyncGenerator<Part, void> {
	yield first
	yield* parts
}

async function uploadParts(
	client: S3Client,
	target: Target,
	parts: AsyncIterable<Part>,
	signal: AbortSignal | undefined,
): Promise<'written' | 'taken'> {
	const { UploadId } = await ask(
		`begin ${target.Key}`,
		async (abortSignal) => client.send(await beginning(client, target), { abortSignal }),
		{ signal },
	)
	const begun = { ...target, UploadId }
	try {
		const sent = await sendParts(client, begun, parts, signal)
		const complete = new CompleteMultipartUploadCommand({ ...begun, MultipartUpload: { Parts: sent }, IfNoneMatch: NOT_OVER })
		const published = await publish(client, target, () =>
			ask(`complete ${target.Key}`, (abortSignal) => client.send(complete, { abortSignal, requestTimeout: PUBLISH_MAX_MS }), {
				signal,
				maxMs: PUBLISH_MAX_MS,
			}),
		)
		if (published === 'taken') await discard(client, begun)
		return published
	} catch (error) {
		// Why writing failed is what the caller must know; parts that can't be taken back now go with the next write or remove.
		await discard(client, begun).catch(() => undefined)
		throw error
	}
}

/** Says whether the parts will come with checksums, as the client counts them unless AWS_REQUEST_CHECKSUM_CALCULATION says otherwise. */
async function beginning(client: S3Client, target: Target): Promise<CreateMultipartUploadCommand> {
	const counted = (await client.config.requestChecksumCalculation()) === 'WHEN_SUPPORTED'
	return new CreateMultipartUploadCommand({ ...target, ...(counted && { ChecksumAlgorithm: 'CRC32' }) })
}

type Begun = Target & { readonly UploadId: string | undefined }

/** Sends the parts, PARTS_AT_ONCE at a time, and ends when none is on its way any more. */
async function sendParts(
	client: S3Client,
	begun: Begun,
	parts: AsyncIterable<Part>,
	signal: AbortSignal | undefined,
): Promise<CompletedPart[]> {
	const failed = new AbortController()
	const over = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal])
	const sent: CompletedPart[] = []
	const sending = new Set<Promise<void>>()
	const send = async ({ bytes, free }: Part, PartNumber: number) => {
		const command = new UploadPartCommand({ ...begun, PartNumber, Body: bytes })
		const answer = await ask(`write part ${PartNumber} of ${begun.Key}`, (abortSignal) => client.send(command, { abortSignal }), {
			signal: over,
		})
		// Not after a failure: of a request that was cut off nobody says when its bytes are read for the last time.
		free()
		// The checksum that the client counted stands in the answer where the server has one; then it wants it again at the end.
		sent[PartNumber - 1] = { PartNumber, ETag: answer.ETag, ChecksumCRC32: answer.ChecksumCRC32 }
	}
	try {
		let number = 0
		for await (const part of parts) {
			if (sending.size >= PARTS_AT_ONCE) await Promise.race(sending)
			over.throwIfAborted()
			const task: Promise<void> = send(part, ++number)
				.catch((error: unknown) => failed.abort(error))
				.finally(() => sending.delete(task))
			sending.add(task)
		}
	} catch (error) {
		failed.abort(error)
	}
	await Promise.all(sending)
	over.throwIfAborted()
	return sent
}

const PRECONDITION_FAILED = 412
const CONFLICT = 409

/** Sends the request that makes the object appear, and tells what its answer means. */
async function publish(client: S3Client, target: Target, send: () => Promise<unknown>): Promise<'written' | 'taken'> {
	try {
		await send()
		return 'written'
	} catch (error) {
		const { code, status } = refusalOf(error instanceof StorageError ? error.cause : error)
		if (status === PRECONDITION_FAILED) return 'taken'
		// Another writer is at it, or this one's first try did it and its answer was lost.
		const settled = code === 'NoSuchUpload' || status === CONFLICT
		if (settled && (await bytesOf(client, target)) !== undefined) return 'taken'
		throw error
	}
}

/**
 * Takes back the parts that were sent. One that was on its way when its request was cut off may arrive afterwards and keep the
 * upload alive: so until the server knows of none.
 */
async function discard(client: S3Client, begun: Begun): Promise<void> {
	for (let tries = 0; tries < DISCARD_TRIES; tries++) {
		if (tries > 0) await sleep(DISCARD_AGAIN_MS)
		const take = (abortSignal: AbortSignal) => client.send(new AbortMultipartUploadCommand(begun), { abortSignal })
		try {
			await ask(`take back the parts of ${begun.Key}`, take, { maxMs: DISCARD_MAX_MS })
		} catch (error) {
			if (error instanceof StorageError && error.cause instanceof NoSuchUpload) return
			throw error
		}
	}
}

/** Takes back what half-written objects there are of that key: writers that were killed leave them. */
export async function discardUploads(client: S3Client, { Bucket, Key }: Target): Promise<void> {
	for (let pages = 0, from = {}; pages < PAGES_MAX; pages++) {
		const list = new ListMultipartUploadsCommand({ Bucket, Prefix: Key, ...from })
		const page = await ask(`look for parts of ${Key}`, (abortSignal) => client.send(list, { abortSignal }))
		// The prefix finds those of longer keys, too.
		const uploads = (page.Uploads ?? []).filter((one) => one.Key === Key)
		for (const { UploadId } of uploads) await discard(client, { Bucket, Key, UploadId })
		if (page.IsTruncated !== true) return
		from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
	}
}
