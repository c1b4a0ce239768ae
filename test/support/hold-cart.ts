import assert from 'node:assert/strict'
import type { Sql, Tx } from '../../src/platform/db/database.ts'
import { eventually } from './eventually.ts'

export type Held = { readonly release: () => Promise<void> }

/** Holds the lock of somebody's cart until it is let go, so that a change of it has to wait. */
export const holdCart = (sql: Sql, customerId: number): Promise<Held> =>
	hold(sql, (tx) => tx`select from carts where customer_id = ${customerId} for update`)

/** The same for an order. */
export const holdOrder = (sql: Sql, id: string): Promise<Held> =>
	hold(sql, (tx) => tx`select from orders where id = ${id} for update`)

/** The same for a product: an order that takes tracked pieces of it has to wait. */
export const holdProduct = (sql: Sql, id: number): Promise<Held> =>
	hold(sql, (tx) => tx`select from products where id = ${id} for update`)

/** Holds whatever locks a statement takes until they are let go; what it has written is committed then. */
export async function hold(sql: Sql, take: (tx: Tx) => Promise<unknown>): Promise<Held> {
	const { promise: released, resolve } = Promise.withResolvers<void>()
	const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
	const holding = sql.begin(async (tx) => {
		await take(tx)
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
