import type { Logger } from 'pino'
import { isConflict, isDatabaseUnavailable } from './db/errors.ts'
import { httpProblem, Problem } from './http/problem.ts'

/**
 * Many requests, one transaction. A lane gathers what arrives while its transaction runs and sends all of it as the next one;
 * an idle lane sends at once, so a lone request waits for nothing. See docs/adr for the figures.
 */
export type LaneOptions<Request, Result> = {
	readonly name: string
	readonly log: Logger
	/** Whose request it is: two requests of one owner never share a batch, so each sees what the one before it did. */
	readonly ownerOf: (request: Request) => string | number
	/**
	 * Carries out a batch in one transaction and returns an outcome for each request, in their order. A fault of one request
	 * is its outcome, a `Problem`, not an exception. Called after the commit of the one before.
	 */
	readonly run: (batch: readonly Request[]) => Promise<readonly (Result | Problem)[]>
	/** How many transactions may run at once. A request goes to the lane of its owner. */
	readonly lanes?: number
	readonly batchMax?: number
	readonly queueMax?: number
	/** A request that waited longer than this in the queue is refused without being tried. */
	readonly waitMaxMs?: number
}

export type Lanes<Request, Result> = {
	/** Resolves after the commit; rejects with a `Problem` or with what the database threw. */
	submit(request: Request, signal?: AbortSignal): Promise<Result>
}

const LANES = 2
const BATCH_MAX = 100
const QUEUE_MAX = 2_000
const WAIT_MAX_MS = 2_000
/** How often a lone request is run that loses against another transaction (a deadlock). */
const TRIES_MAX = 3

type Waiting<Request, Result> = {
	readonly request: Request
	readonly owner: string | number
	readonly signal: AbortSignal | undefined
	readonly deadline: number
	readonly resolve: (result: Result) => void
	readonly reject: (error: unknown) => void
}

export function createLanes<Request, Result>(options: LaneOptions<Request, Result>): Lanes<Request, Result> {
	const lanes = Array.from({ length: options.lanes ?? LANES }, () => createLane(options))
	const waitMaxMs = options.waitMaxMs ?? WAIT_MAX_MS
	return {
		submit: (request, signal) =>
			new Promise((resolve, reject) => {
				const owner = options.ownerOf(request)
				const lane = lanes[slotOf(owner, lanes.length)]
				lane?.({ request, owner, signal, deadline: performance.now() + waitMaxMs, resolve, reject })
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

function createLane<Request, Result>(options: LaneOptions<Request, Result>) {
	const { log, name, run } = options
	const batchMax = options.batchMax ?? BATCH_MAX
	const queueMax = options.queueMax ?? QUEUE_MAX
	let queue: Waiting<Request, Result>[] = []
	let busy = false

	/** Takes the next batch off the queue: those who still wait, one of each owner, in the order in which they came. */
	const takeBatch = () => {
		const now = performance.now()
		const batch = new Map<string | number, Waiting<Request, Result>>()
		const rest: typeof queue = []
		for (const waiting of queue) {
			if (waiting.signal?.aborted) waiting.reject(waiting.signal.reason)
			else if (waiting.deadline < now) waiting.reject(httpProblem('overloaded'))
			else if (batch.size >= batchMax || batch.has(waiting.owner)) rest.push(waiting)
			else batch.set(waiting.owner, waiting)
		}
		queue = rest
		return [...batch.values()]
	}

	const settle = (batch: readonly Waiting<Request, Result>[], outcomes: readonly (Result | Problem)[]) => {
		for (const [index, waiting] of batch.entries()) {
			const outcome = outcomes[index]
			if (outcome === undefined) waiting.reject(new Error(`lane ${name}: no outcome for request ${index} of ${batch.length}`))
			else if (outcome instanceof Problem) waiting.reject(outcome)
			else waiting.resolve(outcome)
		}
	}

	/**
	 * A batch that throws is run again one by one: whoever caused it gets the error, the others their answer. Where the
	 * database is away a second try is the client's to make: its outcome may be unknown, and waiting helps nobody.
	 */
	const runBatch = async (batch: readonly Waiting<Request, Result>[], tries = 1): Promise<void> => {
		try {
			settle(batch, await run(batch.map((waiting) => waiting.request)))
		} catch (error) {
			if (batch.length === 1 && isConflict(error) && tries < TRIES_MAX) return runBatch(batch, tries + 1)
			if (batch.length === 1 || isDatabaseUnavailable(error)) {
				for (const waiting of batch) waiting.reject(error)
				return
			}
			log.warn({ err: error, lane: name, size: batch.length }, 'a batch failed and is run again one by one')
			for (const waiting of batch) await runBatch([waiting])
		}
	}

	const drain = async () => {
		busy = true
		while (queue.length > 0) {
			const batch = takeBatch()
			if (batch.length > 0) await runBatch(batch)
		}
		busy = false
	}

	return (waiting: Waiting<Request, Result>) => {
		if (queue.length >= queueMax) return waiting.reject(httpProblem('overloaded'))
		queue.push(waiting)
		// A microtask later, so that requests that were read from the sockets together go together.
		if (!busy) {
			busy = true
			queueMicrotask(() => void drain())
		}
	}
}
