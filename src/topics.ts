import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { DEAD_LETTER_TRAITS, TOPIC_TRAITS, type TopicNames } from './events/topics.ts'
import type { Config } from './platform/config.ts'
import type { Sql } from './platform/db/database.ts'
import type { Leadership } from './platform/db/leadership.ts'
import type { Signals } from './platform/db/signals.ts'
import { DEAD_LETTER_SUFFIX } from './platform/dead-letters/names.ts'
import { brokersOf } from './platform/topics/brokers.ts'
import { createEmbeddedTopics } from './platform/topics/embedded.ts'
import type { Topics, TopicSpec } from './platform/topics/port.ts'

/** The names of the topics, as the settings say. */
export const topicNamesOf = (config: Config): TopicNames => ({
	products: config.TOPIC_PRODUCTS,
	orderStatus: config.TOPIC_ORDER_STATUS,
	tracking: config.TOPIC_TRACKING,
	notifications: config.TOPIC_NOTIFICATIONS,
	loginCodes: config.TOPIC_LOGIN_CODES,
	orders: config.TOPIC_ORDERS,
	users: config.TOPIC_USERS,
	reports: config.TOPIC_REPORTS,
})

/** Every topic that must be there: those of the contract, and the dead letters of those that come in. */
export function topicSpecs(names: TopicNames): TopicSpec[] {
	const known = [
		{ name: names.products, ...TOPIC_TRAITS.products },
		{ name: names.orderStatus, ...TOPIC_TRAITS.orderStatus },
		{ name: names.tracking, ...TOPIC_TRAITS.tracking },
		{ name: names.notifications, ...TOPIC_TRAITS.notifications },
		{ name: names.loginCodes, ...TOPIC_TRAITS.loginCodes },
		{ name: names.orders, ...TOPIC_TRAITS.orders },
		{ name: names.users, ...TOPIC_TRAITS.users },
		{ name: names.reports, ...TOPIC_TRAITS.reports },
	]
	const inbound = [names.products, names.orderStatus, names.tracking]
	return [...known, ...inbound.map((name) => ({ name: name + DEAD_LETTER_SUFFIX, ...DEAD_LETTER_TRAITS }))]
}

type Ground = { readonly sql: Sql; readonly signals: Signals; readonly leadership: Leadership; readonly log: Logger }

/** Kafka when brokers are given, else the log in PostgreSQL. */
export async function createTopics(config: Config, ground: Ground): Promise<Topics> {
	if (config.KAFKA_BROKERS === undefined) return createEmbeddedTopics(ground)
	// Loaded only where there is a broker: it takes about as long to load as all the rest of the program.
	const { createKafkaTopics } = await import('./platform/topics/kafka.ts')
	return createKafkaTopics(kafkaOptions(config, ground.log))
}

const RETRY_MS = 5_000

/**
 * Makes the topics that are missing and names those that can't be made. A broker that is away does not keep the shop from
 * starting: it is asked again until it answers.
 */
export async function ensureTopics(
	topics: Topics,
	specs: readonly TopicSpec[],
	log: Logger,
): Promise<{ close(): Promise<void> }> {
	const attempt = async (): Promise<boolean> => {
		try {
			const missing = await topics.ensureTopics(specs)
			if (missing.length > 0)
				log.error({ topics: missing }, 'these topics are missing and the broker lets us make none: make them by hand')
			return true
		} catch (error) {
			log.warn({ err: error, retry_ms: RETRY_MS }, 'the topics could not be looked at')
			return false
		}
	}
	const stop = new AbortController()
	const retry = async () => {
		let done = false
		while (!done && !stop.signal.aborted) {
			await sleep(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined)
			done = stop.signal.aborted || (await attempt())
		}
	}
	const running = (await attempt()) ? undefined : retry()
	return {
		async close() {
			stop.abort()
			await running
		},
	}
}

function kafkaOptions(config: Config, log: Logger) {
	const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = config
	const sasl = username !== undefined && password !== undefined ? { sasl: { username, password } } : {}
	return { brokers: brokersOf(config.KAFKA_BROKERS ?? ''), clientId: 'prilavok', log, tls: config.KAFKA_TLS, ...sasl }
}
