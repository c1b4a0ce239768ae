import type { OutgoingMessage } from './port.ts'

/** A message of a batch and where it goes. */
export type PlacedMessage = { readonly message: OutgoingMessage; readonly index: number; readonly partition: number }

/** Messages of one partition, in order, that are sent as one record batch. */
export type Chunk = { readonly topic: string; readonly partition: number; readonly messages: readonly PlacedMessage[] }

/**
 * A broker takes or refuses the record batch of a partition whole, and measures it against the topic's `max.message.bytes`: 1 MB
 * unless set. What is larger goes alone, and the broker has its say.
 */
const CHUNK_MAX_BYTES = 900 * 1024
/** What one request holds, so that it is sent and stored well within its deadline. */
const ROUND_MAX_BYTES = 8 * 1024 * 1024
/** What a record or a header adds to its texts, at the most. */
const OVERHEAD_BYTES = 32

/**
 * Splits a batch into requests to be sent one after the other: each holds one chunk of a partition at the most, so that the order
 * within a partition is the order of the batch.
 */
export function roundsOf(placed: readonly PlacedMessage[]): Chunk[][] {
	const queues = [...Map.groupBy(placed, ({ message, partition }) => `${message.topic}/${partition}`).values()].map(chunksOf)
	const rounds: Chunk[][] = []
	for (let depth = 0; queues.some((chunks) => chunks.length > depth); depth++) {
		let round: Chunk[] = []
		let bytes = 0
		for (const chunk of queues.flatMap((chunks) => chunks.slice(depth, depth + 1))) {
			const size = chunk.messages.reduce((sum, { message }) => sum + sizeOf(message), 0)
			if (round.length > 0 && bytes + size > ROUND_MAX_BYTES) {
				rounds.push(round)
				round = []
				bytes = 0
			}
			round.push(chunk)
			bytes += size
		}
		rounds.push(round)
	}
	return rounds
}

function chunksOf(placed: readonly PlacedMessage[]): Chunk[] {
	const chunks: (Chunk & { readonly messages: PlacedMessage[] })[] = []
	let bytes = 0
	for (const one of placed) {
		const size = sizeOf(one.message)
		const last = chunks.at(-1)
		if (last !== undefined && bytes + size <= CHUNK_MAX_BYTES) {
			last.messages.push(one)
			bytes += size
		} else {
			chunks.push({ topic: one.message.topic, partition: one.partition, messages: [one] })
			bytes = size
		}
	}
	return chunks
}

/** The halves of a chunk of two or more. */
export function halvesOf(chunk: Chunk): [Chunk, Chunk] {
	const middle = Math.ceil(chunk.messages.length / 2)
	return [
		{ ...chunk, messages: chunk.messages.slice(0, middle) },
		{ ...chunk, messages: chunk.messages.slice(middle) },
	]
}

function sizeOf({ key, value, headers }: OutgoingMessage): number {
	const texts = Object.entries(headers).map(([name, text]) => Buffer.byteLength(name) + Buffer.byteLength(text) + OVERHEAD_BYTES)
	return texts.reduce((sum, size) => sum + size, (key?.length ?? 0) + (value?.length ?? 0) + OVERHEAD_BYTES)
}
