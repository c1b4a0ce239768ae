import type { Logger } from 'pino'

const RETRY_FIRST_MS = 200
const RETRY_MAX_MS = 5_000

/** What a topic did not take when it was tried last. */
type Hold = { readonly pauseMs: number; readonly retryAt: number }

export type HeldTopics = {
	readonly names: () => string[]
	holds(topic: string): boolean
	/** The topic took only some of what was sent, or nothing: its events wait until it is tried again. */
	hold(topic: string, outcome: { readonly reason: string; readonly tookSome: boolean }): void
	/** A topic that is to be tried now. */
	due(): string | undefined
	release(topic: string): void
}

/**
 * Topics whose events wait while those of the others go on. All events of the topic wait, not those of a key alone: so what follows
 * under a key can't overtake, whatever partition it goes to.
 */
export function createHeldTopics(log: Logger): HeldTopics {
	const held = new Map<string, Hold>()
	return {
		names: () => [...held.keys()],
		holds: (topic) => held.has(topic),
		hold(topic, { reason, tookSome }) {
			const before = held.get(topic)
			const pauseMs = before === undefined || tookSome ? RETRY_FIRST_MS : Math.min(before.pauseMs * 2, RETRY_MAX_MS)
			held.set(topic, { pauseMs, retryAt: performance.now() + pauseMs })
			log.warn({ topic, reason, retry_ms: pauseMs }, 'a topic takes no events now: they wait in the outbox, the others go on')
		},
		due() {
			const now = performance.now()
			return [...held].find(([, { retryAt }]) => retryAt <= now)?.[0]
		},
		release(topic) {
			held.delete(topic)
			log.info({ topic }, 'the topic takes events again')
		},
	}
}
