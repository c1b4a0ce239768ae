import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { tellingFaults } from './s3-requests.ts'

const fault = { name: 'StorageError', fault: 'unavailable', message: /could not read reports\/1.jsonl to its end/ }

suite('A file of S3 that breaks off', () => {
	test('before anybody reads it is no end of the process: whoever begins to read is told', async () => {
		const body = new Readable({ read: () => undefined })
		const told = tellingFaults('reports/1.jsonl', body)
		body.destroy(new Error('aborted'))
		await turn()
		assert.ok(told.errored)
		await assert.rejects(text(told), fault)
	})
})
