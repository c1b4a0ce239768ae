import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import { atEnd } from './at-end.ts'
import { type ServiceProcess, startProcess, urlOf } from './process.ts'
import { startTestShop, type TestShop } from './shop.ts'

export type OwnDatabase = {
	readonly program: ServiceProcess
	/** Where the program serves. */
	readonly url: string
	readonly dataDir: string
	/** Beside the program, which works: it looks into the same database and folder. */
	readonly shop: TestShop
}

/** Starts the program as it runs without a database to go to: with a PostgreSQL of its own, which goes with it. */
export async function startWithOwnDatabase(): Promise<OwnDatabase> {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-own-'))
	atEnd(() => rm(dataDir, { recursive: true, force: true }))
	const program = startProcess({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' })
	const url = await urlOf(program)
	return { program, url, dataDir, shop: await lookInto(dataDir) }
}

/** A shop beside a program that runs on that folder with a PostgreSQL of its own. */
export async function lookInto(dataDir: string): Promise<TestShop> {
	const DATABASE_URL = await findEmbeddedPostgres(dataDir)
	if (DATABASE_URL === undefined) throw new Error(`there is no PostgreSQL in ${dataDir}`)
	return startTestShop({ DATABASE_URL, DATA_DIR: dataDir, ROLE: 'api' })
}
