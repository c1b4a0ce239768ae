import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { before, suite, test } from 'node:test'
import { createFiles, type Files } from '../../src/platform/files/port.ts'
import { chunksOf, manyBytes, MIB, sha256Of } from '../support/bytes.ts'
import { type S3Server, startS3Server } from '../support/s3.ts'

const NAME = 'reports/1.jsonl'

let server: S3Server
before(async () => void (server = await startS3Server()))

async function newStorage(): Promise<{ bucket: string; files: Files }> {
	const bucket = await server.newBucket()
	return { bucket, files: createFiles(`s3://${bucket}/shop`) }
}

async function read(files: Files, range?: { start: number; end: number }): Promise<Buffer> {
	const stream = await files.read(NAME, range)
	assert.ok(stream)
	return buffer(stream)
}

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
