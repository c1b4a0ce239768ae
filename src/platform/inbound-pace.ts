import type { Tx } from './db/database.ts'
import type { IncomingMessage } from './topics/port.ts'

/** What the transactions of messages may take, and what is made of one that takes longer. */
export type InboundLimits = {
	/** How many messages go in one transaction at the most. */
	readonly batchMax: number
	/** A statement of several: an order that needs one of their products waits for half of what its own statement may take. */
	readonly togetherMs: number
	/** A statement of a message by itself: as long as any may take, and the connection is watched for an answer. */
	readonly aloneMs: number
	/** So often a message may take too long by itself before it is put aside: five minutes at the least. */
	readonly aloneTriesMax: number
}

export const INBOUND_LIMITS: InboundLimits = { batchMax: 500, togetherMs: 2_000, aloneMs: 4_000, aloneTriesMax: 75 }

/**
 * Waiting for a lock ends before this: it is no fault of the messages, and they come again as they are. It is long enough for the
 * database to find a deadlock (1 s).
 */
const LOCK_WAIT_MS = 1_500

/** For the first statement of a transaction. The driver sends it along with the next one. */
export async function limitStatements(tx: Tx, ms: number): Promise<void> {
	await tx`
		select set_config('statement_timeout', ${`${ms}ms`}, true),
			set_config('lock_timeout', ${`${Math.min(LOCK_WAIT_MS, ms)}ms`}, true)`
}

export type Pace = {
	/** How many messages to take into the next transaction. */
	size(): number
	/** So many took too long together. */
	tooSlow(count: number): void
	/** A transaction went through. */
	wentThrough(): void
	/** A message took too long by itself. True when it has done so too often. */
	isHopeless(message: IncomingMessage): boolean
}

/** Of what it takes too many messages for, it takes half; and an eighth more again after each transaction that went through. */
export function createPace({ batchMax, aloneTriesMax }: InboundLimits): Pace {
	let size = batchMax
	let slow = { place: '', tries: 0 }
	return {
		size: () => size,
		tooSlow(count) {
			size = Math.ceil(count / 2)
		},
		wentThrough() {
			size = Math.min(batchMax, size + Math.ceil(size / 8))
		},
		isHopeless({ partition, offset }) {
			const place = `${partition}/${offset}`
			slow = { place, tries: slow.place === place ? slow.tries + 1 : 1 }
			return slow.tries >= aloneTriesMax
		},
	}
}
