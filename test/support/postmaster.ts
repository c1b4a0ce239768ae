import { join } from 'node:path'
import { findPostmaster } from '../../src/platform/db/embedded/cluster.ts'

/** The process of the PostgreSQL that runs on a service's data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
	const running = await findPostmaster(join(dataDir, 'postgres'))
	if (running === undefined) throw new Error(`no PostgreSQL runs on ${dataDir}`)
	return running.pid
}
