import type { Sql } from '../../platform/db/database.ts'
import { deleteInBatches } from '../../platform/db/delete-in-batches.ts'
import { deleteExpiredCodes, deleteExpiredSessions, deleteOldFailures, deleteOldSends } from './expiry-queries.ts'

/**
 * Drops what no rule looks at any more: expired sessions and codes, and the sends and wrong codes of more than a day ago.
 * For the worker, once in a while; several at once do no harm. Returns how many rows went.
 */
export const deleteExpired = (sql: Sql): Promise<number> =>
	deleteInBatches(sql, [deleteExpiredSessions, deleteExpiredCodes, deleteOldSends, deleteOldFailures])
