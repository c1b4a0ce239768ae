import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Logger } from 'pino'
import { buildScript } from './built.ts'

/** It takes three seconds on an idle machine. */
const BUILD_TIMEOUT_MS = 120_000

/**
 * Builds the admin panel where `npm ci` did not, or its sources have changed since. The service starts without it when that fails:
 * `/admin` then says what to do.
 */
export async function ensurePanelBuilt(log: Logger): Promise<void> {
	const script = await buildScript()
	if (script === undefined) return
	log.info('the admin panel is built, which takes some seconds')
	try {
		await promisify(execFile)(process.execPath, [script], { timeout: BUILD_TIMEOUT_MS })
	} catch (error) {
		log.error({ err: error }, 'the admin panel could not be built')
	}
}
