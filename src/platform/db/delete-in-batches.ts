import type { Sql } from './database.ts'

/** Deletes `limit` rows at the most and returns how many. Rows that another one deletes just now are passed over. */
export type DeleteBatch = (sql: Sql, limit: number) => Promise<number>

/** Rows that one statement deletes: few enough to be quick beside the shop's own work. */
const BATCH_MAX = 1_000
/** Batches of each kind in one round; what is left waits for the next. */
const BATCHES_MAX = 100

/** One round of cleaning up, kind by kind. Several at once do no harm. Returns how many rows went. */
export async function deleteInBatches(sql: Sql, kinds: readonly DeleteBatch[]): Promise<number> {
	let deleted = 0
	for (const deleteBatch of kinds) {
		for (let batch = 0; batch < BATCHES_MAX; batch++) {
			const count = await deleteBatch(sql, BATCH_MAX)
			deleted += count
			if (count < BATCH_MAX) break
		}
	}
	return deleted
}
