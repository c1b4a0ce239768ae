import { pino } from 'pino'
import { createKafkaTopics } from '../../src/platform/topics/kafka.ts'

/** A member of a group in a process of its own, to be killed: `consuming-process.ts <brokers> <topic>`. Tells what it has got. */
const [brokers = '', topic = ''] = process.argv.slice(2)
createKafkaTopics({
	brokers: brokers.split(','),
	clientId: 'rebalance',
	log: pino({ level: 'silent' }),
	tls: false,
}).runConsumer({
	group: topic,
	topic,
	batchMax: 100,
	gatherMs: 20,
	handle: async (batch) => void process.stdout.write(`got ${batch.length}\n`),
})
