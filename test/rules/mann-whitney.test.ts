import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { mannWhitneyP } from '../support/mann-whitney.ts'
import { createChance } from '../support/sample.ts'

const SEED = 20261127
const SIZE = 8

/** How many pairs are in order, those of equal values by half. */
const uOf = (one: readonly number[], other: readonly number[]): number =>
	one
		.flatMap((left) => other.map((right) => (left > right ? 1 : left === right ? 0.5 : 0)))
		.reduce<number>((sum, part) => sum + part, 0)

/** The same by looking at each way to deal the values out. */
function exactP(one: readonly number[], other: readonly number[]): number {
	const all = [...one, ...other]
	const middle = (one.length * other.length) / 2
	const distance = Math.abs(uOf(one, other) - middle)
	let [ways, asFar] = [0, 0]
	for (let hands = 0; hands < 2 ** all.length; hands++) {
		const mine = all.filter((_, index) => (hands >> index) & 1)
		if (mine.length !== one.length) continue
		ways++
		const theirs = all.filter((_, index) => !((hands >> index) & 1))
		if (Math.abs(uOf(mine, theirs) - middle) >= distance - 1e-9) asFar++
	}
	return asFar / ways
}

suite('Mann–Whitney’s test', () => {
	test('says about what counting all ways to deal the values out says, also where some are equal', () => {
		const chance = createChance(SEED)
		for (const values of [1_000, 6]) {
			for (const shift of [0, 0.3, 0.6]) {
				const draw = (by: number) => Array.from({ length: SIZE }, () => chance.below(values) + Math.floor(values * by))
				const [one, other] = [draw(0), draw(shift)]
				const [approximate, exact] = [mannWhitneyP(one, other), exactP(one, other)]
				assert.ok(Math.abs(approximate - exact) < 0.03, `${approximate} is not ${exact}: ${JSON.stringify([one, other])}`)
			}
		}
	})

	test('takes one and the same for different once in a hundred times at p ≤ 0.01, and sees what is different', () => {
		const chance = createChance(SEED)
		const draw = (by = 0) => Array.from({ length: 200 }, () => chance.below(1_000) + by)
		const alarms = Array.from({ length: 2_000 }, () => mannWhitneyP(draw(), draw())).filter((p) => p <= 0.01).length
		// 20 are expected, give or take 4.5.
		assert.ok(alarms > 4 && alarms < 40, `${alarms} alarms`)
		assert.ok(mannWhitneyP(draw(), draw(150)) < 0.001)
		assert.equal(mannWhitneyP([1, 1, 1], [1, 1, 1]), 1)
	})
})
