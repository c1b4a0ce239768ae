import { Problem } from '../../platform/http/problem.ts'
import type { Tx } from '../../platform/db/database.ts'
import { createLanes, type Lanes } from '../../platform/lanes.ts'
import { readProducts } from '../catalog/index.ts'
import type { Service } from '../service.ts'
import { type Cart, type CartChange, changeCart } from './cart.ts'
import { emptyCart, insertCarts, lockCarts, writeCarts } from './queries.ts'
import type { CartView } from './schemas.ts'
import { viewCart } from './view-cart.ts'

export type CartRequest = {
	readonly customerId: number
	readonly change: CartChange
	/** Answer without the cart: spares reading it. */
	readonly minimal: boolean
}

/** The cart after the change; null for a minimal answer. */
export type CartOutcome = { readonly cart: CartView | null }

/** Changes of carts, many customers' in one transaction. */
export function createCartLanes(service: Service): Lanes<CartRequest, CartOutcome> {
	return createLanes({
		name: 'cart',
		log: service.log,
		ownerOf: (request) => request.customerId,
		run: (batch) => service.sql.begin((tx) => changeCarts(tx, service, batch)),
	})
}

/** Carries out changes of different customers' carts and returns an outcome for each. */
async function changeCarts(
	tx: Tx,
	{ config }: Pick<Service, 'config'>,
	batch: readonly CartRequest[],
): Promise<(CartOutcome | Problem)[]> {
	const wanted = batch.flatMap(({ change }) => (change.kind === 'put' ? [change.productId] : []))
	const [carts, products] = await Promise.all([lockOrMakeCarts(tx, batch), readProducts(tx, wanted)])
	const changed = batch.map(({ customerId, change }) => {
		const cart = carts.get(customerId) ?? emptyCart(customerId)
		const product = change.kind === 'put' ? products.get(change.productId) : undefined
		return { before: cart, after: changeCart(cart, change, { product, positionsMax: config.ORDER_POSITIONS_MAX }) }
	})
	const writes = changed.flatMap(({ before, after }) => (after instanceof Problem || after === before ? [] : [after]))
	const shown = changed.flatMap(({ after }, index) => (after instanceof Problem || batch[index]?.minimal ? [] : [after]))
	const shownIds = shown.flatMap((cart) => cart.lines.map((line) => line.productId))
	const [, shownProducts] = await Promise.all([
		writeCarts(tx, writes),
		shownIds.length > 0 ? readProducts(tx, shownIds) : undefined,
	])
	return changed.map(({ after }, index) => {
		if (after instanceof Problem) return after
		if (batch[index]?.minimal) return { cart: null }
		return { cart: viewCart(after, shownProducts ?? new Map(), config.CURRENCY) }
	})
}

/** A first product makes the cart's row; after that a lock is all it takes. */
async function lockOrMakeCarts(tx: Tx, batch: readonly CartRequest[]): Promise<Map<number, Cart>> {
	const carts = await lockCarts(
		tx,
		batch.map((request) => request.customerId),
	)
	const missing = batch.filter(({ customerId, change }) => change.kind === 'put' && !carts.has(customerId))
	if (missing.length === 0) return carts
	const ids = missing.map((request) => request.customerId)
	const [, made] = await Promise.all([insertCarts(tx, ids), lockCarts(tx, ids)])
	return new Map([...carts, ...made])
}
