import { httpProblem } from './http/problem.ts'

export type TurnOptions<Request, Result> = {
	readonly work: (request: Request) => Promise<Result>
	/** So many are worked on at a time. */
	readonly atOnce: number
	/** Who finds so many that wait is refused with `overloaded`. */
	readonly queueMax: number
	/** So is who has waited so long, without being tried. */
	readonly waitMaxMs?: number
}

type InTurn<Request, Result> = {
	(request: Request): Promise<Result>
	/** Whether who comes now is refused. */
	readonly isFull: () => boolean
}

type Waiting<Request, Result> = {
	readonly request: Request
	readonly deadline: number
	readonly resolve: (result: Promise<Result>) => void
	readonly reject: (error: unknown) => void
}

const WAIT_MAX_MS = 2_000

/**
 * Lets requests work a few at a time, in the order in which they come: for work that costs much, so that however many ask for it, the
 * rest of the shop goes on beside it. Taken in turn they are done sooner than all at once, when each waits for all others. Who need
 * not wait costs a counter.
 */
export function inTurn<Request, Result>(options: TurnOptions<Request, Result>): InTurn<Request, Result> {
	const { work, atOnce, queueMax, waitMaxMs = WAIT_MAX_MS } = options
	const queue: Waiting<Request, Result>[] = []
	let running = 0
	let watched = false

	const begin = async (request: Request): Promise<Result> => {
		running++
		try {
			return await work(request)
		} finally {
			running--
			const next = queue.shift()
			next?.resolve(begin(next.request))
		}
	}
	/** Those who wait are told in time, however long the work of the others takes. */
	const watch = () => {
		const oldest = queue[0]
		watched = oldest !== undefined
		if (oldest === undefined) return
		const expire = () => {
			const now = performance.now()
			while (queue[0] !== undefined && queue[0].deadline <= now) queue.shift()?.reject(httpProblem('overloaded'))
			watch()
		}
		setTimeout(expire, Math.max(0, oldest.deadline - performance.now()))
	}
	const isFull = () => queue.length >= queueMax
	const submit = (request: Request): Promise<Result> => {
		if (running < atOnce) return begin(request)
		if (isFull()) return Promise.reject(httpProblem('overloaded'))
		return new Promise((resolve, reject) => {
			queue.push({ request, deadline: performance.now() + waitMaxMs, resolve, reject })
			if (!watched) watch()
		})
	}
	return Object.assign(submit, { isFull })
}
