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
/** UTF-8 of a UTF-16 unit, at the most: counting exactly costs more than it is worth here. */
const UTF8_MAX_BYTES = 3

type SizedChunk = Chunk & { readonly messages: PlacedMessage[]; bytes: number }

/**
 * Splits a batch into requests to be sent one after the other: each holds one chunk of a partition at the most, so that the order
 * within a partition is the order of the batch.
 */
export function roundsOf(placed: readonly PlacedMessage[]): Chunk[][] {
	const queues = chunksByPlace(placed)
	const rounds: Chunk[][] = []
	for (let depth = 0; queues.some((chunks) => chunks.length > depth); depth++) {
		let round: Chunk[] = []
		let bytes = 0
		for (const chunk of queues.flatMap((chunks) => chunks.slice(depth, depth + 1))) {
			if (round.length > 0 && bytes + chunk.bytes > ROUND_MAX_BYTES) {
				rounds.push(round)
				round = []
				bytes = 0
			}
			round.push(chunk)
			bytes += chunk.bytes
		}
		rounds.push(round)
	}
	return rounds
}

/** Of each partition its chunks, in order. */
function chunksByPlace(placed: readonly PlacedMessage[]): SizedChunk[][] {
	const topics = new Map<string, Map<number, SizedChunk[]>>()
	for (const one of placed) {
		const { topic } = one.message
		const partitions = topics.get(topic) ?? new Map<number, SizedChunk[]>()
		if (partitions.size === 0) topics.set(topic, partitions)
		const chunks = partitions.get(one.partition) ?? []
		if (chunks.length === 0) partitions.set(one.partition, chunks)
		const size = sizeOf(one.message)
		const last = chunks.at(-1)
		if (last !== undefined && last.bytes + size <= CHUNK_MAX_BYTES) {
			last.messages.push(one)
			last.bytes += size
		} else chunks.push({ topic, partition: one.partition, messages: [one], bytes: size })
	}
	return [...topics.values()].flatMap((partitions) => [...partitions.values()])
}

/** The halves of a chunk of two or more. */
export function halvesOf(chunk: Chunk): [Chunk, Chunk] {
	const middle = Math.ceil(chunk.messages.length / 2)
	return [
		{ ...chunk, messages: chunk.messages.slice(0, middle) },
		{ ...chunk, messages: chunk.messages.slice(middle) },
	]
}

/** No less than the message takes, as it is sent without compression. */
function sizeOf({ key, value, headers }: OutgoingMessage): number {
	let bytes = (key?.length ?? 0) + (value?.length ?? 0) + OVERHEAD_BYTES
	for (const [name, text] of Object.entries(headers)) bytes += (name.length + text.length) * UTF8_MAX_BYTES + OVERHEAD_BYTES
	return bytes
}
