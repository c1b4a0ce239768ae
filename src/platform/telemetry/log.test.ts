import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createLog } from './log.ts'

suite('A line of the log', () => {
	test('tells of each address that was tried in vain, and not what people typed', () => {
		let line = ''
		const destination = { write: (text: string) => void (line += text) }
		const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), {
			code: 'ECONNREFUSED',
			parameters: ['+79001234567'],
		})
		createLog({ level: 'info', destination }).error({ err: new AggregateError([refused, 'gone']) }, 'away')
		const { err } = JSON.parse(line)
		assert.partialDeepStrictEqual(err, {
			type: 'AggregateError',
			errors: [{ message: 'connect ECONNREFUSED ::1:5432', error_code: 'ECONNREFUSED' }, { message: 'gone' }],
		})
		assert.doesNotMatch(line, /79001234567/)
	})
})
