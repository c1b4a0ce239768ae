import { type Static, Type } from 'typebox'
import { Money, ProductId } from '../catalog/index.ts'
import { QUANTITY_MAX } from './cart.ts'

const CartItem = Type.Object({
	product_id: ProductId,
	name: Type.String(),
	price: Money,
	quantity: Type.Integer(),
	sum: Money,
	available: Type.Boolean({ description: 'Could be ordered now in this quantity' }),
})

/** A cart at today's prices; the order keeps those of its placing. */
export const CartView = Type.Object(
	{
		items: Type.Array(CartItem),
		positions: Type.Integer({ description: 'Different products' }),
		total: Money,
		currency: Type.String({ description: 'ISO 4217' }),
		version: Type.Integer({ description: 'Grows with each change; the ETag' }),
	},
	{ title: 'Cart' },
)
export type CartView = Static<typeof CartView>

export const CartItemParams = Type.Object({ product_id: ProductId }, { additionalProperties: false })

export const CartItemBody = Type.Object(
	{ quantity: Type.Integer({ minimum: 1, maximum: QUANTITY_MAX, description: 'Sets the quantity, whatever it was' }) },
	{ additionalProperties: false },
)
