import type { OrderStatus } from '../../events/orders.ts'
import { isConflict, isTransient } from '../../platform/db/errors.ts'
import { httpProblem, Problem } from '../../platform/http/problem.ts'
import type { Service } from '../service.ts'
import { changeStatus, type LockWait } from './change-status.ts'
import type { StatusCommand, StatusOutcome } from './change-statuses.ts'
import type { Order } from './order.ts'

/** What a member of the staff wants of an order; the customer sees the reason too. */
export type StaffWish = { readonly staffId: number; readonly status: OrderStatus; readonly reason: string | null }

type ChangeOptions = LockWait & {
	/** Only from this version: what they have seen. */
	readonly version?: number
}

/** Changes an order's status for a member of the staff, in a transaction of its own. */
export function changeByStaff(
	service: Service,
	orderId: string,
	{ staffId, ...wish }: StaffWish,
	{ version, ...lockWait }: ChangeOptions,
): Promise<StatusOutcome> {
	const actor = { type: 'staff', id: staffId } as const
	const command: StatusCommand = { orderId, actor, source: 'admin', ...wish, ...(version !== undefined && { version }) }
	return changeStatus(service, command, lockWait)
}

/** What became of one of many orders. `failed`: it could not be tried to the end, for this reason. */
export type BulkOutcome =
	| { readonly outcome: 'changed' | 'unchanged' | 'refused'; readonly order: Order }
	| { readonly outcome: 'not_found' }
	| { readonly outcome: 'failed'; readonly problem: Problem }

/** Few of the pool's connections: the shop goes on meanwhile. */
const CHANGES_AT_ONCE = 4
/** Time to begin with one more order in: with its lock and what it takes, the answer is still in time. */
const BEGIN_WITHIN_MS = 3_000
/** An order that somebody holds for longer keeps the others from their turn. */
const LOCK_WAIT_MS = 1_000
/** Who loses against another transaction has changed nothing, and may try again. */
const TRIES_MAX = 3

/**
 * Changes the status of many orders, each in a transaction of its own, a few at a time: what is refused or fails keeps no other
 * one back. Returns an outcome for each of `ids`, which are all different and in lower case, in their order. Begins with no more of
 * them when nobody waits any longer. Throws when not a single one could be tried.
 */
export async function changeManyByStaff(
	service: Service,
	ids: readonly string[],
	wish: StaffWish,
	cancelled: { readonly aborted: boolean },
): Promise<Map<string, BulkOutcome>> {
	const until = performance.now() + BEGIN_WITHIN_MS
	const outcomes = new Map<string, BulkOutcome>(ids.map((id) => [id, failed(httpProblem('overloaded'))]))
	const waiting = ids.values()
	const work = async () => {
		for (const id of waiting) {
			if (cancelled.aborted || performance.now() > until) return
			outcomes.set(id, await change(service, id, wish))
		}
	}
	await Promise.all(Array.from({ length: CHANGES_AT_ONCE }, work))
	const problems = [...outcomes.values()].flatMap((outcome) => (outcome.outcome === 'failed' ? [outcome.problem] : []))
	const [first] = problems
	if (first !== undefined && problems.length === outcomes.size) throw first
	return outcomes
}

const failed = (problem: Problem): BulkOutcome => ({ outcome: 'failed', problem })

async function change(service: Service, id: string, wish: StaffWish): Promise<BulkOutcome> {
	for (let tries = 1; ; tries++) {
		try {
			const done = await changeByStaff(service, id, wish, { lockWaitMs: LOCK_WAIT_MS })
			if (done.outcome === 'not_found') return done
			const { outcome, order } = done
			if (outcome === 'stale') throw new Error('no order is stale for who did not say which version they have seen')
			return { outcome, order }
		} catch (error) {
			if (isConflict(error) && tries < TRIES_MAX) continue
			service.log.warn({ err: error, order_id: id }, 'one of many orders could not be changed')
			if (error instanceof Problem) return failed(error)
			return failed(httpProblem(isTransient(error) ? 'unavailable' : 'internal_error'))
		}
	}
}
