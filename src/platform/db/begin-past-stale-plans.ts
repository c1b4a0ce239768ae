import type { Sql, Tx } from './database.ts'
import { isStalePlan } from './errors.ts'

/** As many as the pool has connections: each may have such a plan, and prepares anew after it was refused. */
const STALE_PLANS_MAX = 20

/** Runs a transaction, again at once where a migration has made a connection's plan stale. */
export async function beginPastStalePlans(sql: Sql, work: (tx: Tx) => Promise<void>): Promise<void> {
	for (let left = STALE_PLANS_MAX; ; left--) {
		try {
			await sql.begin(work)
			return
		} catch (error) {
			if (left === 0 || !isStalePlan(error)) throw error
		}
	}
}
