import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { poolOfMember } from '../../platform/crew/connections.ts'
import { type ReadyAnswer, refuseAtDoor } from '../../platform/http/door.ts'
import { namesTag } from '../../platform/http/entity-tag.ts'
import { toPage } from '../../platform/http/pages.ts'
import { inTurn } from '../../platform/in-turn.ts'
import { anyone } from '../../platform/http/policy.ts'
import { httpProblem, problems, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { watchCatalog } from './catalog-watch.ts'
import { type KeptPage, keepPages } from './kept-pages.ts'
import { catalogProblem } from './problems.ts'
import { cursorOf, listProducts } from './list-queries.ts'
import { createProductLists } from './product-lists.ts'
import { findProduct, type ProductRow } from './queries.ts'
import { Product, ProductPage, ProductParams, ProductQuery } from './schemas.ts'

const CACHE_CONTROL = 'public, max-age=1'
const MEDIA_TYPE = 'application/json; charset=utf-8'
/**
 * The others wait their turn, and the rest of the shop has most connections to the database for itself. The wait leaves the slowest
 * search time enough before the request's own deadline.
 */
const SEARCHES = { queueMax: 1_000, waitMaxMs: 3_000 }
/** By all processes of a crew together, and by each at least one. */
const SEARCHES_AT_ONCE = 4
/** Pages and products that are not kept. Who waits behind all others waits half a second. */
const LOOKS = { queueMax: 1_000, waitMaxMs: 1_000 }
/** Of a process's connections to the database: more than it can keep busy, and the rest is for its customers and the searches. */
const LOOKS_SHARE = 0.5
const PRODUCTS = /^\/v1\/products(?:[/?]|$)/
const SEARCHED = /[?&]search=/

const AGE = 'What is changed is seen here within a second. Takes `If-None-Match`.'
const headers = {
	ETag: Type.String({ description: 'Of the bytes: the same on every instance' }),
	'Cache-Control': Type.String({ description: `\`${CACHE_CONTROL}\`` }),
}
const UNCHANGED = { 304: { description: 'The caller has it: `If-None-Match`', type: 'null' } }

/** What guests may do: look at the products. Answers are kept as the bytes that are sent. */
export function registerCatalogRoutes(app: App, { sql, log, config }: Service): void {
	const watch = watchCatalog({ sql, log })
	app.addHook('onClose', watch.close)
	const pages = keepPages({ watch })
	const lists = createProductLists(sql)
	const turns = createTurns(config.WORKERS)
	app.answerAtDoor((request) => {
		const { url = '', headers } = request
		const page = pages.get(url)
		const route = url.startsWith('/v1/products/') ? '/v1/products/:id' : '/v1/products'
		if (page !== undefined) return readyAnswer(route, page, headers['if-none-match'])
		return turns.areFull(url) && !pages.isUnderWay(url) ? refuseAtDoor(route, request) : undefined
	})
	app.get(
		'/products',
		{
			config: { policy: anyone },
			schema: {
				tags: ['catalogue'],
				summary: 'List products',
				description: `Products on sale: searched, sorted, filtered by price, a page at a time. ${AGE}`,
				querystring: ProductQuery,
				response: {
					200: Type.Object(ProductPage.properties, { headers }),
					...UNCHANGED,
					...problems(httpProblem, 'overloaded'),
				},
			},
		},
		async (request, reply) => {
			const { query } = request
			const url = request.raw.url ?? ''
			const read = async () => {
				const rows = await listProducts(lists, query)
				return serialize(reply, toPage(rows, query.limit, { item: productOf, cursor: (row) => cursorOf(query.sort, row) }))
			}
			const page = pages.get(url) ?? (await pages.read(url, () => (query.search === undefined ? turns.look : turns.search)(read)))
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
					...problemsOf({ ...httpProblem.table, ...catalogProblem.table }, ['product_not_found', 'overloaded']),
				},
			},
		},
		async (request, reply) => {
			const url = request.raw.url ?? ''
			const read = async () => {
				const row = await findProduct(sql, request.params.id)
				if (row === undefined) throw catalogProblem('product_not_found')
				return serialize(reply, productOf(row))
			}
			const page = pages.get(url) ?? (await pages.read(url, () => turns.look(read)))
			return sendPage(request, reply, page)
		},
	)
}

/** In whose turn answers are read that are not kept: a search costs ten times as much as what is only looked at. */
function createTurns(members: number) {
	const work = (read: () => Promise<string>) => read()
	const search = inTurn({ work, atOnce: Math.max(1, Math.floor(SEARCHES_AT_ONCE / members)), ...SEARCHES })
	const look = inTurn({ work, atOnce: Math.floor(LOOKS_SHARE * poolOfMember(members)), ...LOOKS })
	return {
		search,
		look,
		/** Whether the answer to an address would be refused, by a glance at it. */
		areFull: (url: string) => PRODUCTS.test(url) && (SEARCHED.test(url) ? search : look).isFull(),
	}
}

/** A kept page as it goes out at the door. */
function readyAnswer(route: string, { body, etag }: KeptPage, ifNoneMatch: string | undefined): ReadyAnswer {
	const head = ['etag', etag, 'cache-control', CACHE_CONTROL]
	if (namesTag(ifNoneMatch, etag)) return { route, status: 304, head, body: undefined }
	return { route, status: 200, head: [...head, 'content-type', MEDIA_TYPE, 'content-length', String(body.length)], body }
}

/** The same for what doesn't lie ready, or is asked for in another way than by GET. */
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

/** A product as it is shown. */
export function productOf({ id, name, description, price, tax, available, ...row }: ProductRow): Product {
	const { weight_g: weight, height_mm: height, width_mm: width, length_mm: length } = row
	const measured = weight !== null && height !== null && width !== null && length !== null
	return { id, name, description, price, tax, available, measurements: measured ? { weight, height, width, length } : null }
}
