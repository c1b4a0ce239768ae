import type { Service } from '../service.ts'
import { changeStatuses, type StatusCommand, type StatusOutcome } from './change-statuses.ts'
import { limitLockWait } from './status-queries.ts'

/** How long to wait for whoever holds the order; else as long as a statement may take. */
export type LockWait = { readonly lockWaitMs?: number }

/** Carries out one command in a transaction of its own, and has its events told at once. Throws what the database says. */
export async function changeStatus(
	service: Service,
	command: StatusCommand,
	{ lockWaitMs }: LockWait = {},
): Promise<StatusOutcome> {
	const [outcome = { outcome: 'not_found' } as const] = await service.sql.begin(async (tx) => {
		// Sent together, and carried out one after the other.
		const limited = lockWaitMs === undefined ? undefined : limitLockWait(tx, lockWaitMs)
		const [outcomes] = await Promise.all([changeStatuses(tx, service, [command]), limited])
		return outcomes
	})
	if (outcome.outcome === 'changed') service.signals.announce('outbox')
	return outcome
}
