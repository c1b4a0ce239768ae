import { createBackoff, type KafkaOptions, pause } from './kafka-client.ts'
import { type Fetcher, type Offsets, openFetcher } from './kafka-fetcher.ts'
import type { IncomingMessage, ReadOptions } from './port.ts'

const POLL_MS = 1_000
/** A broker may be replaced while we read; when there is none for longer, the reader is told. */
const PATIENCE_MS = 15_000

/**
 * Reads a topic without a group and without a trace, partition by partition as it comes. Throws when there is no such topic, or
 * no broker for long.
 */
export async function* readTopic(
	options: KafkaOptions,
	topic: string,
	{ fromBeginning, follow, signal = new AbortController().signal }: ReadOptions,
): AsyncGenerator<IncomingMessage> {
	let limits: Offsets | undefined
	let positions = new Map<number, bigint>()
	let fetcher: Fetcher | undefined = await openFetcher(options, topic, ({ first, end }) => {
		limits = follow ? undefined : end
		positions = new Map(fromBeginning ? first : end)
		return positions
	})
	const end = () => {
		fetcher?.wake()
		// Whoever takes our messages may never ask for another one.
		void fetcher?.close()
	}
	signal.addEventListener('abort', end)
	const patience = createPatience()
	try {
		while (!signal.aborted && hasMore(positions, limits)) {
			try {
				// What we have not read yet may have been dropped meanwhile.
				fetcher ??= await openFetcher(options, topic, ({ first }) => laterOf(positions, first))
				const chunks = await fetcher.next(POLL_MS)
				patience.restore()
				for (const { messages, partition, next } of chunks) {
					const limit = limits?.get(partition)
					yield* messages.filter(({ offset }) => limit === undefined || offset < limit)
					positions.set(partition, next)
				}
			} catch (error) {
				await fetcher?.close()
				fetcher = undefined
				await patience.wear(error, signal)
			}
		}
	} finally {
		signal.removeEventListener('abort', end)
		await fetcher?.close()
	}
}

const hasMore = (positions: Offsets, limits: Offsets | undefined): boolean =>
	limits === undefined || [...limits].some(([partition, limit]) => (positions.get(partition) ?? limit) < limit)

const laterOf = (positions: Offsets, first: Offsets): Offsets =>
	new Map([...positions].map(([partition, offset]) => [partition, later(offset, first.get(partition))]))

const later = (one: bigint, other = 0n): bigint => (one > other ? one : other)

/** Bears failures for PATIENCE_MS after the last success, then throws the last one. */
function createPatience() {
	const backoff = createBackoff()
	let failingSince: number | undefined
	return {
		restore() {
			failingSince = undefined
			backoff.reset()
		},
		async wear(error: unknown, signal: AbortSignal) {
			failingSince ??= performance.now()
			if (performance.now() - failingSince > PATIENCE_MS) throw error
			await pause(backoff.next(), signal)
		},
	}
}
