import { toPage } from '../../platform/http/pages.ts'
import { anyone } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { catalogProblem } from './problems.ts'
import { cursorOf, findProduct, listProducts, type ProductRow } from './queries.ts'
import { Product, ProductPage, ProductParams, ProductQuery } from './schemas.ts'

/** What guests may do: look at the products. */
export function registerCatalogRoutes(app: App, { sql, kysely }: Service): void {
	app.get(
		'/products',
		{
			config: { policy: anyone },
			schema: {
				tags: ['catalogue'],
				summary: 'List products',
				description: 'Products on sale: searched, sorted, filtered by price, a page at a time.',
				querystring: ProductQuery,
				response: { 200: ProductPage },
			},
		},
		async (request) => {
			const { query } = request
			const rows = await listProducts(kysely, query)
			return toPage(rows, query.limit, { item: productOf, cursor: (row) => cursorOf(query.sort, row) })
		},
	)
	app.get(
		'/products/:id',
		{
			config: { policy: anyone },
			schema: {
				tags: ['catalogue'],
				summary: 'Look at a product',
				params: ProductParams,
				response: { 200: Product, ...problems(catalogProblem, 'product_not_found') },
			},
		},
		async (request) => {
			const row = await findProduct(sql, request.params.id)
			if (row === undefined) throw catalogProblem('product_not_found')
			return productOf(row)
		},
	)
}

function productOf({ id, name, description, price, tax, available, ...row }: ProductRow): Product {
	const { weight_g: weight, height_mm: height, width_mm: width, length_mm: length } = row
	const measured = weight !== null && height !== null && width !== null && length !== null
	return { id, name, description, price, tax, available, measurements: measured ? { weight, height, width, length } : null }
}
