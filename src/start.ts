import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Logger } from 'pino'
import { buildApp, startWorkers } from './app.ts'
import type { Service } from './modules/service.ts'
import type { Config } from './platform/config.ts'
import { checkDatabase, openDatabase } from './platform/db/database.ts'
import { startEmbeddedPostgres } from './platform/db/embedded/embedded.ts'
import { createLeadership } from './platform/db/leadership.ts'
import { migrateToLatest } from './platform/db/migrations.ts'
import { readSecret } from './platform/db/secrets.ts'
import { createSignals } from './platform/db/signals.ts'
import { createFiles } from './platform/files/port.ts'
import { createMetrics } from './platform/telemetry/metrics.ts'
import { serveOperator } from './platform/telemetry/operator.ts'
import { createTopics, ensureTopics, topicNamesOf, topicSpecs } from './topics.ts'

/** A running service. */
export type Shop = {
	/** Where it answers; undefined for a worker, which does not. */
	readonly url: string | undefined
	readonly service: Service
	/** Takes no more requests, finishes what runs, and closes everything in the reverse order of its start. */
	close(): Promise<void>
}

/** What has been started, closed in reverse: also when the start fails half way. */
type Closers = { add(close: () => Promise<void>): void; close(): Promise<void> }

/** Starts the service: configuration → database → topics → workers → HTTP. */
export async function startShop(config: Config, log: Logger): Promise<Shop> {
	const closers = createClosers()
	try {
		return await start(config, log, closers)
	} catch (error) {
		await closers.close()
		throw error
	}
}

async function start(config: Config, log: Logger, closers: Closers): Promise<Shop> {
	const url = config.DATABASE_URL ?? (await startOwnDatabase(config, log, closers))
	const { sql, kysely, close } = openDatabase({ url, log, name: `prilavok ${config.ROLE}` })
	closers.add(close)
	await checkDatabase(sql)
	const migrated = await migrateToLatest(url, log)
	if (migrated.length > 0) log.debug({ migrations: migrated }, 'the database was migrated')

	const signals = createSignals(sql, log)
	closers.add(signals.close)
	const leadership = createLeadership(url, log)
	const topics = await createTopics(config, { sql, signals, leadership, log })
	closers.add(topics.close)
	const topicNames = topicNamesOf(config)
	closers.add((await ensureTopics(topics, topicSpecs(topicNames), log)).close)

	const metrics = createMetrics()
	closers.add(async () => metrics.close())
	const secret =
		config.SECRET_KEY === undefined ? await readSecret(sql, 'hashes', randomBytes(32)) : Buffer.from(config.SECRET_KEY)
	let publicUrl = config.PUBLIC_URL?.replace(/\/+$/, '')
	const service: Service = {
		config,
		log,
		metrics,
		sql,
		kysely,
		signals,
		topics,
		topicNames,
		secret,
		get publicUrl() {
			return publicUrl ?? `http://localhost:${config.PORT}`
		},
	}
	const files = createFiles(config.REPORTS_URL ?? pathToFileURL(resolve(config.DATA_DIR)).href)

	if (config.METRICS_PORT > 0)
		closers.add((await serveOperator(service, { host: config.METRICS_HOST, port: config.METRICS_PORT })).close)
	if (config.ROLE !== 'api') closers.add(startWorkers(service, { files, leadership }).close)
	if (config.ROLE === 'worker') return { url: undefined, service, close: closers.close }
	const app = await buildApp(service, { files })
	closers.add(() => app.close())
	const address = await app.listen({ host: config.HOST, port: config.PORT })
	publicUrl ??= `http://localhost:${new URL(address).port}`
	return { url: address, service, close: closers.close }
}

async function startOwnDatabase(config: Config, log: Logger, closers: Closers): Promise<string> {
	const { url, close } = await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log })
	closers.add(close)
	return url
}

function createClosers(): Closers {
	const waiting: (() => Promise<void>)[] = []
	return {
		add: (close) => void waiting.push(close),
		async close() {
			for (let close = waiting.pop(); close !== undefined; close = waiting.pop()) await close()
		},
	}
}
