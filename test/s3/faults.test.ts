import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { StorageError } from '../../src/platform/files/errors.ts'
import { createFiles, type Files } from '../../src/platform/files/port.ts'
import { chunksOf, manyBytes, MIB, sha256Of } from '../support/bytes.ts'
import { type S3Server, startS3Server } from '../support/s3.ts'

const NAME = 'reports/1.jsonl'
/** What a worker that is closed has. */
const STOPPED_WITHIN_MS = 8_000

let server: S3Server
before(async () => void (server = await startS3Server()))

async function newStorage(): Promise<{ bucket: string; files: Files }> {
	const bucket = await server.newBucket()
	return { bucket, files: createFiles(`s3://${bucket}/shop`) }
}

async function textOf(files: Files): Promise<string> {
	const stream = await files.read(NAME)
	assert.ok(stream)
	return text(stream)
}

const fails = (fault: string) => ({ name: 'StorageError', fault })

suite('What goes wrong in S3 leaves nothing behind', () => {
	test('a source that breaks, early or late', async () => {
		for (const bytes of [1_000, 20 * MIB]) {
			const { bucket, files } = await newStorage()
			const broken = async function* () {
				yield* manyBytes(bytes)
				throw new Error('the source broke')
			}
			await assert.rejects(files.write(NAME, broken()), /the source broke/)
			assert.deepEqual(await server.contents(bucket), { files: [], halves: [] })
		}
	})

	test('a writer that is told to stop, and its source is told too', async () => {
		const { bucket, files } = await newStorage()
		const stop = new AbortController()
		let ended = false
		const endless = async function* () {
			try {
				for (let sent = 0; ; sent += MIB) {
					if (sent === 20 * MIB) stop.abort(new Error('enough'))
					yield Buffer.alloc(MIB)
				}
			} finally {
				ended = true
			}
		}
		await assert.rejects(files.write(NAME, endless(), stop.signal), /enough/)
		assert.deepEqual(await server.contents(bucket), { files: [], halves: [] })
		assert.ok(ended)
	})

	test('a writer that was killed: the next one of the same name takes its parts back, and no other’s', async () => {
		const { bucket, files } = await newStorage()
		const leave = async (Key: string) => {
			const begun = { Bucket: bucket, Key }
			const { UploadId } = await server.client.send(new CreateMultipartUploadCommand(begun))
			await server.client.send(new UploadPartCommand({ ...begun, UploadId, PartNumber: 1, Body: Buffer.alloc(1_000) }))
		}
		await leave(`shop/${NAME}`)
		await leave(`shop/${NAME}`)
		await leave(`shop/${NAME}.other`)
		await files.write(NAME, chunksOf('whole'))
		assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [`shop/${NAME}.other`] })
		await leave(`shop/${NAME}`)
		await files.remove(NAME)
		assert.deepEqual(await server.contents(bucket), { files: [], halves: [`shop/${NAME}.other`] })
	})

	test('a writer that wakes up after another has begun anew', async () => {
		const { bucket, files } = await newStorage()
		const { promise: woken, resolve: wake } = Promise.withResolvers<void>()
		const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
		const frozen = async function* () {
			yield* manyBytes(9 * MIB)
			begin()
			await woken
		}
		const late = files.write(NAME, frozen())
		await begun
		assert.equal(await files.write(NAME, chunksOf('new')), 'written')
		wake()
		await assert.rejects(late, StorageError)
		assert.equal(await textOf(files), 'new')
		assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [] })
	})
})

suite('S3 that does not do it says why', () => {
	test('without the bucket, and with a wrong secret, it is refused', async () => {
		const { bucket } = await newStorage()
		const refused = async (url: string) => {
			await assert.rejects(createFiles(url).write(NAME, chunksOf('x')), fails('refused'))
			await assert.rejects(createFiles(url).read(NAME), fails('refused'))
			await assert.rejects(createFiles(url).stat(NAME), fails('refused'))
			await assert.rejects(createFiles(url).remove(NAME), fails('refused'))
		}
		await refused('s3://no-such-bucket')
		process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong'
		try {
			await refused(`s3://${bucket}`)
		} finally {
			Object.assign(process.env, server.environment)
		}
	})

	test('killed while it is written to, it is unavailable; when it is back, the same name can be written', async () => {
		const { bucket, files } = await newStorage()
		const killing = async function* () {
			yield* manyBytes(20 * MIB)
			await server.kill()
			yield* manyBytes(20 * MIB)
		}
		await assert.rejects(files.write(NAME, killing()), fails('unavailable'))
		await assert.rejects(files.stat(NAME), fails('unavailable'))
		await assert.rejects(files.read(NAME), fails('unavailable'))
		await assert.rejects(files.remove(NAME), fails('unavailable'))
		await server.restart()
		assert.equal((await server.contents(bucket)).halves.length, 1)
		assert.equal(await files.write(NAME, chunksOf('whole')), 'written')
		assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [] })
	})

	test('hanging while it is written to, it holds up nobody who is told to stop', async () => {
		const { bucket, files } = await newStorage()
		const stop = new AbortController()
		const hanging = async function* () {
			yield* manyBytes(10 * MIB)
			server.hang()
			setTimeout(() => stop.abort(new Error('enough')), 500)
			yield* manyBytes(40 * MIB)
		}
		const startedAt = performance.now()
		await assert.rejects(files.write(NAME, hanging(), stop.signal), /enough/)
		const ms = performance.now() - startedAt
		server.wake()
		assert.ok(ms < STOPPED_WITHIN_MS, `${ms} ms`)
		assert.equal(await files.write(NAME, chunksOf('whole')), 'written')
		assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [] })
	})

	test('killed while it is read from, the reader is told', async () => {
		const { files } = await newStorage()
		await files.write(NAME, manyBytes(40 * MIB))
		const stream = await files.read(NAME)
		assert.ok(stream)
		await server.kill()
		await assert.rejects(async () => {
			for await (const _ of stream);
		}, fails('unavailable'))
		await server.restart()
	})
})

suite('A long file', () => {
	test('takes a few parts of memory, not its own size, and waits for whoever reads it', async () => {
		const { files } = await newStorage()
		const bytes = 200 * MIB
		const used: number[] = []
		const watched = async function* () {
			for await (const chunk of manyBytes(bytes)) {
				used.push(process.memoryUsage().rss)
				yield chunk
			}
		}
		const before = process.memoryUsage().rss
		assert.equal(await files.write(NAME, watched()), 'written')
		const peakMb = (Math.max(...used) - before) / MIB
		assert.ok(peakMb < 100, `${peakMb} MB`)
		const stream = await files.read(NAME)
		assert.ok(stream)
		const held = process.memoryUsage().rss
		await sleep(1_000)
		assert.ok(process.memoryUsage().rss - held < 20 * MIB)
		assert.equal(await sha256Of(stream), await sha256Of(manyBytes(bytes)))
		assert.deepEqual(await files.stat(NAME), { bytes })
	})
})
