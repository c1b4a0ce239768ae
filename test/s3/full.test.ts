import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createFiles } from '../../src/platform/files/port.ts'
import { atEnd } from '../support/at-end.ts'
import { startS3Server } from '../support/s3.ts'

const MIB = 1_024 * 1_024
const NAME = 'reports/1.jsonl'

/** A small disk, in memory; undefined where this user may mount none. */
function mountSmallDisk(): string | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'prilavok-disk-'))
	const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder])
	atEnd(async () => {
		if (status === 0) spawnSync('umount', ['--lazy', folder])
		rmSync(folder, { recursive: true })
	})
	return status === 0 ? folder : undefined
}

const disk = mountSmallDisk()

suite('An S3 server whose disk has no room', { skip: disk === undefined && 'this user may mount no small disk' }, () => {
	test('is full, the parts that were sent are gone, and a smaller file is written', async () => {
		const server = await startS3Server(disk)
		const bucket = await server.newBucket()
		const files = createFiles(`s3://${bucket}`)
		const source = async function* (mib: number) {
			for (let sent = 0; sent < mib; sent++) yield Buffer.alloc(MIB)
		}
		await assert.rejects(files.write(NAME, source(60)), { name: 'StorageError', fault: 'full' })
		assert.deepEqual(await server.contents(bucket), { files: [], halves: [] })
		assert.equal(await files.write(NAME, source(5)), 'written')
		assert.deepEqual(await files.stat(NAME), { bytes: 5 * MIB })
	})
})
