import { type Static, Type } from 'typebox'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'

const closed = { additionalProperties: false } as const

export const ProductId = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'The inventory service’s id' })
export const Money = Type.Integer({ minimum: 0, description: 'A whole number, in the unit the inventory service sends' })

const ProductFields = {
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
}

/** A product as guests see it. The message's `cost` is the price. */
export const Product = Type.Object(ProductFields, { title: 'Product' })
export type Product = Static<typeof Product>

const SORTS = ['name', '-name', 'price', '-price', 'newest'] as const
export type ProductSort = (typeof SORTS)[number]

const SEARCH_MAX_CHARACTERS = 200
const price = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description }))

const SearchFields = {
	search: Type.Optional(
		Type.String({
			maxLength: SEARCH_MAX_CHARACTERS,
			description: 'Words of the name or description, in Russian or English; parts of words and small typos are found too',
		}),
	),
	sort: Type.Enum([...SORTS], { default: 'newest', description: '`-` before a field turns its order round' }),
	price_min: price('Lowest price'),
	price_max: price('Highest price'),
}

export const ProductQuery = Type.Object({ ...SearchFields, ...pageQuery }, closed)
export type ProductQuery = Static<typeof ProductQuery>

export const ProductPage = pageOf(Product)
export const ProductParams = Type.Object({ id: ProductId }, closed)

/** A product as the staff sees it: the last message of the inventory service, as far as it is kept, and what became of it. */
export const AdminProduct = Type.Object(
	{
		...ProductFields,
		version: Type.Integer({ description: 'Of the last message that was applied: the inventory service’s own' }),
		changed_at: Type.String({ format: 'date-time', description: 'When the message with this version was published' }),
		withdrawn_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
			description: 'When the inventory service took it off sale; null: it is on sale',
		}),
	},
	{ title: 'AdminProduct' },
)
export type AdminProduct = Static<typeof AdminProduct>

export const AdminProductQuery = Type.Object(
	{
		state: Type.Enum(['on_sale', 'withdrawn', 'all'], { default: 'all', description: '`withdrawn`: no longer on sale' }),
		...SearchFields,
		...pageQuery,
	},
	closed,
)
export type AdminProductQuery = Static<typeof AdminProductQuery>

export const AdminProductPage = pageOf(AdminProduct)
