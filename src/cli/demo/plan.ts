import { DEMO_PRODUCT_IDS } from './products.ts'
import { type Fate, fateOf } from './ways.ts'

/** An order that somebody is going to place: quantities by product. */
export type PlannedOrder = { readonly items: ReadonlyMap<number, number>; readonly fate: Fate }

/** велосипед_10: so that the report has the lines of the specification's example. */
const BICYCLE_ID = 10
const QUANTITY_MAX = 3
const PRODUCTS_MAX = 3
/** Without a divisor in common with their number, so that every product has its turn. */
const NEXT_ORDER = 7
const NEXT_PRODUCT = 11

/** Plans orders of a few products each, the same every time; every second one has a велосипед_10. */
export function planOrders(count: number): PlannedOrder[] {
	return Array.from({ length: count }, (_, index) => {
		const places = Array.from({ length: 1 + (index % PRODUCTS_MAX) }, (_, place) => place)
		const items = new Map(
			places.map((place) => [productAt(index * NEXT_ORDER + place * NEXT_PRODUCT), 1 + ((index + place) % QUANTITY_MAX)]),
		)
		if (index % 2 === 0) items.set(BICYCLE_ID, 1)
		return { items, fate: fateOf(index) }
	})
}

const productAt = (place: number): number => DEMO_PRODUCT_IDS[place % DEMO_PRODUCT_IDS.length] ?? BICYCLE_ID

/** How many pieces of each product the orders take. */
export function piecesIn(orders: readonly PlannedOrder[]): Map<number, number> {
	const pieces = new Map<number, number>()
	for (const { items } of orders) {
		for (const [id, quantity] of items) pieces.set(id, (pieces.get(id) ?? 0) + quantity)
	}
	return pieces
}
