import { Problem } from '../../platform/http/problem.ts'
import { AGAIN, createLanes, type Lanes } from '../../platform/lanes.ts'
import type { Service } from '../service.ts'
import { type CartChange, changeCart } from './cart.ts'
import { readCarts, writeCarts } from './queries.ts'
import type { CartView } from './schemas.ts'
import { viewCart } from './view-cart.ts'

export type CartRequest = {
	readonly customerId: number
	readonly change: CartChange
	/** Answer without the cart. */
	readonly minimal: boolean
}

/** The cart after the change; null for a minimal answer. */
export type CartOutcome = { readonly cart: CartView | null }

/** Changes of carts, many customers' at once. */
export function createCartLanes(service: Service): Lanes<CartRequest, CartOutcome> {
	return createLanes({
		name: 'cart',
		log: service.log,
		ownerOf: (request) => request.customerId,
		run: (batch) => changeCarts(service, batch),
	})
}

/**
 * Carries out changes of different customers' carts and returns an outcome for each. Read, decide, write: a cart that
 * another instance has changed between is not written, and its change is decided again.
 */
async function changeCarts(
	{ sql, config }: Pick<Service, 'sql' | 'config'>,
	batch: readonly CartRequest[],
): Promise<(CartOutcome | Problem | typeof AGAIN)[]> {
	const grounds = await readCarts(
		sql,
		batch.map(({ customerId, change }) => ({ customerId, productId: change.kind === 'put' ? change.productId : null })),
	)
	const decided = batch.map(({ change, minimal }, index) => {
		const { cart, products } = grounds[index] ?? missing(index)
		const product = change.kind === 'put' ? products.get(change.productId) : undefined
		const next = changeCart(cart, change, { product, positionsMax: config.ORDER_POSITIONS_MAX })
		const view = next instanceof Problem || minimal ? null : viewCart(next, products, config.CURRENCY)
		return { next, unchanged: next === cart, view }
	})
	const changed = decided.flatMap(({ next, unchanged }) => (next instanceof Problem || unchanged ? [] : [next]))
	const written = await writeCarts(sql, changed)
	return decided.map(({ next, unchanged, view }) => {
		if (next instanceof Problem) return next
		return unchanged || written.has(next.customerId) ? { cart: view } : AGAIN
	})
}

function missing(index: number): never {
	throw new Error(`no cart was read for request ${index}`)
}
