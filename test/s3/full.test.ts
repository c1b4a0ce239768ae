import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createFiles } from '../../src/platform/files/port.ts'
import { manyBytes, MIB } from '../support/bytes.ts'
import { startS3Server } from '../support/s3.ts'
import { mountSmallDisk, whyNoSmallDisk } from '../support/small-disk.ts'

const NAME = 'reports/1.jsonl'

suite('An S3 server whose disk has no room', { skip: whyNoSmallDisk() }, () => {
	test('is full, the parts that were sent are gone, and a smaller file is written', async () => {
		const server = await startS3Server(mountSmallDisk(24).folder)
		const bucket = await server.newBucket()
		const files = createFiles(`s3://${bucket}`)
		await assert.rejects(files.write(NAME, manyBytes(60 * MIB)), { name: 'StorageError', fault: 'full' })
		assert.deepEqual(await server.contents(bucket), { files: [], halves: [] })
		assert.equal(await files.write(NAME, manyBytes(5 * MIB)), 'written')
		assert.deepEqual(await files.stat(NAME), { bytes: 5 * MIB })
	})
})
