import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3'
import { checkName } from './names.ts'
import type { Files } from './port.ts'
import type { S3Place } from './s3-place.ts'
import { ask, bytesOf, tellingFaults, type Target } from './s3-requests.ts'
import { discardUploads, upload } from './s3-upload.ts'

const CONNECT_MAX_MS = 3_000
/** From a request to the head of its answer, a part of a file included. */
const TRY_MAX_MS = 20_000
/** A connection on which nothing moves: longer than a download may stand still, or a server put parts together. */
const SILENT_MAX_MS = 5 * 60_000
const TRIES = 3

/**
 * Files in a bucket of S3, or of a server that speaks it. Where it is, and who asks, is what the AWS tools read as well:
 * AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID and so on, profiles, or the role of the machine. A name is taken by the
 * server: a file is written on the condition that there is none (`If-None-Match: *`), so a writer that wakes up late can't put
 * its file over another's.
 */
export function createS3Files({ bucket, prefix }: S3Place): Files {
	const client = new S3Client({
		// Own servers seldom have a name for each bucket.
		forcePathStyle: (process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL']) !== undefined,
		maxAttempts: TRIES,
		requestHandler: {
			connectionTimeout: CONNECT_MAX_MS,
			requestTimeout: TRY_MAX_MS,
			throwOnRequestTimeout: true,
			socketTimeout: SILENT_MAX_MS,
		},
		// Whoever downloads has the SHA-256. Checked here as well, the stream would be one that does not end with its reader.
		responseChecksumValidation: 'WHEN_REQUIRED',
	})
	const targetOf = (name: string): Target => {
		checkName(name)
		return { Bucket: bucket, Key: `${prefix}${name}` }
	}
	return {
		async write(name, source, signal) {
			const target = targetOf(name)
			await discardUploads(client, target)
			return upload(client, target, source, signal)
		},
		async read(name, range) {
			const target = targetOf(name)
			const Range = range && `bytes=${range.start}-${range.end}`
			return ask(`read ${name}`, async () => {
				try {
					// Without the deadline's signal, which would go on to be the deadline of whoever reads the bytes.
					const { Body } = await client.send(new GetObjectCommand({ ...target, ...(Range && { Range }) }))
					return Body && tellingFaults(name, Body)
				} catch (error) {
					if (error instanceof NoSuchKey) return undefined
					throw error
				}
			})
		},
		async stat(name) {
			const bytes = await bytesOf(client, targetOf(name))
			return bytes === undefined ? undefined : { bytes }
		},
		async remove(name) {
			const target = targetOf(name)
			// First what could still become a file.
			await discardUploads(client, target)
			await ask(`remove ${name}`, (abortSignal) => client.send(new DeleteObjectCommand(target), { abortSignal }))
		},
	}
}
