import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Logger } from 'pino'
import { buildApp, startWorkers } from './app.ts'
import type { Service } from './modules/service.ts'
import { sealTotpSecrets } from './modules/staff/index.ts'
import { type Config, drainMsOf } from './platform/config.ts'
import { connectionsNeeded, poolOfMember } from './platform/crew/connections.ts'
import { type Crew, createCrew } from './platform/crew/crew.ts'
import { isMember } from './platform/crew/is-member.ts'
import { checkDatabase, openDatabase, type Sql } from './platform/db/database.ts'
import { createLeadership } from './platform/db/leadership.ts'
import { migrateToLatest } from './platform/db/migrations.ts'
import { readSecret } from './platform/db/secrets.ts'
import { createSignals } from './platform/db/signals.ts'
import { freePort } from './platform/free-port.ts'
import { leave } from './platform/http/leave.ts'
import { createFiles, type Files, isBucketUrl } from './platform/files/port.ts'
import { markOf, nameWithMark, warnOfOtherStorages } from './platform/files/same-storage.ts'
import { tryStorage } from './platform/files/try-storage.ts'
import { createMetrics } from './platform/telemetry/metrics.ts'
import { serveOperator } from './platform/telemetry/operator.ts'
import type { Closers, DatabaseServer, Shop } from './start.ts'
import { createTopics, ensureTopics, topicNamesOf, topicSpecs } from './topics.ts'

/** What the service is put together on: its database, where its log goes, and who closes what it starts. */
type Ground = { readonly database: DatabaseServer; readonly log: Logger; readonly closers: Closers }

/** Puts the service together on a database, in this order, and has it serve. What it starts, it gives to `closers`. */
export async function assemble(given: Config, { database, log, closers }: Ground): Promise<Omit<Shop, 'close'>> {
	const { url } = database
	const crew = given.WORKERS > 1 && !isMember() ? createCrew({ size: given.WORKERS, log }) : undefined
	// The port is chosen here, so that a member which is started later finds the others.
	const config = crew && given.PORT === 0 ? { ...given, PORT: await freePort(given.HOST) } : given
	const filesUrl = config.REPORTS_URL ?? pathToFileURL(resolve(config.DATA_DIR)).href
	const files = createFiles(filesUrl)
	// A member is a part of the first process; and nobody else is on a database of one's own.
	const mark = config.DATABASE_URL === undefined || isMember() ? undefined : await markOf(filesUrl, files)
	const { sql, close } = openDatabase({
		url,
		log,
		name: nameWithMark(config.ROLE, mark),
		...(isMember() && { connectionsMax: poolOfMember(config.WORKERS) }),
	})
	closers.add(close)
	const signals = createSignals(sql, log)
	closers.add(signals.close)
	const leadership = createLeadership(url, log)
	const topics = await createTopics(config, { sql, signals, leadership, log })
	closers.add(topics.close)
	const metrics = createMetrics()
	closers.add(async () => metrics.close())
	const found: Found = { secret: undefined, publicUrl: config.PUBLIC_URL?.replace(/\/+$/, '') }
	const service = createService({ config, log, metrics, sql, signals, topics, topicNames: topicNamesOf(config) }, found)
	const serving = config.ROLE === 'worker' ? undefined : await prepareToServe(service, { crew, files, url, closers })

	await database.ready
	if (!isMember()) await prepareDatabase({ sql, url, log, members: config.WORKERS })
	if (mark !== undefined) await warnOfOtherStorages(sql, mark, log)
	if (!isMember()) closers.add((await ensureTopics(topics, topicSpecs(service.topicNames), log)).close)
	found.secret =
		config.SECRET_KEY === undefined ? await readSecret(sql, 'hashes', randomBytes(32)) : Buffer.from(config.SECRET_KEY)
	if (!isMember()) await sealTotpSecrets(service)
	if (config.METRICS_PORT > 0) {
		const operated = { ...service, crew, isServing: serving?.isServing }
		closers.add((await serveOperator(operated, { host: config.METRICS_HOST, port: config.METRICS_PORT })).close)
	}
	if (config.ROLE !== 'api') {
		if (isBucketUrl(filesUrl)) warnOfUselessStorage(files, log)
		closers.add(startWorkers(service, { files, leadership }).close)
	}
	const address = await serving?.begin()
	if (address !== undefined) found.publicUrl ??= `http://localhost:${new URL(address).port}`
	return { url: address, service, failure: crew?.failure }
}

/** What is known of a service only when its database is there, or it serves. */
type Found = { secret: Buffer | undefined; publicUrl: string | undefined }

const createService = (parts: Omit<Service, keyof Found>, found: Found): Service => ({
	...parts,
	get secret() {
		if (found.secret === undefined) throw new Error('the secret is asked for before the database is ready')
		return found.secret
	},
	get publicUrl() {
		return found.publicUrl ?? `http://localhost:${parts.config.PORT}`
	},
})

type Prepared = { readonly sql: Sql; readonly url: string; readonly log: Logger; readonly members: number }

/** Looks at the database and migrates it: once for all processes of a crew. */
async function prepareDatabase({ sql, url, log, members }: Prepared): Promise<void> {
	await checkDatabase(sql)
	const migrated = await migrateToLatest(url, log)
	if (migrated.length > 0) log.debug({ migrations: migrated }, 'the database was migrated')
	if (members === 1) return
	const [row] = await sql<[{ allowed: number }]>`
		select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
			- current_setting('reserved_connections')::int as allowed`
	const needed = connectionsNeeded(members)
	if (row.allowed < needed) {
		const facts = { members, needed, allowed: row.allowed }
		log.warn(facts, 'so many processes that serve HTTP (WORKERS) may need more connections than the database allows')
	}
}

/** In the background: a shop sells without a place for its reports. */
function warnOfUselessStorage(files: Files, log: Logger): void {
	tryStorage(files).catch((error: unknown) => {
		log.warn(
			{ err: error },
			'reports can’t be kept where REPORTS_URL says: until that is put right they are tried again, or fail',
		)
	})
}

/** What serves HTTP: here, or by others. */
type Serving = {
	/** Begins to, and tells where. */
	begin(): Promise<string>
	isServing(): boolean
}

type ServingParts = {
	readonly crew: Crew | undefined
	readonly files: Files
	readonly url: string
	readonly closers: Closers
}

/** Makes everything that serves, which needs no database yet. */
async function prepareToServe(service: Service, { crew, files, url, closers }: ServingParts): Promise<Serving> {
	const { config } = service
	if (crew !== undefined) {
		return {
			begin() {
				closers.add(crew.close)
				// What the others need to know goes through their environment, which no list of processes shows.
				return crew.start({ ROLE: 'api', PORT: String(config.PORT), METRICS_PORT: '0', DATABASE_URL: url })
			},
			isServing: crew.isServing,
		}
	}
	const app = await buildApp(service, { files })
	return {
		begin() {
			closers.add(async () => {
				await leave(app, drainMsOf(config))
				await app.close()
			})
			return app.listen({ host: config.HOST, port: config.PORT })
		},
		isServing: () => app.server.listening && !app.leaving,
	}
}
