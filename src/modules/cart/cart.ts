import { catalogProblem, type ShopProduct } from '../catalog/index.ts'
import { httpProblem, type Problem } from '../../platform/http/problem.ts'
import { cartProblem } from './problems.ts'

/** The most pieces of one product. */
export const QUANTITY_MAX = 999

type CartLine = { readonly productId: number; readonly quantity: number }

/** A customer's cart: lines in the order in which products were first put in, a version that grows with each change. */
export type Cart = { readonly customerId: number; readonly lines: readonly CartLine[]; readonly version: number }

/**
 * The version of a cart that nobody may use any more, because its customer was erased. No version follows on it, so whoever has
 * read the cart before can't write it, nor place an order by it.
 */
export const CLOSED_VERSION = -1

export const isClosed = ({ version }: Pick<Cart, 'version'>): boolean => version === CLOSED_VERSION

/** What a customer wants of the cart. `put` sets the quantity. */
export type CartChange =
	| { readonly kind: 'put'; readonly productId: number; readonly quantity: number }
	| { readonly kind: 'remove'; readonly productId: number }
	| { readonly kind: 'clear' }

/**
 * The cart after a change, or why it can't be made; the same cart where the change changes nothing. The limit of positions is
 * that of an order, so nobody fills a cart that can't be ordered.
 */
export function changeCart(
	cart: Cart,
	change: CartChange,
	rules: { product: ShopProduct | undefined; positionsMax: number },
): Cart | Problem {
	if (isClosed(cart)) return httpProblem('unauthenticated')
	switch (change.kind) {
		case 'clear':
			return cart.lines.length === 0 ? cart : next(cart, [])
		case 'remove': {
			const lines = cart.lines.filter((line) => line.productId !== change.productId)
			return lines.length === cart.lines.length ? cart : next(cart, lines)
		}
		case 'put': {
			const { productId, quantity } = change
			if (rules.product?.on_sale !== true) return catalogProblem('product_not_found')
			const held = cart.lines.find((line) => line.productId === productId)
			if (held?.quantity === quantity) return cart
			if (held)
				return next(
					cart,
					cart.lines.map((line) => (line === held ? { productId, quantity } : line)),
				)
			if (cart.lines.length >= rules.positionsMax) {
				return cartProblem('too_many_positions', { positions: cart.lines.length, positions_max: rules.positionsMax })
			}
			return next(cart, [...cart.lines, { productId, quantity }])
		}
	}
}

const next = (cart: Cart, lines: readonly CartLine[]): Cart => ({ ...cart, lines, version: cart.version + 1 })
