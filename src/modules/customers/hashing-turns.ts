import { type Cancelled, createLanes } from '../../platform/lanes.ts'
import type { Service } from '../service.ts'

/**
 * Eight phones at once, so that hashing leaves the cores and the pool to others. Of one phone few wait: nobody may keep the places of
 * the others by asking for one again and again.
 */
const LANES = { lanes: 2, batchMax: 4, queueMax: 500, ownerMax: 30 } as const

export type HashingTurns<Request, Result> = {
	readonly name: string
	readonly phoneOf: (request: Request) => string
	readonly work: (request: Request) => Promise<Result>
}

/**
 * Few phones at a time, and for each phone one request after the other: a flood on one waits for itself. A batch is not one
 * transaction: each request has its own, and fails alone. Lanes serve for the order of a phone's requests and the bound of the queue.
 */
export function createHashingTurns<Request, Result>(
	{ log }: Service,
	{ name, phoneOf, work }: HashingTurns<Request, Result>,
): (request: Request, cancelled?: Cancelled) => Promise<Result> {
	const lanes = createLanes<Request, PromiseSettledResult<Result>>({
		...LANES,
		name,
		log,
		ownerOf: phoneOf,
		run: (batch) => Promise.allSettled(batch.map(work)),
	})
	return async (request, cancelled) => {
		const outcome = await lanes.submit(request, cancelled)
		if (outcome.status === 'rejected') throw outcome.reason
		return outcome.value
	}
}
