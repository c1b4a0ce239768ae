import { Consumer, FetchIsolationLevels, ListOffsetTimestamps } from '@platformatic/kafka'
import { createWaker } from '../waker.ts'
import { answered, clientOptions, hold, type KafkaOptions, pause, SILENT_MAX_READING_MS } from './kafka-client.ts'
import { type PartitionContent, readPartition } from './kafka-records.ts'

/** How long a broker holds a fetch when there is nothing new. */
const FETCH_WAIT_MS = 1_000
/**
 * What one answer of a broker may weigh. The first batch comes even when it is larger by itself, so this bounds memory and
 * not the size of a message.
 */
const FETCH_MAX_BYTES = 8 * 1024 * 1024
const FETCH_MAX_BYTES_PER_PARTITION = 1024 * 1024
/** How long a topic may be unknown before it counts as missing: a new one takes a moment to be known to each broker. */
const UNKNOWN_PATIENCE_MS = 3_000
const UNKNOWN_PAUSE_MS = 200

export class UnknownTopic extends Error {
	constructor(topic: string) {
		super(`There is no topic ${topic}.`)
	}
}

/** Offsets by partition. */
export type Offsets = ReadonlyMap<number, bigint>

type Chunk = PartitionContent & { readonly partition: number }

export type Fetcher = {
	/** How many partitions the topic has, as far as is known now. */
	partitionCount(): number
	/** What has come; waits up to `waitMs` when nothing has, and then may return nothing. Throws once something has failed. */
	next(waitMs: number): Promise<Chunk[]>
	/** Ends the wait of `next`. */
	wake(): void
	close(): Promise<void>
}

/** Where a topic's partitions begin and end now. */
export type Extent = { readonly first: Offsets; readonly end: Offsets }

/**
 * Reads partitions of a topic, those and from where `start` says, as a client of its own that is in no group: with one request
 * at a time to each broker that leads some of them. Read ahead, while what came last is dealt with, is what one more answer of each
 * broker holds. What fails is thrown by `next`; then close it and open another one.
 */
export async function openFetcher(options: KafkaOptions, topic: string, start: (extent: Extent) => Offsets): Promise<Fetcher> {
	const client = new Consumer({
		...clientOptions(options),
		groupId: `${options.clientId}-without-group`,
		autocommit: false,
		isolationLevel: FetchIsolationLevels.READ_COMMITTED,
		retries: 0,
	})
	client.topics.track(topic)
	const patience = () => SILENT_MAX_READING_MS
	const { close } = hold(client, options.log, () => client.close(true), patience)
	try {
		const partitionCount = await countPartitions(client, topic)
		if (partitionCount === undefined) throw new UnknownTopic(topic)
		const first = await boundaries(client, topic, ListOffsetTimestamps.EARLIEST)
		const end = await boundaries(client, topic, ListOffsetTimestamps.LATEST)
		return { ...createFetcher({ client, topic, partitionCount }, new Map(start({ first, end }))), close }
	} catch (error) {
		await close()
		throw error
	}
}

/** How many partitions a topic has; undefined when there is no such topic. Throws when nobody can tell. */
export async function countPartitions(client: Pick<Consumer, 'metadata'>, topic: string): Promise<number | undefined> {
	const deadline = performance.now() + UNKNOWN_PATIENCE_MS
	for (;;) {
		try {
			const { topics } = await client.metadata({ topics: [topic], retries: 0 })
			return topics.get(topic)?.partitionsCount
		} catch (error) {
			if (answered(error, 'INVALID_TOPIC_EXCEPTION')) return undefined
			if (!isUnknownTopic(error)) throw error
			if (performance.now() > deadline) return undefined
		}
		await pause(UNKNOWN_PAUSE_MS)
	}
}

/** The client turns the broker's answer into an error of its own that has no code but this text. */
const isUnknownTopic = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Unknown topic')

async function boundaries(client: Consumer, topic: string, timestamp: bigint): Promise<Offsets> {
	const offsets = await client.listOffsets({ topics: [topic], timestamp })
	return new Map(offsets.get(topic)?.entries())
}

type Source = { readonly client: Consumer; readonly topic: string; readonly partitionCount: number }

function createFetcher({ client, topic, ...source }: Source, positions: Map<number, bigint>): Omit<Fetcher, 'close'> {
	const busy = new Set<number>()
	const waker = createWaker()
	let arrived: Chunk[] = []
	let failure: unknown
	let { partitionCount } = source

	const fetchFrom = async (node: number, topicId: string, partitions: readonly number[]) => {
		for (const fetched of await fetchOnce(client, { node, topicId, positions, partitions })) {
			const partition = fetched.partitionIndex
			const from = positions.get(partition)
			if (from === undefined) continue
			const content = readPartition(topic, fetched, from)
			if (content.next === from) continue
			arrived.push({ partition, ...content })
			// To the end of the line: a broker serves partitions in the order they are asked for.
			positions.delete(partition)
			positions.set(partition, content.next)
		}
	}

	const startIdle = async () => {
		const { topics } = await client.metadata({ topics: [topic] })
		const { id, partitions } = topics.get(topic) ?? {}
		if (id === undefined || partitions === undefined) throw new UnknownTopic(topic)
		partitionCount = partitions.length
		for (const [node, led] of Map.groupBy(positions.keys(), (partition) => partitions[partition]?.leader ?? -1)) {
			if (busy.has(node)) continue
			busy.add(node)
			void fetchFrom(node, id, led)
				.catch((error: unknown) => (failure ??= error))
				.finally(() => {
					busy.delete(node)
					waker.wake()
				})
		}
	}

	return {
		partitionCount: () => partitionCount,
		wake: waker.wake,
		async next(waitMs) {
			if (arrived.length === 0) {
				await startIdle()
				await waker.wait(waitMs)
			}
			if (failure !== undefined) throw failure
			const chunks = arrived
			arrived = []
			if (chunks.length > 0) void startIdle().catch((error: unknown) => (failure ??= error))
			return chunks
		},
	}
}

type Request = {
	readonly node: number
	readonly topicId: string
	readonly positions: Offsets
	readonly partitions: readonly number[]
}

async function fetchOnce(client: Consumer, { node, topicId, positions, partitions }: Request) {
	const wanted = partitions.map((partition) => ({
		partition,
		fetchOffset: positions.get(partition) ?? 0n,
		partitionMaxBytes: FETCH_MAX_BYTES_PER_PARTITION,
		currentLeaderEpoch: -1,
		lastFetchedEpoch: -1,
	}))
	const { responses } = await client.fetch({
		node,
		topics: [{ topicId, partitions: wanted }],
		maxWaitTime: FETCH_WAIT_MS,
		minBytes: 1,
		maxBytes: FETCH_MAX_BYTES,
	})
	return responses.flatMap((response) => response.partitions)
}
