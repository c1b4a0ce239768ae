/** The most pieces of one product. */
export const QUANTITY_MAX = 999

type CartLine = { readonly productId: number; readonly quantity: number }

/** A customer's cart: lines in the order in which products were first put in, a version that grows with each change. */
export type Cart = { readonly lines: readonly CartLine[]; readonly version: number }

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
