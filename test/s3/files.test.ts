import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { buffer } from 'node:stream/consumers'
import { StorageError } from '../../src/platform/files/errors.ts'
import { createFiles, type Files } from '../../src/platform/files/port.ts'
import { eventually } from '../support/eventually.ts'
import { type S3Server, startS3Server } from '../support/s3.ts'

const NAME = 'reports/1.jsonl'
const MIB = 1_024 * 1_024

let server: S3Server
before(async () => void (server = await startS3Server()))

async function newStorage(): Promise<{ bucket: string; files: Files }> {
	const bucket = await server.newBucket()
	return { bucket, files: createFiles(`s3://${bucket}/shop`) }
}

async function* chunksOf(...chunks: string[]) {
	for (const chunk of chunks) yield Buffer.from(chunk)
}

/** Bytes that compress to nothing else, the same each time, in chunks of an odd size. */
async function* manyBytes(total: number, { chunkBytes = 65_521, seed = 1 } = {}) {
	for (let at = 0, state = seed; at < total; at += chunkBytes) {
		const chunk = Buffer.alloc(Math.min(chunkBytes, total - at))
		for (let byte = 0; byte + 4 <= chunk.length; byte += 4) {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
			chunk.writeUInt32LE(state, byte)
		}
		yield chunk
	}
}

async function sha256Of(source: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash('sha256')
	for await (const chunk of source) hash.update(chunk)
	return hash.digest('hex')
}

async function read(files: Files, range?: { start: number; end: number }): Promise<Buffer> {
	const stream = await files.read(NAME, range)
	assert.ok(stream)
	return buffer(stream)
}

const fails = (fault: string) => ({ name: 'StorageError', fault })

suite('A file in S3', () => {
	test('is written whole below the prefix, and nothing beside it', async () => {
		const { bucket, files } = await newStorage()
		assert.equal(await files.write(NAME, chunksOf('один\n', 'два\n')), 'written')
		assert.equal((await read(files)).toString(), 'один\nдва\n')
		assert.deepEqual(await files.stat(NAME), { bytes: 16 })
		assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [] })
	})

	test('may be empty', async () => {
		const { files } = await newStorage()
		assert.equal(await files.write(NAME, chunksOf()), 'written')
		assert.deepEqual(await files.stat(NAME), { bytes: 0 })
		assert.equal((await read(files)).length, 0)
	})

	for (const bytes of [8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 33 * MIB + 12_345]) {
		test(`of ${bytes} bytes is, byte for byte, what was written`, async () => {
			const { bucket, files } = await newStorage()
			assert.equal(await files.write(NAME, manyBytes(bytes)), 'written')
			assert.deepEqual(await files.stat(NAME), { bytes })
			const stream = await files.read(NAME)
			assert.ok(stream)
			assert.equal(await sha256Of(stream), await sha256Of(manyBytes(bytes)))
			assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [] })
		})
	}

	test('is read in parts, also over the seams of what it was sent in', async () => {
		const { files } = await newStorage()
		const bytes = 17 * MIB
		await files.write(NAME, manyBytes(bytes))
		const whole = await read(files)
		for (const [start, end] of [
			[0, 0],
			[8 * MIB - 5, 8 * MIB + 5],
			[bytes - 1, bytes - 1],
		] as const) {
			assert.deepEqual(await read(files, { start, end }), whole.subarray(start, end + 1))
		}
	})

	test('that is there is never written over, be it short or long', async () => {
		const { bucket, files } = await newStorage()
		assert.equal(await files.write(NAME, chunksOf('first')), 'written')
		assert.equal(await files.write(NAME, chunksOf('second')), 'taken')
		assert.equal(await files.write(NAME, manyBytes(20 * MIB)), 'taken')
		assert.equal((await read(files)).toString(), 'first')
		assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [] })
	})

	test('is undefined where there is none, and removing it is no error', async () => {
		const { bucket, files } = await newStorage()
		assert.equal(await files.read(NAME), undefined)
		assert.equal(await files.stat(NAME), undefined)
		await files.remove(NAME)
		await files.write(NAME, chunksOf('gone'))
		await files.remove(NAME)
		assert.equal(await files.stat(NAME), undefined)
		assert.deepEqual(await server.contents(bucket), { files: [], halves: [] })
	})

	test('can’t be named outside of its prefix', async () => {
		const { files } = await newStorage()
		for (const name of ['../secret', '/etc/passwd', 'reports/../../x', '', '.hidden', 'reports//x', 'x.part', 'a b']) {
			await assert.rejects(files.write(name, chunksOf('x')), /not a name/)
			await assert.rejects(files.read(name), /not a name/)
		}
	})

	test('of two writers at once, short or long, has the content of one of them for ever', async () => {
		for (const bytes of [1_000, 20 * MIB]) {
			const { bucket, files } = await newStorage()
			const other = createFiles(`s3://${bucket}/shop`)
			const outcomes = await Promise.allSettled([
				files.write(NAME, manyBytes(bytes, { seed: 1 })),
				other.write(NAME, manyBytes(bytes, { seed: 2 })),
			])
			const of = (outcome: PromiseSettledResult<string>) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason)
			assert.equal(outcomes.filter((outcome) => of(outcome) === 'written').length, 1, String(outcomes.map(of)))
			const seed = of(outcomes[0]) === 'written' ? 1 : 2
			const content = () => read(seed === 1 ? other : files).then((found) => createHash('sha256').update(found).digest('hex'))
			assert.equal(await content(), await sha256Of(manyBytes(bytes, { seed })))
			assert.equal(await other.write(NAME, manyBytes(bytes, { seed: 3 })), 'taken')
			assert.equal(await content(), await sha256Of(manyBytes(bytes, { seed })))
			assert.deepEqual(await server.contents(bucket), { files: [`shop/${NAME}`], halves: [] })
		}
	})
})

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
		assert.equal((await read(files)).toString(), 'new')
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
		await eventually(async () => assert.deepEqual(await files.stat(NAME), { bytes }))
	})
})
