import { sql as expression } from 'kysely'
import type { Sql } from '../../platform/db/database.ts'
import { estimate } from '../../platform/db/statements.ts'

/** What product lists are read with. */
export type ProductLists = {
	readonly sql: Sql
	/** How many products there are, on sale or not: roughly, and some seconds ago. */
	readonly roughNumber: () => Promise<number>
}

/** For so long the number of products does not change much. */
const KNOWN_FOR_MS = 10_000

export function createProductLists(sql: Sql): ProductLists {
	let known = { number: 0, until: 0 }
	const roughNumber = async () => {
		if (performance.now() > known.until) {
			const number = await estimate(sql, expression`select from products`)
			known = { number, until: performance.now() + KNOWN_FOR_MS }
		}
		return known.number
	}
	return { sql, roughNumber }
}
