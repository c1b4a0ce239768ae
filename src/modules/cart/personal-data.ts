import { Type } from 'typebox'
import type { PersonalData } from '../customers/index.ts'
import type { Service } from '../service.ts'
import { closeCart, ensureCart, readCart, readCartChange } from './queries.ts'
import { CartView } from './schemas.ts'
import { viewCart } from './view-cart.ts'

const KeptCart = Type.Object({
	...CartView.properties,
	updated_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
		description: 'When it was changed last; null where it never was',
	}),
})

/** The cart of somebody who asks for everything about them, or is erased. */
export const cartPersonalData = ({ config }: Service): PersonalData => ({
	name: 'cart',
	schema: KeptCart,
	async read(tx, customerId) {
		const [{ cart, products }, changedAt] = await Promise.all([readCart(tx, customerId), readCartChange(tx, customerId)])
		return { ...viewCart(cart, products, config.CURRENCY), updated_at: changedAt?.toISOString() ?? null }
	},
	prepare: ensureCart,
	erase: (tx, { id }) => closeCart(tx, id),
})
