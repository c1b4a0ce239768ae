import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DestinationStream } from 'pino'
import { readConfig } from '../../src/platform/config.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import { createLog } from '../../src/platform/telemetry/log.ts'
import { type Shop, startShop } from '../../src/start.ts'
import { createTestDatabase } from './database.ts'
import { type Client, createClient } from './client.ts'
import { type TestTopics, testTopics } from './topics.ts'
import { atEnd } from './at-end.ts'

/** A whole service on a database of its own, reached by HTTP and by its topics as the others reach it. */
export type TestShop = {
	readonly url: string
	readonly sql: Sql
	readonly service: Shop['service']
	/** Calls as a guest. */
	readonly guest: Client
	/** Plays the other services: what they publish, and what they would read. */
	readonly topics: TestTopics
	/** The settings it runs with, to start another instance beside it: `startTestShop({ ...shop.settings, … })`. */
	readonly settings: Settings
	/** Ends it before the test file does. */
	close(): Promise<void>
}

/** A shop as far as people, the other services and whoever looks into its database reach it, whichever processes run it. */
export type ReachedShop = Pick<TestShop, 'sql' | 'guest' | 'topics'>

/** Environment variables. */
export type Settings = Readonly<Record<string, string>>

/** Tests register many people from one address, and there is nobody in front who would have to see that a shop leaves. */
const DEFAULTS: Settings = {
	NODE_ENV: 'test',
	PORT: '0',
	LOG_LEVEL: 'silent',
	LOGIN_CODES_PER_ADDRESS_PER_HOUR: '100000',
	DRAIN_SECONDS: '0',
}

/**
 * Starts a service; it ends with the test file. On Kafka, when the run has a broker, with topics of its own. Its log goes to
 * `logTo` where that is given; LOG_LEVEL says how much.
 */
export async function startTestShop(given: Settings = {}, logTo?: DestinationStream): Promise<TestShop> {
	const databaseUrl = given['DATABASE_URL'] ?? (await createTestDatabase()).url
	const dataDir = given['DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'prilavok-shop-')))
	const settings = { ...DEFAULTS, ...kafkaSettings(given), DATABASE_URL: databaseUrl, DATA_DIR: dataDir, ...given }
	const config = readConfig(settings)
	const shop = await startShop(config, createLog({ level: config.LOG_LEVEL, ...(logTo && { destination: logTo }) }))
	let closed = false
	const close = async () => {
		if (closed) return
		closed = true
		await shop.close()
	}
	atEnd(async () => {
		await close()
		await rm(dataDir, { recursive: true, force: true })
	})
	const { service } = shop
	const url = shop.url ?? ''
	return { url, sql: service.sql, service, guest: createClient(url), topics: testTopics(service), settings, close }
}

/** Every file has its own topics and group, so that files don't read each other's messages. */
function kafkaSettings(given: Settings): Settings {
	const brokers = given['KAFKA_BROKERS'] ?? process.env['TEST_KAFKA_BROKERS']
	if (brokers === undefined) return {}
	const prefix = `t${randomUUID().slice(0, 8)}.`
	return {
		KAFKA_BROKERS: brokers,
		KAFKA_GROUP: `${prefix}group`,
		TOPIC_PRODUCTS: `${prefix}inventory.products.v1`,
		TOPIC_ORDER_STATUS: `${prefix}inventory.order-status.v1`,
		TOPIC_TRACKING: `${prefix}delivery.tracking.v1`,
		TOPIC_NOTIFICATIONS: `${prefix}shop.notifications.v1`,
		TOPIC_LOGIN_CODES: `${prefix}shop.login-codes.v1`,
		TOPIC_ORDERS: `${prefix}shop.orders.v1`,
		TOPIC_USERS: `${prefix}shop.users.v1`,
		TOPIC_REPORTS: `${prefix}shop.reports.v1`,
	}
}
