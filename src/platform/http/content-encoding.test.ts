import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { wantsGzip } from './content-encoding.ts'

suite('Accept-Encoding asks for gzip', () => {
	test('when it takes it, and does not like the bytes as they are better', () => {
		for (const header of [
			'gzip',
			'GZIP',
			'gzip, deflate, br, zstd',
			'deflate, gzip;q=1.0, *;q=0.5',
			'*',
			'gzip;q=0.001',
			'gzip;q=0.8, identity;q=0.5',
			'identity;q=0, gzip;q=0.1',
			'gzip, *;q=0',
			' gzip ; q=1 ',
		]) {
			assert.equal(wantsGzip(header), true, header)
		}
	})

	test('not when it refuses it, likes the bytes as they are better, or says nothing of it', () => {
		for (const header of [
			undefined,
			'',
			'identity',
			'gzip;q=0',
			'gzip;q=0.000',
			'gzip; q=0, *',
			'*;q=0',
			'identity;q=0, gzip;q=0',
			'br, deflate',
			'gzip;q=0.5, identity;q=0.8',
			'gzipped, x-gzip2',
			'gzip;q=much',
		]) {
			assert.equal(wantsGzip(header), false, header)
		}
	})

	test('by its q, whatever else stands beside it and in whatever order', () => {
		const q = fc.integer({ min: 0, max: 1_000 })
		const others = fc.subarray(['br', 'deflate', 'zstd', 'compress'])
		fc.assert(
			fc.property(q, fc.option(q), others, fc.infiniteStream(fc.nat()), (gzip, identity, rest, chance) => {
				const entries = [
					`gzip;q=${gzip / 1_000}`,
					...(identity === null ? [] : [`identity;q=${identity / 1_000}`]),
					...rest.map((name) => `${name};q=0.3`),
				]
				const shuffled = entries.map((entry) => ({ entry, at: chance.next().value })).sort((a, b) => a.at - b.at)
				const header = shuffled.map(({ entry }) => entry).join(', ')
				// Of two that are liked alike either will do.
				if (identity === gzip) return
				assert.equal(wantsGzip(header), gzip > (identity ?? 0), header)
			}),
		)
	})

	test('and is understood or not, but never an error', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (header) => typeof wantsGzip(header) === 'boolean'))
	})
})
