import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Client, RequestOptions } from './client.ts'

/** A request as it went; status 0: the connection broke before an answer came. */
export type Seen = {
	readonly at: number
	readonly ms: number
	readonly method: string
	readonly path: string
	readonly status: number
}

export type Placed = { readonly id: string; readonly total: number }

/** What people and services did and were told while parts were killed: the database is compared with it. */
export type Book = {
	/** By the key with which they were placed. */
	readonly acked: Map<string, Placed>
	/** Keys of orders that were refused for good. */
	readonly refused: Set<string>
	/** Keys that were asked with, and never answered for good. */
	readonly unknown: Set<string>
	/** What stands in the carts by what was acknowledged, by customer: products and quantities, in this order. */
	readonly carts: Map<number, ReadonlyMap<number, number>>
	/** Acknowledged steps of the staff: `<order> <version>` and the status. */
	readonly moved: Map<string, string>
	/** The newest message of each product. */
	readonly products: Map<number, { readonly version: number; readonly cost: number }>
	/** Commands of the inventory, as the inbox knows them: `<order> <event>`. */
	readonly commands: Set<string>
	readonly seen: Seen[]
	/** Orders that had come about already when their outcome was asked for again. */
	replayed: number
	/** Set, everybody comes to an end. */
	over: boolean
}

export const openBook = (): Book => ({
	acked: new Map(),
	refused: new Set(),
	unknown: new Set(),
	carts: new Map(),
	moved: new Map(),
	products: new Map(),
	commands: new Set(),
	seen: [],
	replayed: 0,
	over: false,
})

/** Requests that broke, or that the shop could not answer. */
export const failedIn = ({ seen }: Pick<Book, 'seen'>): Seen[] => seen.filter(({ status }) => status === 0 || status >= 500)

/** Changes that were carried out, as those who asked were told. */
export const writtenIn = ({ seen }: Book): Seen[] =>
	seen.filter(({ method, status }) => method !== 'GET' && status >= 200 && status < 300)

export type Ask = (method: string, path: string, options?: RequestOptions) => Promise<Answer>

/** Sooner than people are told to come again, and not so soon that it keeps the machine busy. */
const RETRY_MS = 100
/** Longer than any part is away. */
const DEFINITE_WITHIN_MS = 60_000

/** fetch throws a TypeError with a cause, whatever happened to the connection. */
function brokenOff(error: unknown): undefined {
	if (!(error instanceof TypeError) || error.cause === undefined) throw error
}

/** Asks the same again while nobody knows what came of it: the connection broke, or the answer is "not now", with the time to come again. */
export const untilAnswered =
	(client: Client, { seen }: Book): Ask =>
	async (method, path, options) => {
		const deadline = performance.now() + DEFINITE_WITHIN_MS
		for (;;) {
			const at = performance.now()
			const answer = await client.request(method, path, options).catch(brokenOff)
			seen.push({ at, ms: performance.now() - at, method, path, status: answer?.status ?? 0 })
			if (answer !== undefined && answer.status !== 503) return answer
			if (answer !== undefined) assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]/, answer.text)
			if (performance.now() > deadline) throw new Error(`${method} ${path} has no answer for good: ${answer?.text}`)
			await sleep(RETRY_MS)
		}
	}
