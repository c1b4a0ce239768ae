import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compatibilityPartitioner } from '@platformatic/kafka'
import fc from 'fast-check'
import { partitionOf } from './kafka-partitions.ts'

/** What Java's `Utils.toPositive(Utils.murmur2(key))` gives (the first six stand in its own tests). */
const JAVA = [
	['21', -973932308],
	['foobar', -790332482],
	['a-little-bit-long-string', -985981536],
	['a-little-bit-longer-string', -1486304829],
	['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
	['abc', 479470107],
] as const

for (const [key, hash] of JAVA) {
	test(`the key "${key}" goes to the partition that Java takes`, () => {
		for (const count of [1, 3, 6, 50]) assert.equal(partitionOf(Buffer.from(key), count), (hash & 0x7fffffff) % count)
	})
}

test('any key goes to the partition that the client library would take', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
			const key = Buffer.from(bytes)
			const expected = compatibilityPartitioner({ topic: 'any' }, key) % 6
			assert.equal(partitionOf(key, 6), expected)
		}),
	)
})

test('a key of many megabytes takes no time', () => {
	const start = performance.now()
	partitionOf(Buffer.alloc(12 * 1024 * 1024, 'x'), 6)
	assert.ok(performance.now() - start < 1_000)
})
