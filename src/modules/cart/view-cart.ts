import type { ShopProduct } from '../catalog/index.ts'
import type { Cart } from './cart.ts'
import type { CartView } from './schemas.ts'

/** A cart as the customer sees it, at the prices of `products`. */
export function viewCart(cart: Cart, products: ReadonlyMap<number, ShopProduct>, currency: string): CartView {
	const items = cart.lines.flatMap(({ productId, quantity }) => {
		const product = products.get(productId)
		if (product === undefined) return []
		const { name, price, on_sale, available } = product
		const enough = available === null || available >= quantity
		return [{ product_id: productId, name, price, quantity, sum: price * quantity, available: on_sale && enough }]
	})
	const total = items.reduce((sum, item) => sum + item.sum, 0)
	return { items, positions: items.length, total, currency, version: cart.version }
}
