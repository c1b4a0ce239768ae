import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

export type PeriodicOptions = {
	readonly log: Logger
	readonly task: string
	readonly everyMs: number
	/** One round; returns how many rows it dealt with. */
	readonly run: () => Promise<number>
}

/** Does something now and then. A round that fails is told of and made up for by the next one. */
export function startPeriodic({ log, task, everyMs, run }: PeriodicOptions): { close(): Promise<void> } {
	const stop = new AbortController()
	const loop = async () => {
		while (!stop.signal.aborted) {
			try {
				const rows = await run()
				if (rows > 0) log.debug({ task, rows }, 'cleaned up')
			} catch (error) {
				log.warn({ err: error, task }, 'a round failed; the next one tries again')
			}
			await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => undefined)
		}
	}
	const running = loop()
	return {
		async close() {
			stop.abort()
			await running
		},
	}
}
