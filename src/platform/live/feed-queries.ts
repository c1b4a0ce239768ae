import type { Sql, Tx } from '../db/database.ts'
import type { DeleteBatch } from '../db/delete-in-batches.ts'
import { areOfOneServer, type Snapshot, snapshotNow } from '../db/snapshots.ts'

/** Word of something that was committed: what kind of thing, and which ones. */
export type Change = { readonly kind: string; readonly data: readonly unknown[] }

/** What a look finds; `changes` is undefined where it can't be told: none came before on this server, or more was committed than it takes. */
export type Look<Known extends Change> = { readonly snapshot: Snapshot; readonly changes: readonly Known[] | undefined }

/** Transactions' worth of changes in one look. */
const LOOK_MAX = 5_000

/** Reads what was committed since `before`, which may be half a minute old, and what to ask from next. */
export async function lookForChanges<Known extends Change>(sql: Sql, before: Snapshot | undefined): Promise<Look<Known>> {
	// Not what a backup has brought from another cluster.
	const [row] = await sql<[Snapshot & { changes: Known[] | null }]>`
		select ${snapshotNow(sql)}, (
			select json_agg(change) from (
				select kind, data from live_changes
				where xid >= pg_snapshot_xmin(${before?.ended ?? null}::text::pg_snapshot)
					and not pg_visible_in_snapshot(xid, ${before?.ended ?? null}::text::pg_snapshot)
					and xid < pg_snapshot_xmax(pg_current_snapshot())
				limit ${LOOK_MAX + 1}
			) as change
		) as changes`
	const { changes, ...snapshot } = row
	const found = changes ?? []
	return { snapshot, changes: areOfOneServer(before, snapshot) && found.length <= LOOK_MAX ? found : undefined }
}

/** Notes something for those who look, as part of the transaction that makes it true. Orders and sessions are noted by triggers. */
export async function noteChange(tx: Tx, { kind, data }: Change): Promise<void> {
	await tx`insert into live_changes (kind, data) values (${kind}, ${tx.typed.json(data)})`
}

/**
 * Deletes word of changes that were committed before `snapshot` was taken, and so were all that began before them; and what a backup
 * has brought, or it would be told when this cluster is as far.
 */
export const deleteLiveChangesBefore =
	(snapshot: Snapshot): DeleteBatch =>
	async (sql, limit) => {
		const { count } = await sql`
			delete from live_changes where ctid in (
				select ctid from live_changes
				where xid < pg_snapshot_xmin(${snapshot.ended}::text::pg_snapshot) or xid >= pg_snapshot_xmax(pg_current_snapshot())
				order by xid limit ${limit} for update skip locked)`
		return count
	}
