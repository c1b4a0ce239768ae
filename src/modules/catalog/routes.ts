import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { namesTag } from '../../platform/http/entity-tag.ts'
import { toPage } from '../../platform/http/pages.ts'
import { anyone } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { watchCatalog } from './catalog-watch.ts'
import { type KeptPage, type KeptPages, keepPages } from './kept-pages.ts'
import { catalogProblem } from './problems.ts'
import { cursorOf, findProduct, listProducts, type ProductRow } from './queries.ts'
import { Product, ProductPage, ProductParams, ProductQuery } from './schemas.ts'

const CACHE_CONTROL = 'public, max-age=1'
const MEDIA_TYPE = 'application/json; charset=utf-8'

const AGE = 'What is changed is seen here within a second. Takes `If-None-Match`.'
const headers = {
	ETag: Type.String({ description: 'Of the bytes: the same on every instance' }),
	'Cache-Control': Type.String({ description: `\`${CACHE_CONTROL}\`` }),
}
const UNCHANGED = { 304: { description: 'The caller has it: `If-None-Match`', type: 'null' } }

/** What guests may do: look at the products. Answers are kept as the bytes that are sent. */
export function registerCatalogRoutes(app: App, { sql, kysely, log }: Service): void {
	const watch = watchCatalog({ sql, log })
	app.addHook('onClose', watch.close)
	const pages = keepPages({ watch })
	const onRequest = sendKept(pages)
	app.get(
		'/products',
		{
			config: { policy: anyone },
			schema: {
				tags: ['catalogue'],
				summary: 'List products',
				description: `Products on sale: searched, sorted, filtered by price, a page at a time. ${AGE}`,
				querystring: ProductQuery,
				response: { 200: Type.Object(ProductPage.properties, { headers }), ...UNCHANGED },
			},
			onRequest,
		},
		async (request, reply) => {
			const { query } = request
			const page = await pages.read(urlOf(request), async () => {
				const rows = await listProducts(kysely, query)
				return serialize(reply, toPage(rows, query.limit, { item: productOf, cursor: (row) => cursorOf(query.sort, row) }))
			})
			return sendPage(request, reply, page)
		},
	)
	app.get(
		'/products/:id',
		{
			config: { policy: anyone },
			schema: {
				tags: ['catalogue'],
				summary: 'Look at a product',
				description: AGE,
				params: ProductParams,
				response: {
					200: Type.Object(Product.properties, { title: 'Product', headers }),
					...UNCHANGED,
					...problems(catalogProblem, 'product_not_found'),
				},
			},
			onRequest,
		},
		async (request, reply) => {
			const page = await pages.read(urlOf(request), async () => {
				const row = await findProduct(sql, request.params.id)
				if (row === undefined) throw catalogProblem('product_not_found')
				return serialize(reply, productOf(row))
			})
			return sendPage(request, reply, page)
		},
	)
}

const urlOf = (request: FastifyRequest): string => request.raw.url ?? ''

/** Answers before anything of the request is looked at: what is kept under its address was asked for rightly. */
const sendKept = (pages: KeptPages) => (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
	const page = pages.get(urlOf(request))
	if (page === undefined) done()
	else void sendPage(request, reply, page)
}

function sendPage(request: FastifyRequest, reply: FastifyReply, { body, etag }: KeptPage): FastifyReply {
	void reply.headers({ etag, 'cache-control': CACHE_CONTROL })
	if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
	return reply.header('content-type', MEDIA_TYPE).send(body)
}

/** The text that Fastify would send: by the route's own schema. */
function serialize(reply: FastifyReply, value: Product | Static<typeof ProductPage>): string {
	const bySchema = reply.getSerializationFunction('200')
	if (bySchema === undefined) throw new Error('the route has no schema for its answer')
	return bySchema(value)
}

function productOf({ id, name, description, price, tax, available, ...row }: ProductRow): Product {
	const { weight_g: weight, height_mm: height, width_mm: width, length_mm: length } = row
	const measured = weight !== null && height !== null && width !== null && length !== null
	return { id, name, description, price, tax, available, measurements: measured ? { weight, height, width, length } : null }
}
