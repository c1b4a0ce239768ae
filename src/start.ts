import type { Logger } from 'pino'
import type { Service } from './modules/service.ts'
import type { Config } from './platform/config.ts'
import { connectionsNeeded } from './platform/crew/connections.ts'
import { startEmbeddedPostgres } from './platform/db/embedded/embedded.ts'

/** A running service. */
export type Shop = {
	/** Where it answers; undefined for a worker, which does not. */
	readonly url: string | undefined
	readonly service: Service
	/** Resolves, with what to tell, when the service can't go on; otherwise never. */
	readonly failure: Promise<Error> | undefined
	/** Takes no more requests, finishes what runs, and closes everything in the reverse order of its start. */
	close(): Promise<void>
}

/** What has been started, closed in reverse and once: also when the start fails half way. */
export type Closers = { add(close: () => Promise<void>): void; close(): Promise<void> }

/** Where the database is, and when it can be used. */
export type DatabaseServer = { readonly url: string; readonly ready: Promise<void> }

/**
 * Starts the service: database → topics → workers → HTTP. All but the database is in `assemble.ts`. Who gives the closers can close
 * what is started before all of it is.
 */
export async function startShop(config: Config, log: Logger, closers = createClosers()): Promise<Shop> {
	try {
		const database = await openDatabaseServer(config, log, closers)
		// A new database takes a second of a processor's time, and loading the program nearly as much: side by side.
		const { assemble } = await import('./assemble.ts')
		return { ...(await assemble(config, { database, log, closers })), close: closers.close }
	} catch (error) {
		await closers.close()
		throw error
	}
}

/** The database: the one that is set, or the service's own, which is being started. */
async function openDatabaseServer(config: Config, log: Logger, closers: Closers): Promise<DatabaseServer> {
	if (config.DATABASE_URL !== undefined) return { url: config.DATABASE_URL, ready: Promise.resolve() }
	const connections = connectionsNeeded(config.WORKERS)
	const own = await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log, connections })
	closers.add(own.close)
	return own
}

export function createClosers(): Closers {
	const waiting: (() => Promise<void>)[] = []
	let closing: Promise<void> | undefined
	const closeAll = async () => {
		for (let close = waiting.pop(); close !== undefined; close = waiting.pop()) await close()
	}
	return { add: (close) => void waiting.push(close), close: () => (closing ??= closeAll()) }
}
