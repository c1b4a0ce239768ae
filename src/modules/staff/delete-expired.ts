import type { Sql } from '../../platform/db/database.ts'
import { deleteInBatches } from '../../platform/db/delete-in-batches.ts'
import { deleteAuditOlderThan } from './audit-queries.ts'
import { deleteExpiredInvitations, deleteExpiredSessions, deleteOldFailures } from './expiry-queries.ts'

/**
 * Drops what no rule looks at any more: expired sessions and invitations, the failed sign-ins of more than an hour ago, and the
 * audit log of more than so many days ago. Keys stay: what was done with them tells of them by id. For the worker, once in a
 * while; several at once do no harm. Returns how many rows went.
 */
export const deleteExpiredStaff = (sql: Sql, auditKeepDays: number): Promise<number> =>
	deleteInBatches(sql, [deleteExpiredSessions, deleteExpiredInvitations, deleteOldFailures, deleteAuditOlderThan(auditKeepDays)])
