import type { PersonalData } from '../customers/index.ts'
import type { Service } from '../service.ts'
import { closeCart, ensureCart, readCarts } from './queries.ts'
import { CartView } from './schemas.ts'
import { viewCart } from './view-cart.ts'

/** The cart of somebody who asks for everything about them, or is erased. */
export const cartPersonalData = ({ config }: Service): PersonalData => ({
	name: 'cart',
	schema: CartView,
	async read(tx, customerId) {
		const [ground] = await readCarts(tx, [{ customerId, productId: null }])
		return ground && viewCart(ground.cart, ground.products, config.CURRENCY)
	},
	prepare: ensureCart,
	erase: (tx, { id }) => closeCart(tx, id),
})
