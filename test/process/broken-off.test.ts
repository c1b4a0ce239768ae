import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { networkNames, whyNoFarMachines } from '../support/far-machines.ts'
import { outputOf, startProcess } from '../support/process.ts'

const FILE = join(import.meta.dirname, '../support/left-open.ts')
const skip = whyNoFarMachines()

/** Starts a test file that has opened a shop, a process and, where that is allowed, another machine. */
async function startFile() {
	const { TEST_SERVER_URL = '', TEST_TEMPLATE = '' } = process.env
	const file = startProcess({ TEST_SERVER_URL, TEST_TEMPLATE }, FILE)
	const [, told = ''] = await outputOf(file, /opened (.*)\n/)
	const opened: { dataDir: string; pid: number; space?: string } = JSON.parse(told)
	const left = () => [
		...[opened.dataDir, join('/proc', String(opened.pid))].filter(existsSync),
		...networkNames('netns').filter((space) => space === opened.space),
	]
	assert.equal(left().length, skip === false ? 3 : 2)
	return { file, opened, left }
}

suite('A test file that is broken off', () => {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		test(`leaves no process, no folder and no network behind: by ${signal}`, async () => {
			const { file, left } = await startFile()
			file.child.kill(signal)
			assert.equal(await file.ended, 1, file.output())
			assert.deepEqual(left(), [])
		})
	}

	test('by SIGKILL leaves networks that the next one takes away, which leaves those of others', { skip }, async () => {
		const killed = await startFile()
		const other = await startFile()
		process.kill(killed.opened.pid, 'SIGKILL')
		killed.file.child.kill('SIGKILL')
		await killed.file.ended
		await rm(killed.opened.dataDir, { recursive: true })
		assert.ok(killed.left().includes(killed.opened.space ?? ''))
		assert.equal(whyNoFarMachines(), false)
		await eventually(async () => assert.ok(!killed.left().includes(killed.opened.space ?? '')))
		assert.equal(other.left().length, 3)
		other.file.child.kill('SIGTERM')
		await other.file.ended
	})
})
