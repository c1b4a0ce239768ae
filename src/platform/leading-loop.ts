import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Leadership } from './db/leadership.ts'
import type { SignalName, Signals } from './db/signals.ts'
import { createWaker } from './waker.ts'

export type LeadingLoopOptions = {
	readonly leadership: Leadership
	readonly signals: Signals
	readonly log: Logger
	/** One process at a time works on it. */
	readonly task: string
	/** Says that there is work. */
	readonly signal: SignalName
	/**
	 * Does a batch, or several until the signal, and returns their size; 0 when nothing is left to do. What it throws is told of,
	 * and the batch comes again.
	 */
	readonly work: (lost: AbortSignal) => Promise<number>
	/** What a failure means, for the log. */
	readonly failed: string
	readonly retryMaxMs: number
}

/** What a lost signal costs at the most. */
const POLL_MS = 1_000
const RETRY_FIRST_MS = 200

/** Works batch by batch while this process leads; waits when there is nothing to do, and ever longer when it fails. */
export function startLeadingLoop(options: LeadingLoopOptions): { close(): Promise<void> } {
	const { leadership, signals, log, task, work, failed, retryMaxMs } = options
	const stop = new AbortController()
	const waker = createWaker()
	const off = signals.on(options.signal, waker.wake)

	/** `lost` is aborted by `close`, too. */
	const lead = async (lost: AbortSignal) => {
		let retryMs = RETRY_FIRST_MS
		while (!lost.aborted) {
			try {
				const done = await work(lost)
				retryMs = RETRY_FIRST_MS
				if (done === 0) await waker.wait(POLL_MS)
			} catch (error) {
				log.warn({ err: error, task, retry_ms: retryMs }, failed)
				await sleep(retryMs, undefined, { signal: lost }).catch(() => undefined)
				retryMs = Math.min(retryMs * 2, retryMaxMs)
			}
		}
	}

	const running = leadership.whileLeader(task, lead, stop.signal)
	return {
		async close() {
			stop.abort()
			off()
			waker.wake()
			await running
		},
	}
}
