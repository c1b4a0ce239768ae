import type { Logger } from 'pino'
import { createLanes } from '../../platform/lanes.ts'

const QUEUE_MAX = 100

/**
 * Lets one request work at a time, in the order in which they come. For what hashes passwords: however many come, one core is
 * busy and the others are the shop's. The staff are few, and 20 sign-ins a second are plenty for them. Who waits too long, or
 * finds the queue full, is refused with `overloaded`.
 */
export function oneByOne<Request, Result>(
	log: Logger,
	name: string,
	work: (request: Request) => Promise<Result>,
): (request: Request) => Promise<Result> {
	const lane = createLanes<Request, Result>({
		name,
		log,
		lanes: 1,
		batchMax: 1,
		queueMax: QUEUE_MAX,
		ownerOf: () => name,
		run: (batch) => Promise.all(batch.map(work)),
	})
	return (request) => lane.submit(request)
}
