import { inTurn } from '../../platform/in-turn.ts'

const QUEUE_MAX = 100

/**
 * Lets one request work at a time. For what hashes passwords: however many come, one core is busy and the others are the shop's. The
 * staff are few, and 20 sign-ins a second are plenty for them.
 */
export const oneByOne = <Request, Result>(work: (request: Request) => Promise<Result>): ((request: Request) => Promise<Result>) =>
	inTurn({ work, atOnce: 1, queueMax: QUEUE_MAX })
