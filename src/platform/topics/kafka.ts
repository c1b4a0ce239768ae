import { runConsumer } from './kafka-consumer.ts'
import type { KafkaOptions } from './kafka-client.ts'
import { readLags } from './kafka-lag.ts'
import { createPublisher } from './kafka-producer.ts'
import { readTopic } from './kafka-reader.ts'
import { ensureTopics } from './kafka-topics.ts'
import type { Consumer, Topics } from './port.ts'

/**
 * Topics of an Apache Kafka (3.x or newer; the clients find out what the brokers can do). Nothing is connected before it is
 * used, and a broker that is away keeps nobody from starting: publishing throws, consuming waits.
 */
export function createKafkaTopics(options: KafkaOptions): Topics {
	const publisher = createPublisher(options)
	const consumers = new Set<Consumer>()
	const closing = new AbortController()
	return {
		kind: 'kafka',
		ensureTopics: (specs) => ensureTopics(options, specs),
		publishBatch: publisher.publishBatch,
		runConsumer(consumerOptions) {
			const consumer = runConsumer(options, consumerOptions)
			consumers.add(consumer)
			return consumer
		},
		read(topic, readOptions) {
			const signals = readOptions.signal === undefined ? [closing.signal] : [closing.signal, readOptions.signal]
			return readTopic(options, topic, { ...readOptions, signal: AbortSignal.any(signals) })
		},
		lagOf: (group, names, deadlineMs) => readLags(options, { group, topics: names, deadlineMs }),
		async close() {
			closing.abort()
			await Promise.all([...consumers].map((consumer) => consumer.close()))
			await publisher.close()
		},
	}
}
