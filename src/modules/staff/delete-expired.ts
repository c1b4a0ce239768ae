import type { Sql } from '../../platform/db/database.ts'
import { deleteExpiredInvitations, deleteExpiredSessions, deleteOldFailures } from './expiry-queries.ts'

/** Rows that one statement deletes: few enough to be quick beside the shop's own work. */
const BATCH_MAX = 1_000
/** Batches of each kind in one round; what is left waits for the next. */
const BATCHES_MAX = 100

/**
 * Drops what no rule looks at any more: expired sessions and invitations, and the failed sign-ins of more than an hour ago. Keys
 * stay: what was done with them tells of them by id. For the worker, once in a while; several at once do no harm. Returns how
 * many rows went.
 */
export async function deleteExpiredStaff(sql: Sql): Promise<number> {
	let deleted = 0
	for (const deleteBatch of [deleteExpiredSessions, deleteExpiredInvitations, deleteOldFailures]) {
		for (let batch = 0; batch < BATCHES_MAX; batch++) {
			const count = await deleteBatch(sql, BATCH_MAX)
			deleted += count
			if (count < BATCH_MAX) break
		}
	}
	return deleted
}
