import type { Fragment, Sql } from './database.ts'
import { type DeleteBatch, deleteInBatches } from './delete-in-batches.ts'

/**
 * Which transactions had ended at a moment. What is committed later has a number that is not visible in it, however long ago the
 * transaction began, on the same server: one that follows a lost primary gives away again the numbers of transactions that it has not
 * got, and so does a server that was killed.
 *
 * A backup brings numbers of another cluster, which may lie ahead of this one's for good. They are told by this: what a statement can see
 * of its own cluster has a number below `pg_snapshot_xmax(pg_current_snapshot())` in the same statement, at whatever moment.
 */
export type Snapshot = {
	/** When the server was started: no other one at the same microsecond. A standby is the same server when it is the primary. */
	readonly server: string
	/** As PostgreSQL writes it (`pg_snapshot`). */
	readonly ended: string
}

/** The columns of a snapshot. */
export const snapshotNow = (sql: Sql): Fragment =>
	sql`pg_postmaster_start_time()::text as server, pg_current_snapshot()::text as ended`

/** Whether the numbers in them can be compared. */
export const areOfOneServer = (one: Snapshot | undefined, other: Snapshot): boolean => one?.server === other.server

/** Which transactions have ended by now. */
async function takeSnapshot(sql: Sql): Promise<Snapshot> {
	const [snapshot] = await sql<[Snapshot]>`select ${snapshotNow(sql)}`
	return snapshot
}

/** How long word of a change is kept at the least: far longer than whoever looks for changes may pause. */
const KEEP_MS = 60_000

/**
 * How far a look for changes may go back: half the time for which word of them is kept, for a process may be stopped between looking
 * at the clock and asking.
 */
export const LOOK_BACK_MAX_MS = KEEP_MS / 2

/**
 * Makes the round that drops word of old changes: what had been committed before the round of a minute ago. Not by a time in the
 * row: a transaction that takes long would commit one that is old already, and nobody would see it. A process's first round
 * on a server deletes nothing. Several at once do no harm.
 */
export function createChangesCleanUp(
	sql: Sql,
	deleteBefore: (snapshot: Snapshot) => DeleteBatch,
	clock: () => number = () => performance.now(),
): () => Promise<number> {
	let before: { readonly snapshot: Snapshot; readonly at: number } | undefined
	return async () => {
		const at = clock()
		if (before !== undefined && at - before.at < KEEP_MS) return 0
		const snapshot = await takeSnapshot(sql)
		const known = before !== undefined && areOfOneServer(before.snapshot, snapshot) ? [deleteBefore(before.snapshot)] : []
		const deleted = await deleteInBatches(sql, known)
		before = { snapshot, at }
		return deleted
	}
}
