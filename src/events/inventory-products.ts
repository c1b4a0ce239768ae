import { type Static, Type } from 'typebox'

const whole = (description: string) => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description })

/** `inventory.products.v1`, in, by product id: a product, or null when it is withdrawn. Unknown fields are ignored. */
export const ProductMessage = Type.Object(
	{
		id: whole('The inventory service’s id of the product'),
		name: Type.String({ minLength: 1, maxLength: 500 }),
		description: Type.String({ maxLength: 20_000 }),
		cost: whole('Price, a whole number'),
		tax: whole('Tax within the price, a whole number'),
		version: whole('Grows with each change; a message whose version is not greater than the stored one changes nothing'),
		measurements: Type.Optional(
			Type.Object({
				weight: whole('grams'),
				height: whole('millimetres'),
				width: whole('millimetres'),
				length: whole('millimetres'),
			}),
		),
		available: Type.Optional(Type.Union([whole('Pieces left'), Type.Null()], { description: 'Absent or null: not tracked' })),
	},
	{ $id: 'ProductMessage' },
)
export type ProductMessage = Static<typeof ProductMessage>
