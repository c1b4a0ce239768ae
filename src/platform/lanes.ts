import { setImmediate as immediate } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isConflict, isDatabaseUnavailable } from './db/errors.ts'
import { httpProblem, Problem } from './http/problem.ts'

/**
 * Many requests, one batch, which is one transaction as a rule. A lane gathers what arrives while its batch runs and sends all of
 * it as the next one; an idle lane sends at once, so a lone request waits for nothing. See docs/adr for the figures.
 */
export type LaneOptions<Request, Result> = {
	readonly name: string
	readonly log: Logger
	/** Whose request it is: two requests of one owner never share a batch, so each sees what the one before it did. */
	readonly ownerOf: (request: Request) => string | number
	/**
	 * Carries out a batch and returns an outcome for each request, in their order: in one transaction, or it throws nothing, for a
	 * batch that throws is run again. A fault of one request is its outcome, a `Problem`, not an exception; `AGAIN` when nothing of
	 * it was written, because what it was decided by has changed meanwhile. Called when whatever the same owners have asked for
	 * before has ended.
	 */
	readonly run: (batch: readonly Request[]) => Promise<readonly Outcome<Result>[]>
	/** How many batches may run at once. A request goes to the lane of its owner. */
	readonly lanes?: number
	/** With this many waiting, a lane begins a second batch beside the one that runs; never, where it is not set. */
	readonly secondFrom?: number
	readonly batchMax?: number
	readonly queueMax?: number
	/** How many of one owner may wait, so that a flood of one leaves places to the others; all that the queue holds, where it is not set. */
	readonly ownerMax?: number
	/** A request that waited longer than this in the queue is refused without being tried. */
	readonly waitMaxMs?: number
}

/** Whether the one who asked still waits: an AbortSignal, or what is like one. */
export type Cancelled = { readonly aborted: boolean; readonly reason?: unknown }

export type Lanes<Request, Result> = {
	/** Resolves after the commit; rejects with a `Problem` or with what the database threw. */
	submit(request: Request, cancelled?: Cancelled): Promise<Result>
}

/**
 * One: two take half as many requests each into a transaction, and cost 1.8 times the processor time a request (64 connections,
 * two cores). Where a round trip takes long (a database on another machine), more of them keep it busy.
 */
const LANES = 1
const BATCH_MAX = 100
const QUEUE_MAX = 2_000
const WAIT_MAX_MS = 2_000
/**
 * How often a request is run that loses against other transactions. Of those that meet one always wins; between two instances it
 * is a toss each time, so nobody loses as often as this but by a fault.
 */
const TRIES_MAX = 50

/** The outcome of a request that has lost against another instance's: it is run again with the next batch. */
export const AGAIN = Symbol('again')

type Outcome<Result> = Result | Problem | typeof AGAIN

type Waiting<Request, Result> = {
	readonly request: Request
	readonly owner: string | number
	readonly cancelled: Cancelled | undefined
	readonly deadline: number
	tries: number
	readonly resolve: (result: Result) => void
	readonly reject: (error: unknown) => void
}

export function createLanes<Request, Result>(options: LaneOptions<Request, Result>): Lanes<Request, Result> {
	const lanes = Array.from({ length: options.lanes ?? LANES }, () => createLane(options))
	const waitMaxMs = options.waitMaxMs ?? WAIT_MAX_MS
	return {
		submit: (request, cancelled) =>
			new Promise((resolve, reject) => {
				const owner = options.ownerOf(request)
				const lane = lanes[slotOf(owner, lanes.length)]
				lane?.({ request, owner, cancelled, deadline: performance.now() + waitMaxMs, tries: 0, resolve, reject })
			}),
	}
}

/** The same owner always gets the same lane, so that its requests do not wait for each other's row locks in the database. */
function slotOf(owner: string | number, slots: number): number {
	if (typeof owner === 'number') return owner % slots
	let hash = 0
	for (let index = 0; index < owner.length; index++) hash = (hash * 31 + owner.charCodeAt(index)) >>> 0
	return hash % slots
}

