import { createBackoff, explained, type KafkaOptions, needsRejoin, pause, within } from './kafka-client.ts'
import { type Extent, type Fetcher, type Offsets, openFetcher } from './kafka-fetcher.ts'
import { createMember, type Member, type Turn } from './kafka-member.ts'
import type { Consumer, ConsumerOptions, IncomingMessage } from './port.ts'

/** How long a stop waits for the batch in hand and its commit. */
const CLOSE_WAIT_MS = 20_000
const POLL_MS = 1_000

/** Consumes a topic for a group, in turns: as long as the group stays the same, the partitions that fell to us. */
export function runConsumer(kafka: KafkaOptions, options: ConsumerOptions): Consumer {
	const { group, topic } = options
	const { log } = kafka
	const stop = new AbortController()
	const backoff = createBackoff()
	let member: Member | undefined

	const consume = async () => {
		while (!stop.signal.aborted) {
			member ??= createMember({ kafka, group, topic, stop: stop.signal })
			const turn = await member.nextTurn()
			if (turn === 'stopped') return
			if (turn === 'lost') {
				log.warn({ topic, group }, 'the membership in the consumer group is made anew')
				await member.close()
				member = undefined
				continue
			}
			try {
				await takeTurn({ kafka, options, member, turn, stop: stop.signal, backoff })
			} catch (error) {
				turn.end()
				const retry_ms = backoff.next()
				logInterruption(kafka, options, error, retry_ms)
				await pause(retry_ms, stop.signal)
			} finally {
				turn.end()
			}
		}
	}

	const running = consume()
	return {
		async close() {
			stop.abort()
			try {
				await within(CLOSE_WAIT_MS, 'the batch in hand', running)
			} catch (error) {
				log.warn({ err: error, topic, group }, 'the consumer ends without its last commit: those messages come again')
			}
			await member?.close()
		},
	}
}

function logInterruption({ log }: KafkaOptions, { topic, group }: ConsumerOptions, error: unknown, retry_ms: number): void {
	const where = { topic, group, retry_ms }
	if (needsRejoin(error)) log.info(where, 'the group changed before a commit: those messages come again')
	else log.warn({ err: explained(error), ...where }, 'consuming was interrupted and goes on from the last commit')
}

type Taking = {
	readonly kafka: KafkaOptions
	readonly options: ConsumerOptions
	readonly member: Member
	readonly turn: Turn
	readonly stop: AbortSignal
	readonly backoff: ReturnType<typeof createBackoff>
}

/** Reads and handles the turn's partitions from the last commit on. Returns when the turn is over; throws when that fails. */
async function takeTurn({ kafka, options, member, turn, stop, backoff }: Taking): Promise<void> {
	const over = AbortSignal.any([turn.revoked, stop])
	const committed = await member.committed(turn.partitions)
	const fetcher = await openFetcher(kafka, options.topic, (extent) => startOf(turn.partitions, committed, extent))
	over.addEventListener('abort', fetcher.wake, { once: true })
	/** The last commit, which goes on while the next batch is handled. */
	let committing = Promise.resolve()
	try {
		const gather = createGatherer(fetcher, options, over)
		const partitionCount = fetcher.partitionCount()
		while (!over.aborted) {
			const batch = await gather()
			if (over.aborted) break
			if (fetcher.partitionCount() !== partitionCount) member.rejoin()
			const handled = batch.length > 0 && (await handleUntilDone(kafka, options, batch, over))
			await committing
			if (!handled) continue
			committing = member.commit(nextOffsets(batch))
			// It is told of where it is awaited.
			committing.catch(() => undefined)
			backoff.reset()
		}
		await committing
	} finally {
		// Whatever ended the turn, it ends with nothing of it under way.
		await committing.catch(() => undefined)
		over.removeEventListener('abort', fetcher.wake)
		await fetcher.close()
	}
}

/**
 * Where to read on. From the beginning for a group that has not read yet, and where the topic no longer has what comes next:
 * the past may come again, but nothing is left out that is there.
 */
function startOf(partitions: readonly number[], committed: Offsets, { first, end }: Extent): Offsets {
	return new Map(
		partitions.map((partition) => {
			const earliest = first.get(partition) ?? 0n
			const next = committed.get(partition) ?? earliest
			return [partition, next < earliest || next > (end.get(partition) ?? next) ? earliest : next]
		}),
	)
}

/** Takes batches off what is fetched: at most `batchMax` messages, of what comes within `gatherMs` after the first one. */
function createGatherer(fetcher: Fetcher, { batchMax, gatherMs }: ConsumerOptions, over: AbortSignal) {
	let waiting: IncomingMessage[] = []
	const fetchMore = async (waitMs: number) => {
		const chunks = await fetcher.next(waitMs)
		waiting = waiting.concat(...chunks.map((chunk) => chunk.messages))
	}
	return async (): Promise<readonly IncomingMessage[]> => {
		if (waiting.length === 0) await fetchMore(POLL_MS)
		const deadline = performance.now() + gatherMs
		while (waiting.length > 0 && waiting.length < batchMax && !over.aborted) {
			const restMs = deadline - performance.now()
			if (restMs <= 0) break
			await fetchMore(restMs)
		}
		return waiting.splice(0, batchMax)
	}
}

/** Hands the batch over until it is handled. False when the turn was over first: then it is somebody's again. */
async function handleUntilDone(
	{ log }: KafkaOptions,
	{ handle, topic, group }: ConsumerOptions,
	batch: readonly IncomingMessage[],
	over: AbortSignal,
): Promise<boolean> {
	const backoff = createBackoff()
	while (!over.aborted) {
		try {
			await handle(batch)
			return true
		} catch (error) {
			const retry_ms = backoff.next()
			log.warn({ err: error, topic, group, retry_ms }, 'a batch of messages failed and comes again')
			await pause(retry_ms, over)
		}
	}
	return false
}

const nextOffsets = (batch: readonly IncomingMessage[]): Offsets =>
	new Map(batch.map(({ partition, offset }) => [partition, offset + 1n]))
