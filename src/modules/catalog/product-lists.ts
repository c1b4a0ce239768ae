import { sql as expression } from 'kysely'
import { estimate, type Lists } from '../../platform/db/plan-anew.ts'

/** What product lists are read with. */
export type ProductLists = Lists & {
	/** How many products there are, on sale or not: roughly, and some seconds ago. */
	readonly roughNumber: () => Promise<number>
}

/** For so long the number of products does not change much. */
const KNOWN_FOR_MS = 10_000

export function createProductLists({ sql, kysely }: Lists): ProductLists {
	let known = { number: 0, until: 0 }
	const roughNumber = async () => {
		if (performance.now() > known.until) {
			const [number = 0] = await estimate({ sql, kysely }, [expression`select from products`])
			known = { number, until: performance.now() + KNOWN_FOR_MS }
		}
		return known.number
	}
	return { sql, kysely, roughNumber }
}
