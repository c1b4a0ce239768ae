import { type Static, Type } from 'typebox'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'

export const ProductId = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'The inventory service’s id' })
export const Money = Type.Integer({ minimum: 0, description: 'A whole number, in the unit the inventory service sends' })

/** A product as guests see it. The message's `cost` is the price. */
export const Product = Type.Object(
	{
		id: ProductId,
		name: Type.String(),
		description: Type.String(),
		price: Money,
		tax: Money,
		available: Type.Union([Type.Integer(), Type.Null()], { description: 'Pieces left; null: not tracked' }),
		measurements: Type.Union(
			[
				Type.Object({
					weight: Type.Integer({ description: 'grams' }),
					height: Type.Integer({ description: 'millimetres' }),
					width: Type.Integer({ description: 'millimetres' }),
					length: Type.Integer({ description: 'millimetres' }),
				}),
				Type.Null(),
			],
			{ description: 'Null where the inventory service sent none' },
		),
	},
	{ title: 'Product' },
)
export type Product = Static<typeof Product>

const SORTS = ['name', '-name', 'price', '-price', 'newest'] as const
export type ProductSort = (typeof SORTS)[number]

const SEARCH_MAX_CHARACTERS = 200
const price = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description }))

export const ProductQuery = Type.Object(
	{
		search: Type.Optional(
			Type.String({
				maxLength: SEARCH_MAX_CHARACTERS,
				description: 'Words of the name or description, in Russian or English; parts of words and small typos are found too',
			}),
		),
		sort: Type.Enum([...SORTS], { default: 'newest', description: '`-` before a field turns its order round' }),
		price_min: price('Lowest price'),
		price_max: price('Highest price'),
		...pageQuery,
	},
	{ additionalProperties: false },
)
export type ProductQuery = Static<typeof ProductQuery>

export const ProductPage = pageOf(Product)
export const ProductParams = Type.Object({ id: ProductId }, { additionalProperties: false })
