import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { atEnd } from '../support/at-end.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { type ServiceProcess, startProcess, urlOf } from '../support/process.ts'

/** Measured: 115 to 125 MB, of which 53 are pages of Node's own program and 41 are what an empty Node takes. */
const IDLE_MAX_MB = 150
const KB_IN_MB = 1_024

let service: ServiceProcess
let url: string

const ofProcess = (file: string): Promise<string> => readFile(`/proc/${service.child.pid}/${file}`, 'utf8')

async function residentMb(): Promise<number> {
	const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(await ofProcess('status')) ?? []
	assert.ok(kb, 'the kernel tells no memory')
	return Number(kb) / KB_IN_MB
}

// What a process takes is told by Linux alone.
suite('A service that nobody uses', { skip: process.platform !== 'linux' }, () => {
	before(async () => {
		const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-footprint-'))
		atEnd(() => rm(dataDir, { recursive: true, force: true }))
		const settings = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' }
		// The first start in a new checkout compiles, which takes memory that no later start takes.
		const first = startProcess(settings)
		await urlOf(first)
		first.child.kill('SIGTERM')
		assert.equal(await first.ended, 0)
		service = startProcess(settings)
		url = await urlOf(service)
	})

	test(`takes less than ${IDLE_MAX_MB} MB of memory, also when its pages and its API have been looked at`, async () => {
		const small = async () => assert.ok((await residentMb()) < IDLE_MAX_MB, `${await residentMb()} MB`)
		await eventually(small)
		const guest = createClient(url)
		for (const path of ['/products', '//openapi.json', '//docs/', '//docs/js/scalar.js', '//docs/errors', '//dev/inbox']) {
			assert.equal((await guest.get(path)).status, 200, path)
		}
		await eventually(small)
	})

	test('has not loaded the Kafka client, since it was told no brokers', async () => {
		// Its checksums are a native library, the only one that the program loads.
		assert.doesNotMatch(await ofProcess('maps'), /\.node$/m)
	})
})
