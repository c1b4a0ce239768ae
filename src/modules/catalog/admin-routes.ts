import { toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { catalogProblem } from './problems.ts'
import { cursorOf, listStaffProducts } from './list-queries.ts'
import { createProductLists } from './product-lists.ts'
import { findStaffProduct, type StaffProductRow } from './queries.ts'
import { productOf } from './routes.ts'
import { AdminProduct, AdminProductPage, AdminProductQuery, ProductParams } from './schemas.ts'

const tags = ['admin: products']

/** What the staff may see of products: they are the inventory's, so nobody changes them here. */
export function registerCatalogAdminRoutes(app: App, { sql }: Service): void {
	const lists = createProductLists(sql)
	app.get(
		'/admin/products',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'List products for the staff',
				description: 'Those that were withdrawn too, with the version and the time of the last message.',
				querystring: AdminProductQuery,
				response: { 200: AdminProductPage },
			},
		},
		async ({ query }) => {
			const rows = await listStaffProducts(lists, query)
			return toPage(rows, query.limit, { item: adminProductOf, cursor: (row) => cursorOf(query.sort, row) })
		},
	)
	app.get(
		'/admin/products/:id',
		{
			config: { policy: staff('viewer') },
			schema: {
				tags,
				summary: 'Look at a product for the staff',
				params: ProductParams,
				response: { 200: AdminProduct, ...problems(catalogProblem, 'product_not_found') },
			},
		},
		async ({ params }) => {
			const row = await findStaffProduct(sql, params.id)
			if (row === undefined) throw catalogProblem('product_not_found')
			return adminProductOf(row)
		},
	)
}

const adminProductOf = ({ version, changed_at, withdrawn_at, ...row }: StaffProductRow): AdminProduct => ({
	...productOf(row),
	version,
	changed_at: changed_at.toISOString(),
	withdrawn_at: withdrawn_at?.toISOString() ?? null,
})
