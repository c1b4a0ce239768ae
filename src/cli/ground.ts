import { type Logger, pino } from 'pino'
import { type Config, readConfig } from '../platform/config.ts'
import { checkDatabase, openDatabase, type Sql } from '../platform/db/database.ts'
import { isDatabaseUnavailable } from '../platform/db/errors.ts'
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../platform/db/embedded/embedded.ts'
import { migrateToLatest, pendingMigrations } from '../platform/db/migrations.ts'
import { createLog } from '../platform/telemetry/log.ts'
import { reasonOf } from '../platform/telemetry/reason.ts'

/** The settings of a command: those of the service. */
export type Settings = { readonly config: Config; readonly log: Logger }

export type DatabaseGround = Settings & {
	readonly sql: Sql
	/** The migrations that were carried out for this command. */
	readonly migrated: readonly string[]
}

export type GroundOptions = {
	/** Bring a database that is behind to this version of the program; else it is an error. */
	readonly migrate?: boolean
	/** Work beside a running service only, never on a PostgreSQL that runs for this command alone. */
	readonly besideService?: boolean
}

/** A database, and whether it runs for this command alone. */
type Place = {
	readonly url: string
	/** How people know it, and what they can do when it is away. */
	readonly name: string
	readonly remedy: string
	readonly isOurs: boolean
	close(): Promise<void>
}

const STDERR = 2
const CONNECTIONS_MAX = 4

/** Reads the settings out of the environment. What is logged goes to stderr: what is amiss, unless LOG_LEVEL says otherwise. */
export function readSettings(): Settings {
	const config = readConfig({ ...process.env, LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn' })
	return { config, log: createLog({ level: config.LOG_LEVEL, destination: pino.destination({ dest: STDERR, sync: true }) }) }
}

/** Where the service is reached, as far as the settings tell; without a slash at the end. */
export const publicUrlOf = ({ PUBLIC_URL, PORT }: Config): string =>
	(PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '')

/**
 * Runs `use` on the service's database: that of DATABASE_URL, that of the service which runs on DATA_DIR, or the one in
 * DATA_DIR, started and migrated for this command. Throws an Error that says what to do when it can't be used.
 */
export async function withDatabase<Result>(
	settings: Settings,
	options: GroundOptions,
	use: (ground: DatabaseGround) => Promise<Result>,
): Promise<Result> {
	return withPlace(settings, options, async (place) => {
		try {
			return await withPool(settings, place.url, async (sql) => {
				await checkDatabase(sql)
				const migrated = options.migrate || place.isOurs ? await migrateToLatest(place.url, settings.log) : []
				const pending = options.migrate || place.isOurs ? [] : await pendingMigrations(sql)
				if (pending.length > 0) throw new Error(`${place.name} lacks ${pending.join(', ')}: run "npm run cli -- migrate"`)
				return use({ ...settings, sql, migrated })
			})
		} catch (error) {
			throw isAway(error)
				? new Error(`${place.name} can't be used (${reasonOf(error)}): ${place.remedy}`, { cause: error })
				: error
		}
	})
}

/** invalid_authorization_specification, invalid_catalog_name: nobody of that name or password, no such database. */
const WRONG_URL_SQLSTATE = /^(28|3D)/

const isAway = (error: unknown): boolean =>
	isDatabaseUnavailable(error) || (error instanceof Error && 'code' in error && WRONG_URL_SQLSTATE.test(String(error.code)))

/** Runs `use` on a pool of connections, of which none is made before it is needed. */
export async function withPool<Result>({ log }: Settings, url: string, use: (sql: Sql) => Promise<Result>): Promise<Result> {
	const { sql, close } = openDatabase({ url, log, name: 'prilavok cli', connectionsMax: CONNECTIONS_MAX })
	try {
		return await use(sql)
	} finally {
		await close()
	}
}

async function withPlace<Result>(
	settings: Settings,
	options: GroundOptions,
	use: (place: Place) => Promise<Result>,
): Promise<Result> {
	const place = await findPlace(settings, options)
	try {
		return await use(place)
	} finally {
		await place.close()
	}
}

async function findPlace({ config, log }: Settings, { besideService = false }: GroundOptions): Promise<Place> {
	const { DATABASE_URL: given, DATA_DIR: dataDir } = config
	const notOurs = { isOurs: false, close: async () => undefined }
	if (given !== undefined) {
		const remedy = 'start the server, or set DATABASE_URL to the right one'
		return { url: given, name: 'The database of DATABASE_URL', remedy, ...notOurs }
	}
	const name = `The database in ${dataDir}`
	const remedy = 'start the service by "npm start" and look into its log'
	const running = await findEmbeddedPostgres(dataDir)
	if (running !== undefined) return { url: running, name, remedy, ...notOurs }
	if (besideService) {
		throw new Error(
			`No service runs on ${dataDir}: start one by "npm start", or give this command the DATA_DIR, DATABASE_URL and ` +
				'KAFKA_BROKERS that the service has.',
		)
	}
	const own = await startEmbeddedPostgres({ dataDir, log })
	await own.ready
	return { ...own, name, remedy, isOurs: true }
}
