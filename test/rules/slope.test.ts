import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createChance } from '../support/sample.ts'
import { minimaOf, slopeOf } from '../support/slope.ts'

suite('The slope of a figure', () => {
	test('is that of the line the figure follows, wherever that begins', () => {
		const line = [20, 21, 24, 30].map((atMin) => ({ atMin, value: 100 - 3 * atMin }))
		assert.ok(Math.abs(slopeOf(line) + 3) < 1e-9)
		assert.equal(slopeOf([{ atMin: 1, value: 7 }]), 0)
		assert.equal(slopeOf([]), 0)
	})

	test('is found under what comes and goes each minute, by the smallest of each', () => {
		const chance = createChance(1)
		for (const perMinute of [0, 0.2]) {
			// A collector that lets up to 40 MB gather, looked at each 10 seconds for 40 minutes.
			const looks = Array.from({ length: 240 }, (_, look) => look / 6)
			const saw = looks.map((atMin) => ({ atMin, value: 150 + perMinute * atMin + chance.below(40) }))
			const minima = minimaOf(saw)
			assert.equal(minima.length, 40)
			assert.ok(Math.abs(slopeOf(minima) - perMinute) < 0.1, `${slopeOf(minima)}`)
		}
	})
})
