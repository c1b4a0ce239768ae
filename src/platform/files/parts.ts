/** A file that is longer comes in parts of this many bytes; S3 takes 10,000 of them, so files of up to 78 GiB. */
export const PART_BYTES = 8 * 1_024 * 1_024

export type Part = {
	/** PART_BYTES of them; fewer in the last part. */
	readonly bytes: Buffer
	/** Says that the bytes are needed no more: another part will be filled into their place. */
	free(): void
}

/**
 * The source's bytes in parts; none where there are no bytes. Their places are used again: left to be collected, the parts of a file
 * of 1 GB took 25 MB more at their peak.
 */
export async function* partsOf(source: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Part, void> {
	const places: Buffer[] = []
	const newPlace = () => places.pop() ?? Buffer.allocUnsafe(PART_BYTES)
	let place = newPlace()
	let filled = 0
	const part = (bytes: Buffer): Part => {
		const own = place
		return { bytes, free: () => void places.push(own) }
	}
	for await (const chunk of source) {
		signal?.throwIfAborted()
		for (let at = 0; at < chunk.length; ) {
			const taken = Math.min(chunk.length - at, PART_BYTES - filled)
			place.set(chunk.subarray(at, at + taken), filled)
			at += taken
			filled += taken
			if (filled < PART_BYTES) continue
			yield part(place)
			place = newPlace()
			filled = 0
		}
	}
	signal?.throwIfAborted()
	if (filled > 0) yield part(place.subarray(0, filled))
}
