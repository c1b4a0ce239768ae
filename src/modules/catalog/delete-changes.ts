import type { Sql } from '../../platform/db/database.ts'
import { deleteInBatches } from '../../platform/db/delete-in-batches.ts'
import { deleteChangesBefore, type Snapshot, takeSnapshot } from './change-queries.ts'

/** How long word of a change is kept at the least: far longer than whoever looks for changes may pause. */
const KEEP_MS = 60_000

/**
 * Makes the round that drops word of old changes: what had been committed before the round of a minute ago. Not by a time in the
 * row: a transaction that takes long would commit one that is old already, and nobody would see it. A process's first round
 * deletes nothing. Several at once do no harm.
 */
export function createChangesCleanUp(sql: Sql, clock: () => number = () => performance.now()): () => Promise<number> {
	let before: { readonly snapshot: Snapshot; readonly at: number } | undefined
	return async () => {
		const at = clock()
		if (before !== undefined && at - before.at < KEEP_MS) return 0
		const snapshot = await takeSnapshot(sql)
		const deleted = before === undefined ? 0 : await deleteInBatches(sql, [deleteChangesBefore(before.snapshot)])
		before = { snapshot, at }
		return deleted
	}
}
