import { sql as expression } from 'kysely'
import { estimate, type Lists } from '../../platform/db/plan-anew.ts'

/** What product lists are read with. */
export type ProductLists = Lists & {
	/** Whether there are so few products that all are looked through sooner than the best way to some of them is found. */
	readonly areFew: () => Promise<boolean>
}

/** Looking a text through takes half a microsecond, finding the way as long as a thousand of them. */
const FEW = 2_000
/** For so long the number of products does not change much. */
const KNOWN_FOR_MS = 10_000

export function createProductLists({ sql, kysely }: Lists): ProductLists {
	let known = { few: false, until: 0 }
	const areFew = async () => {
		if (performance.now() > known.until) {
			const [all = 0] = await estimate({ sql, kysely }, [expression`select from products`])
			known = { few: all <= FEW, until: performance.now() + KNOWN_FOR_MS }
		}
		return known.few
	}
	return { sql, kysely, areFew }
}
