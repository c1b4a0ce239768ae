import { createBackoff, explained, type KafkaOptions, pause } from './kafka-client.ts'
import { type Extent, type Fetcher, type Offsets, openFetcher, UnknownTopic } from './kafka-fetcher.ts'
import type { IncomingMessage, ReadOptions } from './port.ts'

const POLL_MS = 1_000
/** A broker may be replaced while we read; when there is none for longer, the reader is told. */
const PATIENCE_MS = 15_000

/** How far we have read, and where to stop: nowhere when one follows. */
type Progress = { readonly positions: Map<number, bigint>; readonly limits: Offsets | undefined }

/**
 * Reads a topic without a group and without a trace, partition by partition as it comes. Throws when there is no such topic, or
 * no broker for long.
 */
export async function* readTopic(options: KafkaOptions, topic: string, mode: ReadOptions): AsyncGenerator<IncomingMessage> {
	const { signal = new AbortController().signal } = mode
	let progress: Progress | undefined
	let fetcher: Fetcher | undefined
	const end = () => {
		fetcher?.wake()
		// Whoever takes our messages may never ask for another one.
		void fetcher?.close()
	}
	signal.addEventListener('abort', end)
	const patience = createPatience()
	try {
		while (!signal.aborted && hasMore(progress)) {
			try {
				fetcher ??= await openFetcher(options, topic, (extent) => {
					progress = progress === undefined ? begin(extent, mode) : goOn(progress, extent)
					return progress.positions
				})
				if (!hasMore(progress)) return
				const chunks = await fetcher.next(POLL_MS)
				patience.restore()
				for (const { messages, partition, next } of chunks) {
					const limit = progress?.limits?.get(partition)
					yield* messages.filter(({ offset }) => limit === undefined || offset < limit)
					progress?.positions.set(partition, next)
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

const begin = ({ first, end }: Extent, { fromBeginning, follow }: ReadOptions): Progress => ({
	positions: new Map(fromBeginning ? first : end),
	limits: follow ? undefined : end,
})

/** What we have not read yet may have been dropped meanwhile. */
const goOn = ({ positions, limits }: Progress, { first }: Extent): Progress => ({
	positions: new Map([...positions].map(([partition, offset]) => [partition, later(offset, first.get(partition))])),
	limits,
})

const later = (one: bigint, other = 0n): bigint => (one > other ? one : other)

function hasMore(progress: Progress | undefined): boolean {
	if (progress?.limits === undefined) return true
	return [...progress.limits].some(([partition, limit]) => (progress.positions.get(partition) ?? limit) < limit)
}

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
			if (error instanceof UnknownTopic || performance.now() - failingSince > PATIENCE_MS) throw explained(error)
			await pause(backoff.next(), signal)
		},
	}
}
