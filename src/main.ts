import type { Logger } from 'pino'
import { drainMsOf, readConfig, shownConfig } from './platform/config.ts'
import { isMember } from './platform/crew/is-member.ts'
import { ensurePanelBuilt } from './panel/ensure-built.ts'
import { giveBackStartMemory } from './platform/start-memory.ts'
import { createLog } from './platform/telemetry/log.ts'
import { reasonOf } from './platform/telemetry/reason.ts'
import { type Closers, createClosers, type Shop, startShop } from './start.ts'

/** What runs when the end is asked for, or comes while the process leaves, may take this long. */
const CLOSE_TIMEOUT_MS = 20_000

async function main(): Promise<void> {
	const config = readConfig(process.env)
	const log = createLog({ level: config.LOG_LEVEL, pid: config.WORKERS > 1 ? process.pid : undefined })
	const closers = createClosers()
	const ending = createEnding(closers, log, drainMsOf(config) + CLOSE_TIMEOUT_MS)
	if (!isMember()) endAtSignal(ending, log)
	if (!isMember()) log.debug({ config: shownConfig(config) }, 'configuration')
	if (!isMember() && config.ROLE !== 'worker') await ensurePanelBuilt(log)
	const shop = await startShop(config, log, closers).catch((error: unknown) => {
		// Closed half way a start fails for that alone, and the process ends when all is closed.
		if (!ending.begun()) throw error
	})
	if (shop === undefined || ending.begun()) return
	giveBackStartMemory()
	if (isMember()) {
		const { joinCrew } = await import('./platform/crew/member.ts')
		const { registry } = shop.service.metrics
		return joinCrew({ url: shop.url ?? '', registry, close: (why) => ending.begin(0, why) })
	}
	void endOnFailure(shop, log, ending)
	if (config.NODE_ENV === 'development') await (await import('./welcome.ts')).welcome(config, shop)
	else log.info({ url: shop.url, role: config.ROLE }, 'ready')
}

type Ending = {
	/** Closes what has been started and ends the process with that code: once, however often it is called. */
	begin(exitCode: number, why: string): void
	begun(): boolean
}

function createEnding(closers: Closers, log: Logger, timeoutMs: number): Ending {
	let begun = false
	const close = async (exitCode: number, why: string) => {
		log.debug({ why }, 'closing')
		const impatience = setTimeout(() => {
			log.error({ timeout_ms: timeoutMs }, 'closing takes too long and is cut off')
			process.exit(1)
		}, timeoutMs)
		await closers.close()
		clearTimeout(impatience)
		log.info('closed')
		process.exit(exitCode)
	}
	return {
		begin(exitCode, why) {
			if (begun) return
			begun = true
			close(exitCode, why).catch((error: unknown) => {
				log.fatal({ err: error }, 'closing failed')
				process.exit(1)
			})
		},
		begun: () => begun,
	}
}

/** From the first moment on: a start that is cut off leaves its PostgreSQL behind. */
function endAtSignal(ending: Ending, log: Logger): void {
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.once(signal, () => {
			process.once(signal, () => process.exit(1))
			log.info({ signal }, 'closing; a second signal ends at once')
			ending.begin(0, signal)
		})
	}
}

async function endOnFailure({ failure }: Shop, log: Logger, ending: Ending): Promise<void> {
	const error = await failure
	if (error === undefined) return
	log.fatal({ err: error }, 'the service ends')
	ending.begin(1, 'failure')
}

try {
	await main()
} catch (error) {
	// The first thing somebody reads who starts it wrong: what to do, not where in the code.
	const reason = reasonOf(error)
	if (isMember()) await (await import('./platform/crew/member.ts')).tellFailure(reason)
	else process.stderr.write(`${reason}\n`)
	process.exit(1)
}
