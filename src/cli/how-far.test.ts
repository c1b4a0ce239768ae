import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { barLine, clockIn, createReckoning, type Sample, sizeIn } from './how-far.ts'

const SAMPLE: Sample = { atMs: 0, bytes: 0, done: 0, of: 1_000 }

suite('How far a report is', () => {
	test('is told by what there is to be done and how fast it has gone lately', () => {
		const reckon = createReckoning()
		assert.deepEqual(reckon(SAMPLE), { part: 0, bytes: 0, bytesPerSecond: 0, perSecond: 0, leftS: undefined })
		const second = reckon({ ...SAMPLE, atMs: 1_000, done: 100, bytes: 8_000 })
		assert.deepEqual(second, { part: 0.1, bytes: 8_000, bytesPerSecond: 8_000, perSecond: 100, leftS: 9 })
		// Ten seconds later nothing has come for a while: the good times are forgotten.
		for (const atMs of [3_000, 5_000, 7_000, 9_000]) reckon({ ...SAMPLE, atMs, done: 100, bytes: 8_000 })
		assert.equal(reckon({ ...SAMPLE, atMs: 11_000, done: 100, bytes: 8_000 }).perSecond, 0)
	})

	test('begins anew with a report that is begun anew, and never passes its end', () => {
		const reckon = createReckoning()
		reckon({ ...SAMPLE, done: 900 })
		assert.equal(reckon({ ...SAMPLE, atMs: 1_000, done: 10 }).perSecond, 0)
		const low = reckon({ ...SAMPLE, atMs: 2_000, done: 1_200 })
		assert.deepEqual([low.part, low.leftS], [1, 0])
	})

	test('has no end where nobody knows it', () => {
		const { part, leftS } = createReckoning()({ ...SAMPLE, of: undefined, done: 5 })
		assert.deepEqual([part, leftS], [undefined, undefined])
	})

	test('is shown as a bar that fits the screen, or without one where there is no room', () => {
		const far = { part: 0.5, bytes: 0, bytesPerSecond: 0, perSecond: 1, leftS: 67 }
		assert.equal(barLine('report 7', far, { told: '5 lines', columns: 45 }), 'report 7 █████░░░░░  50%  5 lines  1:07 left')
		assert.equal(barLine('report 7', far, { told: '5 lines', columns: 30 }), 'report 7  50%  5 lines  1:07 left')
		assert.equal(barLine('report 7', { ...far, part: undefined }, { told: '5 lines', columns: 80 }), 'report 7  5 lines')
	})

	test('is told in numbers that people read', () => {
		assert.deepEqual([0, 999, 1_000, 98_123_456, 1.5e12].map(sizeIn), ['0 B', '999 B', '1.0 kB', '98.1 MB', '1.5 TB'])
		assert.deepEqual([0.4, 7, 67, 3_723].map(clockIn), ['0:00', '0:07', '1:07', '1:02:03'])
	})
})
