import fastq from 'fastq'
import { httpProblem } from './http/problem.ts'

export type TurnOptions<Request, Result> = {
	readonly work: (request: Request) => Promise<Result>
	/** So many are worked on at a time. */
	readonly atOnce: number
	/** Who finds so many that wait is refused with `overloaded`. */
	readonly queueMax: number
	/** So is who has waited longer, without being tried. */
	readonly waitMaxMs?: number
}

const WAIT_MAX_MS = 2_000

/**
 * Lets requests work a few at a time, in the order in which they come: for work that costs much, so that however many ask for it, the
 * rest of the shop goes on beside it. Taken in turn they are done sooner than all at once, when each waits for all others.
 */
export function inTurn<Request, Result>(options: TurnOptions<Request, Result>): (request: Request) => Promise<Result> {
	const { work, atOnce, queueMax, waitMaxMs = WAIT_MAX_MS } = options
	type Waiting = { readonly request: Request; readonly deadline: number }
	const queue = fastq.promise<unknown, Waiting, Result>(async ({ request, deadline }) => {
		if (performance.now() > deadline) throw httpProblem('overloaded')
		return work(request)
	}, atOnce)
	return async (request) => {
		if (queue.length() >= queueMax) throw httpProblem('overloaded')
		return queue.push({ request, deadline: performance.now() + waitMaxMs })
	}
}
