import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { givingWay } from './give-way.ts'

const CHUNKS = 20
const CHUNK_MS = 4

/** Each chunk takes the processor for a while. */
async function* work(): AsyncGenerator<number> {
	for (let chunk = 0; chunk < CHUNKS; chunk++) {
		for (const until = performance.now() + CHUNK_MS; performance.now() < until; );
		yield chunk
	}
}

async function msOf(answered: () => number): Promise<number> {
	const beganAt = performance.now()
	const chunks: number[] = []
	for await (const chunk of givingWay(work(), answered)) chunks.push(chunk)
	assert.deepEqual(
		chunks,
		Array.from({ length: CHUNKS }, (_, index) => index),
	)
	return performance.now() - beganAt
}

suite('A report', () => {
	test('leaves the processor to customers while they are answered, and takes it when they are not', async () => {
		const served = performance.now()
		// A hundred a second.
		const besideCustomers = await msOf(() => (performance.now() - served) / 10)
		assert.ok(besideCustomers > 20 * CHUNKS * CHUNK_MS, `${besideCustomers} ms`)
		const alone = await msOf(() => 0)
		assert.ok(alone < besideCustomers / 2, `${alone} ms alone, ${besideCustomers} ms beside customers`)
	})
})
