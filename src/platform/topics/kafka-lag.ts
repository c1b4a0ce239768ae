import { Admin, ListOffsetTimestamps } from '@platformatic/kafka'
import { clientOptions, explained, hold, type KafkaOptions, within } from './kafka-client.ts'
import type { Offsets } from './kafka-fetcher.ts'
import type { TopicLag } from './port.ts'

type Asked = { readonly group: string; readonly topics: readonly string[]; readonly deadlineMs: number }

/**
 * How far a group is behind topics, by a client of its own that is in no group. When a message was published is not looked at: it
 * would have to be fetched. Topics that are not there are left out.
 */
export async function readLags(options: KafkaOptions, { group, topics, deadlineMs }: Asked): Promise<TopicLag[]> {
	const client = new Admin({ ...clientOptions(options), retries: 0 })
	const { close } = hold(client, options.log, () => client.close())
	try {
		return await within(deadlineMs, 'asking Kafka for offsets', askForLags(client, group, topics))
	} catch (error) {
		throw explained(error)
	} finally {
		// Whoever asks does not wait for a broker that does not let go.
		void close()
	}
}

async function askForLags(client: Admin, group: string, topics: readonly string[]): Promise<TopicLag[]> {
	const existing = new Set(await client.listTopics())
	const known = topics.filter((topic) => existing.has(topic))
	if (known.length === 0) return []
	const { topics: metadata } = await client.metadata({ topics: known })
	const partitions = new Map(known.map((name) => [name, [...Array(metadata.get(name)?.partitionsCount ?? 0).keys()]]))
	const offsetsAt = async (timestamp: bigint) => {
		const wanted = [...partitions].map(([name, indexes]) => ({
			name,
			partitions: indexes.map((partitionIndex) => ({ partitionIndex, timestamp })),
		}))
		const listed = await client.listOffsets({ topics: wanted })
		return new Map(listed.map(({ name, partitions: found }) => [name, offsetsOf(found)]))
	}
	const first = await offsetsAt(ListOffsetTimestamps.EARLIEST)
	const end = await offsetsAt(ListOffsetTimestamps.LATEST)
	const [committed] = await client.listConsumerGroupOffsets({
		groups: [{ groupId: group, topics: [...partitions].map(([name, partitionIndexes]) => ({ name, partitionIndexes })) }],
	})
	return known.map((topic) => {
		const found = committed?.topics.find(({ name }) => name === topic)?.partitions ?? []
		const read = new Map(found.map(({ partitionIndex, committedOffset }) => [partitionIndex, committedOffset]))
		return { topic, waiting: waitingIn({ first: first.get(topic), end: end.get(topic), read }), oldestAt: null }
	})
}

const offsetsOf = (found: readonly { partitionIndex: number; offset: bigint }[]): Offsets =>
	new Map(found.map(({ partitionIndex, offset }) => [partitionIndex, offset]))

type Places = { readonly first: Offsets | undefined; readonly end: Offsets | undefined; readonly read: Offsets }

/** Messages from where the group reads on, or from the first one that is still kept, up to the end. */
function waitingIn({ first, end, read }: Places): number {
	let waiting = 0n
	for (const [partition, last] of end ?? []) {
		const kept = first?.get(partition) ?? 0n
		const next = read.get(partition) ?? kept
		const from = next > kept ? next : kept
		if (last > from) waiting += last - from
	}
	return Number(waiting)
}
