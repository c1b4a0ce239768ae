import { httpProblem, type Problem } from '../../platform/http/problem.ts'
import { AGAIN, createLanes, type Lanes } from '../../platform/lanes.ts'
import { catalogProblem } from '../catalog/index.ts'
import type { Service } from '../service.ts'
import { type CartWish, type ChangedCart, changeCarts } from './change-queries.ts'
import { cartProblem } from './problems.ts'
import type { CartView } from './schemas.ts'
import { viewCart } from './view-cart.ts'

/** The cart after the change; null for a minimal answer. */
export type CartOutcome = { readonly cart: CartView | null }

/** Changes of carts, many customers' at once. */
export function createCartLanes({ sql, config, log }: Service): Lanes<CartWish, CartOutcome> {
	const { ORDER_POSITIONS_MAX: positionsMax, CURRENCY: currency } = config
	return createLanes({
		name: 'cart',
		log,
		ownerOf: (wish) => wish.token,
		run: async (batch) =>
			(await changeCarts(sql, batch, positionsMax)).map((changed) => outcomeOf(changed, { positionsMax, currency })),
	})
}

type Rules = { readonly positionsMax: number; readonly currency: string }

function outcomeOf(changed: ChangedCart, { positionsMax, currency }: Rules): CartOutcome | Problem | typeof AGAIN {
	switch (changed.outcome) {
		case 'unauthenticated':
			return httpProblem('unauthenticated')
		case 'product_not_found':
			return catalogProblem('product_not_found')
		case 'too_many_positions':
			return cartProblem('too_many_positions', { positions: changed.positions, positions_max: positionsMax })
		case 'again':
			return AGAIN
		case 'changed':
		case 'unchanged':
			return { cart: changed.ground && viewCart(changed.ground.cart, changed.ground.products, currency) }
	}
}
