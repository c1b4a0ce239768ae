import { pino } from 'pino'
import { createKafkaTopics } from '../../src/platform/topics/kafka.ts'
import type { Topics } from '../../src/platform/topics/port.ts'
import { atEnd } from './at-end.ts'

/** Topics of the brokers at those addresses (`host:port`), to the end of the test file. */
export function openKafkaTopics(brokers: readonly string[], clientId: string): Topics {
	const topics = createKafkaTopics({ brokers, clientId, log: pino({ level: 'silent' }), tls: false })
	atEnd(() => topics.close())
	return topics
}
