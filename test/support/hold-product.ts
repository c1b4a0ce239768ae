import type { Sql } from '../../src/platform/db/database.ts'

/** Holds the lock of a product until it is let go, so that an order that takes tracked pieces of it has to wait. */
export async function holdProduct(sql: Sql, id: number): Promise<{ release: () => Promise<void> }> {
	const { promise: released, resolve } = Promise.withResolvers<void>()
	const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
	const holding = sql.begin(async (tx) => {
		await tx`select from products where id = ${id} for update`
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