/** What waits for a batch, and whose requests are in one. */
function createQueue<Request, Result>(batchMax: number) {
	let queue: Waiting<Request, Result>[] = []
	const served = new Set<string | number>()
	return {
		get length() {
			return queue.length
		},
		/** How many of that owner wait. */
		lengthOf: (owner: string | number) => queue.reduce((count, waiting) => count + Number(waiting.owner === owner), 0),
		add: (waiting: Waiting<Request, Result>) => void queue.push(waiting),
		/** Those who have lost, before those of the same owner that came later. */
		putBack(lost: readonly Waiting<Request, Result>[]) {
			if (lost.length > 0) queue = [...lost, ...queue]
		},
		/**
		 * The next batch: those who still wait, one of each owner and none of those who are served, in the order in which they
		 * came. Its owners are served until it is `done`.
		 */
		take() {
			const now = performance.now()
			const batch: Waiting<Request, Result>[] = []
			const rest: Waiting<Request, Result>[] = []
			for (const waiting of queue) {
				if (waiting.cancelled?.aborted) waiting.reject(waiting.cancelled.reason)
				else if (waiting.deadline < now) waiting.reject(httpProblem('overloaded'))
				else if (batch.length >= batchMax || served.has(waiting.owner)) rest.push(waiting)
				else {
					served.add(waiting.owner)
					batch.push(waiting)
				}
			}
			queue = rest
			return batch
		},
		done(batch: readonly Waiting<Request, Result>[]) {
			for (const { owner } of batch) served.delete(owner)
		},
	}
}

function tell<Result>({ resolve, reject }: Waiting<unknown, Result>, outcome: Outcome<Result> | undefined, lane: string): void {
	if (outcome === undefined) reject(new Error(`lane ${lane}: a request without an outcome`))
	else if (outcome === AGAIN) reject(httpProblem('unavailable'))
	else if (outcome instanceof Problem) reject(outcome)
	else resolve(outcome)
}

/** Tells those who wait for a batch what came of it. */
type Answer = () => void
const NOBODY_WAITS: Answer = () => {}

function createLane<Request, Result>(options: LaneOptions<Request, Result>) {
	const { log, name, run, ownerMax } = options
	const queueMax = options.queueMax ?? QUEUE_MAX
	const secondFrom = options.secondFrom ?? Number.POSITIVE_INFINITY
	const queue = createQueue<Request, Result>(options.batchMax ?? BATCH_MAX)
	/** Batches that run: one, or two. */
	let running = 0

	/** Puts those that have lost back into the queue, and returns what tells the others. */
	const settle = (batch: readonly Waiting<Request, Result>[], outcomes: readonly Outcome<Result>[]): Answer => {
		const lost = batch.filter((waiting, index) => outcomes[index] === AGAIN && ++waiting.tries < TRIES_MAX)
		queue.putBack(lost)
		return () => {
			for (const [index, waiting] of batch.entries()) if (!lost.includes(waiting)) tell(waiting, outcomes[index], name)
		}
	}

	/**
	 * A batch that throws is run again one by one: whoever caused it gets the error, the others their answer. Where the
	 * database is away a second try is the client's to make: its outcome may be unknown, and waiting helps nobody.
	 */
	const runBatch = async (batch: readonly Waiting<Request, Result>[]): Promise<Answer> => {
		try {
			return settle(batch, await run(batch.map((waiting) => waiting.request)))
		} catch (error) {
			if (batch.length === 1 && isConflict(error)) return settle(batch, [AGAIN])
			if (batch.length === 1 || isDatabaseUnavailable(error)) {
				return () => {
					for (const waiting of batch) waiting.reject(error)
				}
			}
			log.warn({ err: error, lane: name, size: batch.length }, 'a batch failed and is run again one by one')
			for (const waiting of batch) (await runBatch([waiting]))()
			return NOBODY_WAITS
		}
	}

	const drain = async () => {
		// Until all that the sockets hold by now has been read: a batch more of one is a round trip less.
		await immediate()
		let answer = NOBODY_WAITS
		while (queue.length >= (running > 1 ? secondFrom : 1)) {
			const batch = queue.take()
			// Whoever waits is served by the other one, which goes on with them.
			if (batch.length === 0) break
			const outcome = runBatch(batch)
			// Those of the batch before are told while the database works for this one.
			answer()
			answer = await outcome
			queue.done(batch)
		}
		running--
		answer()
	}

	return (waiting: Waiting<Request, Result>) => {
		if (queue.length >= queueMax || (ownerMax !== undefined && queue.lengthOf(waiting.owner) >= ownerMax))
			return waiting.reject(httpProblem('overloaded'))
		queue.add(waiting)
		if (running > 1 || (running === 1 && queue.length < secondFrom)) return
		running++
		void drain()
	}
}
