import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type Bucket, quantileOf } from './stays.ts'

const bucket = (fromS: number, toS: number | null, orders: number): Bucket => ({ fromS, toS, orders })

suite('The time within which a part of the orders is through', () => {
	test('is unknown of no orders', () => {
		assert.equal(quantileOf([], 0.5, 0), null)
		assert.equal(quantileOf([bucket(0, 60, 0)], 0.5, 0), null)
	})

	test('of one order is the middle of its bucket, or the time that it took where that is less', () => {
		assert.equal(quantileOf([bucket(60, 120, 1)], 0.5, 100), 90)
		assert.equal(quantileOf([bucket(60, 120, 1)], 0.9, 100), 90)
		assert.equal(quantileOf([bucket(60, 120, 1)], 0.9, 70), 70)
	})

	test('is no longer than the mean allows: of ten that took a second, half are not half a minute', () => {
		assert.equal(quantileOf([bucket(0, 60, 10)], 0.5, 1), 10 / 6)
	})

	test('beyond the last bound is that bound', () => {
		assert.equal(quantileOf([bucket(0, 60, 1), bucket(100, null, 9)], 0.9, 500), 100)
	})

	test('lies in the bucket of the order that is asked for, and grows with the part', () => {
		const BOUNDS = [0, 60, 120, 300, 1_000]
		const bucketIndexOf = (s: number) => BOUNDS.findLastIndex((bound) => bound <= s)
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 200 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(times, share) => {
					const buckets = BOUNDS.map((fromS, index) => {
						const orders = times.filter((s) => bucketIndexOf(s) === index).length
						return bucket(fromS, BOUNDS[index + 1] ?? null, orders)
					})
					const exact = times.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(times.length * share) - 1)] ?? 0
					const mean = times.reduce((sum, s) => sum + s, 0) / times.length
					const estimate = quantileOf(buckets, share, mean) ?? assert.fail('there are orders')
					assert.equal(bucketIndexOf(estimate), bucketIndexOf(exact))
					assert.ok(estimate <= (quantileOf(buckets, 1, mean) ?? 0))
				},
			),
		)
	})
})
