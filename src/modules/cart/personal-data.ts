import type { PersonalData } from '../customers/index.ts'
import type { Service } from '../service.ts'
import { closeCart, ensureCart, readCart } from './queries.ts'
import { CartView } from './schemas.ts'
import { viewCart } from './view-cart.ts'

/** The cart of somebody who asks for everything about them, or is erased. */
export const cartPersonalData = ({ config }: Service): PersonalData => ({
	name: 'cart',
	schema: CartView,
	async read(tx, customerId) {
		const { cart, products } = await readCart(tx, customerId)
		return viewCart(cart, products, config.CURRENCY)
	},
	prepare: ensureCart,
	erase: (tx, { id }) => closeCart(tx, id),
})
