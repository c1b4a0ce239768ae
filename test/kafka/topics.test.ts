import { openKafkaTopics } from '../support/kafka-topics.ts'
import { topicsKeepTheirPromises } from '../support/topics-contract.ts'

const brokers = (process.env['TEST_KAFKA_BROKERS'] ?? '').split(',')

topicsKeepTheirPromises(async () => openKafkaTopics(brokers, 'contract'))
