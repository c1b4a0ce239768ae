import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Conditions, selectionOf } from './byte-range.ts'

const etag = '"abc"'
const select = (headers: Conditions['headers'], { bytes = 10, method = 'GET' } = {}) =>
	selectionOf({ method, headers }, { etag, bytes })

suite('A range of bytes', () => {
	test('is what it says, cut to the file', () => {
		assert.deepEqual(select({ range: 'bytes=0-3' }), { start: 0, end: 3 })
		assert.deepEqual(select({ range: 'bytes=4-' }), { start: 4, end: 9 })
		assert.deepEqual(select({ range: 'bytes=9-9' }), { start: 9, end: 9 })
		assert.deepEqual(select({ range: 'bytes=5-999' }), { start: 5, end: 9 })
		assert.deepEqual(select({ range: 'bytes=-3' }), { start: 7, end: 9 })
		assert.deepEqual(select({ range: 'bytes=-99' }), { start: 0, end: 9 })
	})

	test('behind the end, or of nothing, can’t be given', () => {
		assert.equal(select({ range: 'bytes=10-' }), 'unsatisfiable')
		assert.equal(select({ range: 'bytes=99-100' }), 'unsatisfiable')
		assert.equal(select({ range: 'bytes=-0' }), 'unsatisfiable')
		assert.equal(select({ range: 'bytes=0-' }, { bytes: 0 }), 'unsatisfiable')
	})

	test('that is none, or several, is the whole file', () => {
		for (const range of [
			'bytes=3-1',
			'bytes=-',
			'bytes=0-1,3-4',
			'items=0-1',
			'bytes',
			'',
			'bytes=a-b',
			'bytes=1',
			'bytes=--1',
		]) {
			assert.equal(select({ range }), 'whole', range)
		}
		assert.equal(select({}), 'whole')
	})

	test('holds under If-Range for the very file that is meant', () => {
		assert.deepEqual(select({ range: 'bytes=0-3', 'if-range': etag }), { start: 0, end: 3 })
		for (const other of ['"other"', `W/${etag}`, 'Wed, 21 Oct 2026 07:28:00 GMT']) {
			assert.equal(select({ range: 'bytes=0-3', 'if-range': other }), 'whole', other)
		}
	})

	test('is for GET: HEAD tells of the whole file', () => {
		assert.equal(select({ range: 'bytes=0-3' }, { method: 'HEAD' }), 'whole')
	})
})

suite('If-None-Match', () => {
	test('with the file’s tag says that nothing is new, before any range', () => {
		for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
			assert.equal(select({ 'if-none-match': tag, range: 'bytes=0-3' }), 'unchanged', tag)
		}
		assert.equal(select({ 'if-none-match': '"other"' }), 'whole')
	})
})
