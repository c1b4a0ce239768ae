import type { Sql } from '../../platform/db/database.ts'
import { deleteExpiredCodes, deleteExpiredSessions, deleteOldFailures, deleteOldSends } from './expiry-queries.ts'

/** Rows that one statement deletes: few enough to be quick beside the shop's own work. */
const BATCH_MAX = 1_000
/** Batches of each kind in one round; what is left waits for the next. */
const BATCHES_MAX = 100

/**
 * Drops what no rule looks at any more: expired sessions and codes, and the sends and wrong codes of more than a day ago.
 * For the worker, once in a while; several at once do no harm. Returns how many rows went.
 */
export async function deleteExpired(sql: Sql): Promise<number> {
	let deleted = 0
	for (const deleteBatch of [deleteExpiredSessions, deleteExpiredCodes, deleteOldSends, deleteOldFailures]) {
		for (let batch = 0; batch < BATCHES_MAX; batch++) {
			const count = await deleteBatch(sql, BATCH_MAX)
			deleted += count
			if (count < BATCH_MAX) break
		}
	}
	return deleted
}
