import assert from 'node:assert/strict'
import type { Sql } from '../../src/platform/db/database.ts'
import { eventually } from './eventually.ts'

/** Holds the lock of somebody's cart until it is let go, so that a change of it has to wait. */
export async function holdCart(sql: Sql, customerId: number): Promise<{ release: () => Promise<void> }> {
	const { promise: released, resolve } = Promise.withResolvers<void>()
	const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
	const holding = sql.begin(async (tx) => {
		await tx`select from carts where customer_id = ${customerId} for update`
		isLocked()
		await released
	})
	await locked
	return {
		async release() {
			resolve()
			await holding
		},
	}
}

/** Resolves when so many requests wait for a lock. */
export const waitsForLock = (sql: Sql, requests = 1): Promise<void> =>
	eventually(async () => {
		const waiting = await sql`
			select from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock' and application_name like 'prilavok %'`
		assert.ok(waiting.count >= requests)
	})
