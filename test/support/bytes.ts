import { createHash } from 'node:crypto'

export const MIB = 1_024 * 1_024

export async function* chunksOf(...chunks: string[]) {
	for (const chunk of chunks) yield Buffer.from(chunk)
}

/** Bytes that compress to nothing else, the same each time, in chunks of an odd size. */
export async function* manyBytes(total: number, { chunkBytes = 65_521, seed = 1 } = {}) {
	for (let at = 0, state = seed; at < total; at += chunkBytes) {
		const chunk = Buffer.alloc(Math.min(chunkBytes, total - at))
		for (let byte = 0; byte + 4 <= chunk.length; byte += 4) {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
			chunk.writeUInt32LE(state, byte)
		}
		yield chunk
	}
}

export async function sha256Of(source: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash('sha256')
	for await (const chunk of source) hash.update(chunk)
	return hash.digest('hex')
}
