import type { Sql } from '../../platform/db/database.ts'
import type { DeleteBatch } from '../../platform/db/delete-in-batches.ts'
import { areOfOneServer, type Snapshot, snapshotNow } from '../../platform/db/snapshots.ts'

export type Look = { readonly snapshot: Snapshot; readonly changed: boolean }

/**
 * Looks whether a change of the catalogue was committed since `before`, which may be half a minute old, or may have been, where that
 * can't be told; and what to ask from next.
 */
export async function lookForChanges(sql: Sql, before: Snapshot | undefined): Promise<Look> {
	// The newest first, by the index: of the few rows that are not older than the last look the answer is most often the first.
	// Not what a backup has brought from another cluster. It stays until this one is as far: a transaction that has the same number by then
	// and meets it (`on conflict do nothing`) relies on it.
	const [row] = await sql<[Snapshot & { changed: boolean }]>`
		select ${snapshotNow(sql)}, (
			select true from catalog_changes
			where xid >= pg_snapshot_xmin(${before?.ended ?? null}::text::pg_snapshot)
				and not pg_visible_in_snapshot(xid, ${before?.ended ?? null}::text::pg_snapshot)
				and xid < pg_snapshot_xmax(pg_current_snapshot())
			order by xid desc limit 1
		) is not null as changed`
	const { changed, ...snapshot } = row
	return { snapshot, changed: changed || !areOfOneServer(before, snapshot) }
}

/** Deletes word of changes that were committed before `snapshot` was taken, and so were all that began before them. */
export const deleteChangesBefore =
	(snapshot: Snapshot): DeleteBatch =>
	async (sql, limit) => {
		const { count } = await sql`
			delete from catalog_changes where xid in (
				select xid from catalog_changes where xid < pg_snapshot_xmin(${snapshot.ended}::text::pg_snapshot)
				order by xid limit ${limit} for update skip locked)`
		return count
	}
