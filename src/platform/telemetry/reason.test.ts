import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { reasonOf } from './reason.ts'

const refused = (address: string) => Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: 'ECONNREFUSED' })

suite('An error in words', () => {
	for (const [what, error, reason] of [
		[
			'names each address that was tried in vain',
			new AggregateError([refused('::1:5432'), refused('127.0.0.1:5432')]),
			'connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432',
		],
		['says the same thing once', new AggregateError([new Error('gone'), new Error('gone')]), 'gone'],
		[
			'is that of the request that failed',
			new TypeError('fetch failed', { cause: refused('[::1]:80') }),
			'connect ECONNREFUSED [::1]:80',
		],
		['is the code where there are no others', Object.assign(new Error(), { code: 'ECONNRESET' }), 'ECONNRESET'],
		['is never empty', new AggregateError([]), 'AggregateError'],
		['is what was thrown, whatever that is', 'thrown', 'thrown'],
	] as const) {
		test(what, () => assert.equal(reasonOf(error), reason))
	}
})
