import { setTimeout as sleep } from 'node:timers/promises'
import type { TopicNames } from '../events/topics.ts'
import type { Sql } from '../platform/db/database.ts'
import { createLeadership } from '../platform/db/leadership.ts'
import { createSignals } from '../platform/db/signals.ts'
import type { Topics } from '../platform/topics/port.ts'
import { createTopics, topicNamesOf, topicSpecs } from '../topics.ts'
import { reasonOf } from '../platform/telemetry/reason.ts'
import { type GroundOptions, type Settings, withDatabase, withPool } from './ground.ts'

export type TopicsGround = Settings & { readonly topics: Topics; readonly topicNames: TopicNames }

/** Readers are told of new messages a moment after they are there; who closes sooner leaves them to their next poll. */
const LAST_SIGNAL_MS = 50
/** A pool connects when it is asked for something, and on Kafka the topics ask for nothing. */
const NO_DATABASE = 'postgres://none.invalid/none'

/** Runs `use` on the service's topics: on Kafka, which needs no database, or on those in the service's database. */
export async function withTopics<Result>(
	settings: Settings,
	options: GroundOptions,
	use: (ground: TopicsGround) => Promise<Result>,
): Promise<Result> {
	if (settings.config.KAFKA_BROKERS === undefined) {
		return withDatabase(settings, options, ({ sql }) => onTopics(settings, sql, use))
	}
	try {
		return await withPool(settings, NO_DATABASE, (sql) => onTopics(settings, sql, use))
	} catch (error) {
		if (!isOfKafka(error)) throw error
		throw new Error(`${reasonOf(error)}\nKafka is looked for at ${settings.config.KAFKA_BROKERS} (KAFKA_BROKERS).`, {
			cause: error,
		})
	}
}

const KAFKA_CODE = /^PLT_KFK_/

/** Whether the Kafka client is behind it. */
function isOfKafka(error: unknown): boolean {
	if (!(error instanceof Error)) return false
	return ('code' in error && KAFKA_CODE.test(String(error.code))) || isOfKafka(error.cause)
}

async function onTopics<Result>(settings: Settings, sql: Sql, use: (ground: TopicsGround) => Promise<Result>): Promise<Result> {
	const { config, log } = settings
	const signals = createSignals(sql, log)
	// Consumers of the embedded topics take turns by it; a command is none.
	const leadership = createLeadership(NO_DATABASE, log)
	const topics = await createTopics(config, { sql, signals, leadership, log })
	const topicNames = topicNamesOf(config)
	try {
		if (topics.kind === 'embedded') await topics.ensureTopics(topicSpecs(topicNames))
		return await use({ ...settings, topics, topicNames })
	} finally {
		if (topics.kind === 'embedded') await sleep(LAST_SIGNAL_MS)
		await topics.close()
		await signals.close()
	}
}
