import { Consumer, ListOffsetTimestamps, ProduceAcks, Producer, stringSerializer } from '@platformatic/kafka'
import { createKafkaTopics } from '../src/platform/topics/kafka.ts'
import type { OutgoingMessage, Topics } from '../src/platform/topics/port.ts'
import { createLog } from '../src/platform/telemetry/log.ts'
import type { Broker } from '../test/support/broker.ts'

const CLIENT_ID = 'prilavok-bench'
const RETENTION_MS = 24 * 60 * 60_000
const MESSAGE_MAX_BYTES = 1024 * 1024
/** Messages of a send. */
const SEND = 500

/** The topics of the bench's broker, by the service's own client. */
export const openTopics = ({ address }: Broker): Topics =>
	createKafkaTopics({ brokers: [address], clientId: CLIENT_ID, log: createLog({ level: 'warn' }), tls: false })

/** Makes topics as the service makes them. */
export async function makeTopics(topics: Topics, names: readonly string[]): Promise<void> {
	const traits = { retentionMs: RETENTION_MS, compacted: false, maxMessageBytes: MESSAGE_MAX_BYTES }
	const missing = await topics.ensureTopics(names.map((name) => ({ name, ...traits })))
	if (missing.length > 0) throw new Error(`the broker makes no topics ${missing.join(', ')}`)
}

/** Publishes all of them in their order, by batches. */
export async function publishAll(topics: Topics, messages: readonly OutgoingMessage[]): Promise<void> {
	for (let from = 0; from < messages.length; from += SEND) {
		const refused = await topics.publishBatch(messages.slice(from, from + SEND))
		if (refused.length > 0) throw new Error(`the broker refuses messages: ${refused[0]?.reason}`)
	}
}

/** How many messages each topic holds, all partitions together. */
export async function countMessages({ address }: Broker, names: readonly string[]): Promise<number[]> {
	const client = new Consumer({ clientId: CLIENT_ID, bootstrapBrokers: [address], groupId: CLIENT_ID, autocommit: false })
	try {
		for (const name of names) client.topics.track(name)
		const first = await client.listOffsets({ topics: [...names], timestamp: ListOffsetTimestamps.EARLIEST })
		const end = await client.listOffsets({ topics: [...names], timestamp: ListOffsetTimestamps.LATEST })
		const sumOf = (offsets: readonly bigint[] = []) => offsets.reduce((sum, offset) => sum + offset, 0n)
		return names.map((name) => Number(sumOf(end.get(name)) - sumOf(first.get(name))))
	} finally {
		await client.close(true)
	}
}

/**
 * The limit of what a relay can do: the bare client sends the messages, made before, as one idempotent producer with one send of
 * 500 in flight. Returns messages a second.
 */
export async function sendBare({ address }: Broker, messages: readonly OutgoingMessage[]): Promise<number> {
	const producer = new Producer<Buffer, Buffer, string, string>({
		clientId: CLIENT_ID,
		bootstrapBrokers: [address],
		idempotent: true,
		acks: ProduceAcks.ALL,
		compression: 'lz4',
		retries: 3,
		serializers: { headerKey: stringSerializer, headerValue: stringSerializer },
	})
	try {
		const records = messages.map(({ topic, key, value, headers }) => ({
			topic,
			headers: new Map(Object.entries(headers)),
			...(key && { key }),
			...(value && { value }),
		}))
		// Whatever is done once, is done before.
		await producer.send({ messages: records.slice(0, 1) })
		const began = performance.now()
		for (let from = 1; from < records.length; from += SEND) await producer.send({ messages: records.slice(from, from + SEND) })
		return (records.length - 1) / ((performance.now() - began) / 1_000)
	} finally {
		await producer.close(true)
	}
}
