import { after } from 'node:test'
import { pino } from 'pino'
import { createKafkaTopics } from '../../src/platform/topics/kafka.ts'
import type { Topics } from '../../src/platform/topics/port.ts'
import { topicsKeepTheirPromises } from '../support/topics-contract.ts'

const brokers = (process.env['TEST_KAFKA_BROKERS'] ?? '').split(',')
const opened: Topics[] = []
after(async () => void (await Promise.all(opened.map((topics) => topics.close()))))

topicsKeepTheirPromises(async () => {
	const topics = createKafkaTopics({ brokers, clientId: 'contract', log: pino({ level: 'silent' }), tls: false })
	opened.push(topics)
	return topics
})
