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

/** What has been started, closed in reverse: also when the start fails half way. */
export type Closers = { add(close: () => Promise<void>): void; close(): Promise<void> }

/** Starts the service: database → topics → workers → HTTP. All but the database is in `assemble.ts`. */
export async function startShop(config: Config, log: Logger): Promise<Shop> {
	const closers = createClosers()
	try {
		// A new database takes a second of a processor's time, and loading the program more than half of that: side by side.
		const [url, { assemble }] = await Promise.all([openGround(config, log, closers), import('./assemble.ts')])
		return { ...(await assemble(config, { url, log, closers })), close: closers.close }
	} catch (error) {
		await closers.close()
		throw error
	}
}

/** The URL of the database: of the one that is set, or of the service's own, which is closed whenever it has started. */
async function openGround(config: Config, log: Logger, closers: Closers): Promise<string> {
	if (config.DATABASE_URL !== undefined) return config.DATABASE_URL
	const connections = connectionsNeeded(config.WORKERS)
	const starting = startEmbeddedPostgres({ dataDir: config.DATA_DIR, log, connections })
	closers.add(async () => (await starting.catch(() => undefined))?.close())
	return (await starting).url
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
