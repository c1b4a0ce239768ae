import { Admin, ListOffsetTimestamps } from '@platformatic/kafka'
import { answered, clientOptions, explained, hold, type KafkaOptions, pause, within } from './kafka-client.ts'
import type { TopicSpec } from './port.ts'

const PARTITIONS = 6
const SEGMENT_MAX_MS = 24 * 60 * 60_000
const REPLICAS_MAX = 3
const DEADLINE_MS = 15_000
const ATTEMPTS = 3
const ATTEMPT_PAUSE_MS = 300
const USABLE_DEADLINE_MS = 5_000
const USABLE_PAUSE_MS = 100
const { LATEST } = ListOffsetTimestamps

/** Why a broker lets us make no such topic: no rights, a policy, or it can't be done in this cluster. */
const REFUSALS = [
	'TOPIC_AUTHORIZATION_FAILED',
	'CLUSTER_AUTHORIZATION_FAILED',
	'POLICY_VIOLATION',
	'INVALID_TOPIC_EXCEPTION',
	'INVALID_REPLICATION_FACTOR',
	'INVALID_PARTITIONS',
	'INVALID_CONFIG',
	'INVALID_REQUEST',
] as const

/** Makes the topics that are missing and waits until they are in use. Returns the names of those that are missing still. */
export async function ensureTopics(options: KafkaOptions, specs: readonly TopicSpec[]): Promise<string[]> {
	const client = new Admin({ ...clientOptions(options), retries: ATTEMPTS, retryDelay: ATTEMPT_PAUSE_MS })
	const { close } = hold(client, options.log, () => client.close())
	try {
		return await within(DEADLINE_MS, 'making the topics', makeMissing(options, client, specs))
	} catch (error) {
		throw explained(error)
	} finally {
		await close()
	}
}

async function makeMissing(options: KafkaOptions, client: Admin, specs: readonly TopicSpec[]): Promise<string[]> {
	const existing = new Set(await client.listTopics())
	const { brokers } = await client.metadata({ topics: [] })
	const refused: string[] = []
	const made: string[] = []
	for (const spec of specs.filter(({ name }) => !existing.has(name))) {
		try {
			await createTopic(client, spec, brokers.size)
			made.push(spec.name)
		} catch (error) {
			if (answered(error, 'TOPIC_ALREADY_EXISTS')) continue
			if (!answered(error, ...REFUSALS)) throw error
			options.log.debug({ err: explained(error), topic: spec.name }, 'the broker lets us make no such topic')
			refused.push(spec.name)
		}
	}
	await waitUntilUsable(options, client, made)
	return refused
}

async function createTopic(client: Admin, { name, ...spec }: TopicSpec, brokers: number): Promise<void> {
	const replicas = Math.min(REPLICAS_MAX, brokers)
	const configs = {
		'retention.ms': String(spec.retentionMs),
		'cleanup.policy': spec.compacted ? 'compact' : 'delete',
		'max.message.bytes': String(spec.maxMessageBytes),
		// Only closed segments are dropped: one that stays open for a week would keep codes of 10 minutes that long.
		'segment.ms': String(Math.min(spec.retentionMs, SEGMENT_MAX_MS)),
		// A withdrawal is there as long for who was away as a message would be.
		'delete.retention.ms': String(spec.retentionMs),
		// By whoever publishes it would be: a clock an hour ahead has all refused, one that is behind has all dropped before its time.
		'message.timestamp.type': 'LogAppendTime',
		// With three, one may be away; with fewer, waiting for a second would stop everything when one is.
		'min.insync.replicas': replicas === REPLICAS_MAX ? '2' : '1',
	}
	await client.createTopics({
		topics: [name],
		partitions: PARTITIONS,
		replicas,
		configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
	})
}

/**
 * A new topic is made at once, but its leaders take it up one by one; until then each of them says that there is no such topic.
 * Whoever may not ask goes on after a while: those who use the topic try again, too.
 */
async function waitUntilUsable({ log }: KafkaOptions, client: Admin, names: readonly string[]): Promise<void> {
	const partitions = Array.from({ length: PARTITIONS }, (_, partitionIndex) => ({ partitionIndex, timestamp: LATEST }))
	const deadline = performance.now() + USABLE_DEADLINE_MS
	while (names.length > 0 && performance.now() < deadline) {
		try {
			await client.listOffsets({ topics: names.map((name) => ({ name, partitions })) })
			return
		} catch (error) {
			log.debug({ err: explained(error), topics: names }, 'the new topics are not in use yet')
			await pause(USABLE_PAUSE_MS)
		}
	}
}
