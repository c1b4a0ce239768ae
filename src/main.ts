import type { Logger } from 'pino'
import { readConfig, shownConfig } from './platform/config.ts'
import { isMember } from './platform/crew/is-member.ts'
import { ensurePanelBuilt } from './panel/ensure-built.ts'
import { giveBackStartMemory } from './platform/start-memory.ts'
import { createLog } from './platform/telemetry/log.ts'
import { type Shop, startShop } from './start.ts'

/** What runs when the end is asked for may take this long. */
const CLOSE_TIMEOUT_MS = 20_000

async function main(): Promise<void> {
	const config = readConfig(process.env)
	const log = createLog({ level: config.LOG_LEVEL, pid: config.WORKERS > 1 ? process.pid : undefined })
	if (!isMember()) log.debug({ config: shownConfig(config) }, 'configuration')
	if (!isMember() && config.ROLE !== 'worker') await ensurePanelBuilt(log)
	const shop = await startShop(config, log)
	giveBackStartMemory()
	const end = endOf(shop, log)
	if (isMember()) {
		const { joinCrew } = await import('./platform/crew/member.ts')
		return joinCrew({ url: shop.url ?? '', registry: shop.service.metrics.registry, close: (why) => end(0, why) })
	}
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.once(signal, () => {
			process.once(signal, () => process.exit(1))
			log.info({ signal }, 'closing; a second signal ends at once')
			end(0, signal)
		})
	}
	void endOnFailure(shop, log, end)
	if (config.NODE_ENV === 'development') await (await import('./welcome.ts')).welcome(config, shop)
	else log.info({ url: shop.url, role: config.ROLE }, 'ready')
}

/** What closes the service and ends the process with that code, once, however often it is called. */
function endOf(shop: Shop, log: Logger): (exitCode: number, why: string) => void {
	let closing = false
	const close = async (exitCode: number, why: string) => {
		log.debug({ why }, 'closing')
		const impatience = setTimeout(() => {
			log.error({ timeout_ms: CLOSE_TIMEOUT_MS }, 'closing takes too long and is cut off')
			process.exit(1)
		}, CLOSE_TIMEOUT_MS)
		await shop.close()
		clearTimeout(impatience)
		log.info('closed')
		process.exit(exitCode)
	}
	return (exitCode, why) => {
		if (closing) return
		closing = true
		close(exitCode, why).catch((error: unknown) => {
			log.fatal({ err: error }, 'closing failed')
			process.exit(1)
		})
	}
}

async function endOnFailure({ failure }: Shop, log: Logger, end: ReturnType<typeof endOf>): Promise<void> {
	const error = await failure
	if (error === undefined) return
	log.fatal({ err: error }, 'the service ends')
	end(1, 'failure')
}

try {
	await main()
} catch (error) {
	// The first thing somebody reads who starts it wrong: what to do, not where in the code.
	const reason = error instanceof Error ? error.message : String(error)
	if (isMember()) await (await import('./platform/crew/member.ts')).tellFailure(reason)
	else process.stderr.write(`${reason}\n`)
	process.exit(1)
}
