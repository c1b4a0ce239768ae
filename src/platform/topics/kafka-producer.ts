import { Producer, ProduceAcks } from '@platformatic/kafka'
import { REPLAY_HEADER } from '../dead-letters/names.ts'
import { answersOf, type PartitionAnswer } from './kafka-answers.ts'
import { type Chunk, halvesOf, type PlacedMessage, roundsOf } from './kafka-chunks.ts'
import { clientOptions, explained, type Held, hold, type KafkaOptions, within } from './kafka-client.ts'
import { countPartitions } from './kafka-fetcher.ts'
import { partitionOf } from './kafka-partitions.ts'
import type { OutgoingMessage, RefusedMessage } from './port.ts'

/** One request with all its attempts: enough for a broker to be replaced. */
const SEND_DEADLINE_MS = 15_000
const ATTEMPTS = 10
const ATTEMPT_PAUSE_MS = 500
/** How long partitions are believed to be where they were; a broker that refuses makes the client look at once. */
const METADATA_MAX_AGE_MS = 60_000

/**
 * What a broker will say again each time. Not among them, because they heal: rights (somebody forgot to grant them) and times
 * (the clock is wrong).
 */
const REFUSALS: ReadonlySet<string> = new Set([
	'MESSAGE_TOO_LARGE',
	'RECORD_LIST_TOO_LARGE',
	'INVALID_RECORD',
	'INVALID_TOPIC_EXCEPTION',
	'POLICY_VIOLATION',
	'UNSUPPORTED_FOR_MESSAGE_FORMAT',
])

export type Publisher = {
	/** See `Topics.publishBatch`. One batch at a time: a second call waits for the first. */
	publishBatch(messages: readonly OutgoingMessage[]): Promise<RefusedMessage[]>
	/** Waits for the batch in hand. */
	close(): Promise<void>
}

/**
 * Publishes by an idempotent producer: stored on all replicas, no message twice by an attempt of the client. After anything that
 * is no refusal the producer is closed, with all it may still be trying, and the next batch gets a new one.
 */
export function createPublisher(options: KafkaOptions): Publisher {
	let producer: Held<Producer> | undefined
	let inHand: Promise<unknown> = Promise.resolve()
	let nextPartition = 0

	const publish = async (messages: readonly OutgoingMessage[]): Promise<RefusedMessage[]> => {
		producer ??= openProducer(options)
		const { client } = producer
		try {
			const spread = () => nextPartition++
			const { placed, refused } = await within(SEND_DEADLINE_MS, 'finding the partitions', place(client, messages, spread))
			for (const round of roundsOf(placed)) refused.push(...(await sendRound(client, round)))
			return refused.sort((one, other) => one.index - other.index)
		} catch (error) {
			await producer.close()
			producer = undefined
			throw explained(error)
		}
	}
	return {
		publishBatch(messages) {
			const published = inHand.then(() => publish(messages))
			inHand = published.catch(() => undefined)
			return published
		},
		async close() {
			await inHand
			await producer?.close()
		},
	}
}

function openProducer(options: KafkaOptions): Held<Producer> {
	const client = new Producer({
		...clientOptions(options),
		idempotent: true,
		acks: ProduceAcks.ALL,
		compression: 'lz4',
		retries: ATTEMPTS,
		retryDelay: ATTEMPT_PAUSE_MS,
		metadataMaxAge: METADATA_MAX_AGE_MS,
	})
	return hold(client, options.log, () => client.close(true))
}

/** Gives each message its partition; `spread` numbers those without a key. */
async function place(client: Producer, messages: readonly OutgoingMessage[], spread: () => number) {
	const names = [...new Set(messages.map(({ topic }) => topic))]
	const counts = new Map(await Promise.all(names.map(async (name) => [name, await countPartitions(client, name)] as const)))
	const placed: PlacedMessage[] = []
	const refused: RefusedMessage[] = []
	for (const [index, message] of messages.entries()) {
		const { topic, key } = message
		const count = counts.get(topic)
		if (count === undefined) refused.push({ index, reason: `the topic ${topic} does not exist` })
		else placed.push({ index, message, partition: key === null ? spread() % count : partitionOf(key, count) })
	}
	return { placed, refused }
}

/**
 * Sends one request. What a broker refuses for good is found by halving: it may be one message of many. Throws, with nothing
 * known of the rest, when a partition has another fault or gave no answer.
 */
async function sendRound(client: Producer, chunks: readonly Chunk[]): Promise<RefusedMessage[]> {
	try {
		const messages = chunks.flatMap((chunk) => chunk.messages).map(recordOf)
		await within(SEND_DEADLINE_MS, 'sending to Kafka', client.send({ messages }))
		return []
	} catch (error) {
		const answers = answersOf(error)
		const answerTo = ({ topic, partition }: Chunk): PartitionAnswer => answers.get(`${topic}/${partition}`) ?? 'none'
		const unsettled = chunks.filter((chunk) => answerTo(chunk) !== 'stored')
		if (unsettled.some((chunk) => !isRefusal(answerTo(chunk), chunk))) throw error
		const refused: RefusedMessage[] = []
		for (const chunk of unsettled) {
			const [only, ...others] = chunk.messages
			if (only !== undefined && others.length === 0)
				refused.push({ index: only.index, reason: `the broker refuses it: ${answerTo(chunk)}` })
			else for (const half of halvesOf(chunk)) refused.push(...(await sendRound(client, [half])))
		}
		return refused
	}
}

/**
 * A dead letter that is sent again goes to a topic that the service else only reads. Where somebody forgot to grant that, what the
 * service has to tell must not wait for it.
 */
const isRefusal = (answer: PartitionAnswer, { messages }: Chunk): boolean =>
	REFUSALS.has(answer) ||
	(answer === 'TOPIC_AUTHORIZATION_FAILED' && messages.every(({ message }) => message.headers[REPLAY_HEADER] !== undefined))

function recordOf({ message: { topic, key, value, headers }, partition }: PlacedMessage) {
	return {
		topic,
		partition,
		headers: new Map(Object.entries(headers).map(([name, text]) => [bytesOfName(name), Buffer.from(text)])),
		...(key === null ? {} : { key }),
		...(value === null ? {} : { value }),
	}
}

const NAMES_KEPT_MAX = 100
const keptNames = new Map<string, Buffer>()

/** The names of headers are the same ones in nearly all messages. */
function bytesOfName(name: string): Buffer {
	const bytes = keptNames.get(name) ?? Buffer.from(name)
	if (keptNames.size < NAMES_KEPT_MAX) keptNames.set(name, bytes)
	return bytes
}
