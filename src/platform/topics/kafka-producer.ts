import { findErrorBy, Producer, ProduceAcks } from '@platformatic/kafka'
import { createProgress, hold as holdBack, type Progress, SEND_DEADLINE_MS, sendChunks } from './kafka-batch.ts'
import { type Chunk, type PlacedMessage, roundsOf } from './kafka-chunks.ts'
import { clientOptions, explained, type Held, hold, type KafkaOptions, within } from './kafka-client.ts'
import { countPartitions } from './kafka-fetcher.ts'
import { partitionOf } from './kafka-partitions.ts'
import type { OutgoingMessage, UnsentMessage } from './port.ts'

/** How often the client tries again by itself, and after what pause. An idempotent one takes 0 and 1 for "for ever". */
const TEMPERS = {
	/** Long enough for a broker to be replaced. */
	patient: { retries: 10, retryDelay: 500 },
	/** Only to see whether a topic takes anything by now. */
	hasty: { retries: 2, retryDelay: 50 },
} as const
type Temper = keyof typeof TEMPERS
/** How long partitions are believed to be where they were; a broker that refuses makes the client look at once. */
const METADATA_MAX_AGE_MS = 60_000

export type Publisher = {
	/** See `Topics.publishBatch`. One batch at a time: a second call waits for the first. */
	publishBatch(messages: readonly OutgoingMessage[]): Promise<UnsentMessage[]>
	/** Waits for the batch in hand. */
	close(): Promise<void>
}

/**
 * Publishes by an idempotent producer: stored on all replicas, no message twice by an attempt of the client. After an attempt of which
 * nobody knows how it ended the producer is closed, with all it may still be trying, and what follows gets a new one.
 */
export function createPublisher(options: KafkaOptions): Publisher {
	const producers = createProducers(options)
	let inHand: Promise<unknown> = Promise.resolve()
	let nextPartition = 0
	/** Topics that did not take everything last time. A quick attempt tells whether they do now, and the others wait for no longer one. */
	let troubled: ReadonlySet<string> = new Set()

	const publish = async (messages: readonly OutgoingMessage[]): Promise<UnsentMessage[]> => {
		const progress = createProgress()
		try {
			const spread = () => nextPartition++
			const placing = place(producers.get('patient'), messages, { spread, progress })
			const placed = await within(SEND_DEADLINE_MS, 'finding the partitions', placing)
			const [patient, hasty] = partition(placed, ({ message }) => !troubled.has(message.topic))
			await sendAll(producers, 'patient', { rounds: roundsOf(patient), progress })
			await sendAll(producers, 'hasty', { rounds: roundsOf(hasty), progress })
		} catch (error) {
			await producers.close()
			throw explained(error)
		}
		const unsent = progress.unsent.sort((one, other) => one.index - other.index)
		troubled = new Set([
			...[...troubled].filter((topic) => messages.every((message) => message.topic !== topic)),
			...unsent.flatMap(({ index, forGood }) => (forGood ? [] : [messages[index]?.topic ?? ''])),
		])
		return unsent
	}
	return {
		publishBatch(messages) {
			const published = inHand.then(() => publish(messages))
			inHand = published.catch(() => undefined)
			return published
		},
		async close() {
			await inHand
			await producers.close()
		},
	}
}

function createProducers(options: KafkaOptions) {
	const open = new Map<Temper, Held<Producer>>()
	return {
		get(temper: Temper): Producer {
			const producer = open.get(temper) ?? openProducer(options, temper)
			open.set(temper, producer)
			return producer.client
		},
		async close() {
			const held = [...open.values()]
			open.clear()
			// Nothing is in hand but what was given up, and that is sent again by another one.
			for (const producer of held) producer.cut()
			await Promise.all(held.map((producer) => producer.close()))
		},
	}
}

function openProducer(options: KafkaOptions, temper: Temper): Held<Producer> {
	const client = new Producer({
		...clientOptions(options),
		idempotent: true,
		acks: ProduceAcks.ALL,
		compression: 'lz4',
		...TEMPERS[temper],
		metadataMaxAge: METADATA_MAX_AGE_MS,
	})
	return hold(client, options.log, () => client.close(true))
}

function partition<One>(all: readonly One[], isFirst: (one: One) => boolean): [One[], One[]] {
	const [first, second]: [One[], One[]] = [[], []]
	for (const one of all) (isFirst(one) ? first : second).push(one)
	return [first, second]
}

type Rounds = { readonly rounds: readonly (readonly Chunk[])[]; readonly progress: Progress }

/** Sends requests one after the other. Where no broker says anything the rest waits; throws when nothing at all was stored then. */
async function sendAll(
	producers: ReturnType<typeof createProducers>,
	temper: Temper,
	{ rounds, progress }: Rounds,
): Promise<void> {
	for (const round of rounds) {
		if (progress.inDoubt === undefined) await sendChunks(producers.get(temper), round, progress)
		else for (const chunk of round) holdBack(progress, chunk, 'a broker gave no answer before')
	}
	if (progress.inDoubt === undefined) return
	if (!progress.stored) throw progress.inDoubt
	progress.inDoubt = undefined
	await producers.close()
}

type Placing = { readonly spread: () => number; readonly progress: Progress }

/** Gives each message its partition; `spread` numbers those without a key. What a topic is said not to be fit for now waits. */
async function place(client: Producer, messages: readonly OutgoingMessage[], { spread, progress }: Placing) {
	const names = [...new Set(messages.map(({ topic }) => topic))]
	const counts = new Map(await Promise.all(names.map(async (name) => [name, await countOf(client, name)] as const)))
	const placed: PlacedMessage[] = []
	for (const [index, message] of messages.entries()) {
		const { topic, key } = message
		const count = counts.get(topic)
		if (count === undefined) progress.unsent.push({ index, reason: `the topic ${topic} does not exist`, forGood: true })
		else if (typeof count === 'string') progress.unsent.push({ index, reason: count, forGood: false })
		else placed.push({ index, message, partition: key === null ? spread() % count : partitionOf(key, count) })
	}
	return placed
}

/** How many partitions a topic has; or what the broker says against it: no leader for one of them, no rights. */
async function countOf(client: Producer, topic: string): Promise<number | string | undefined> {
	try {
		return await countPartitions(client, topic)
	} catch (error) {
		const answer = error instanceof Error ? findErrorBy(error, 'code', 'PLT_KFK_PROTOCOL') : null
		if (answer === null) throw error
		return `the broker does not take it now: ${String(answer['apiId'] ?? answer.message)}`
	}
}
