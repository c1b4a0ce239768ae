import type { Answer } from './connection.ts'

/** One who sends requests over a connection of its own, the next when the one before is answered. */
export type Shopper = {
	/** The bytes of the next request; undefined: nothing is left to do. */
	next(): Buffer | undefined
	/**
	 * Looks at the answer and throws when it is wrong. Returns how long the unit of work took that it ends, in ms, or undefined
	 * when the unit goes on; `latencyMs` is this request's.
	 */
	check(answer: Answer, latencyMs: number): number | undefined
	/** What it has seen acknowledged in all, to be compared with the database; numbers are added up over all shoppers. */
	readonly acknowledged?: () => Readonly<Record<string, number>>
}

/** Which of the connections a shopper has. */
export type Place = { readonly index: number; readonly connections: number }

/** Throws when an answer has another status, with what it says. */
export function expectStatus({ status, body }: Answer, expected: number): void {
	if (status !== expected) throw new Error(`expected ${expected}, but got ${status}: ${body.toString().slice(0, 500)}`)
}

/** To read each answer whole would cost the service more than it shows. */
const READ_EVERY = 32
let unread = 0
/** Whether this answer is one of those that are read whole. */
export const isRead = (): boolean => unread++ % READ_EVERY === 0

/** One of these, by turns. */
export function at<Item>(items: readonly Item[], index: number): Item {
	const item = items[index % items.length]
	if (item === undefined) throw new RangeError('a shopper has nothing to choose from')
	return item
}
