import type { IncomingMessage } from 'node:http'
import { Type } from 'typebox'
import { customer, customerByStatement } from '../../platform/http/policy.ts'
import { httpProblem, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { withEtag } from '../../platform/http/versions.ts'
import { catalogProblem } from '../catalog/index.ts'
import { customerOf, customerTokenOf } from '../customers/index.ts'
import type { Service } from '../service.ts'
import { isClosed } from './cart.ts'
import { createCartLanes } from './change-carts.ts'
import { cartProblem } from './problems.ts'
import { readCart } from './queries.ts'
import { CartItemBody, CartItemParams, CartView } from './schemas.ts'
import { viewCart } from './view-cart.ts'

const tags = ['cart']
const ITEMS = '/v1/cart/items/'
/** Changes that are being made or wait for it. */
const CHANGES_MAX = 1_000
const Prefer = Type.Object({
	prefer: Type.Optional(Type.String({ maxLength: 200, description: '`return=minimal`: answer 204 without the cart (RFC 7240)' })),
})
const isMinimal = (prefer: string | undefined): boolean => prefer !== undefined && /\breturn=minimal\b/.test(prefer)

/** The signed-in customer's one cart. */
export function registerCartRoutes(app: App, service: Service): void {
	const lanes = createCartLanes(service)
	const changes = ({ method, url = '' }: IncomingMessage) => (method === 'PUT' || method === 'DELETE') && url.startsWith(ITEMS)
	app.limitAtDoor({ route: `${ITEMS}:product_id`, takes: changes, max: CHANGES_MAX })
	registerReading(app, service)
	registerPutting(app, lanes)
	registerRemoving(app, lanes)
}

type CartLanes = ReturnType<typeof createCartLanes>

function registerReading(app: App, { sql, config }: Service): void {
	app.get(
		'/cart',
		{
			config: { policy: customer },
			schema: { tags, summary: 'Look at the cart', response: { 200: CartView } },
		},
		async (request, reply) => {
			const { cart, products } = await readCart(sql, customerOf(request).id)
			if (isClosed(cart)) throw httpProblem('unauthenticated')
			return withEtag(reply, viewCart(cart, products, config.CURRENCY))
		},
	)
}

function registerPutting(app: App, lanes: CartLanes): void {
	app.put(
		'/cart/items/:product_id',
		{
			config: { policy: customerByStatement },
			schema: {
				tags,
				summary: 'Put a product into the cart',
				description: 'Sets the quantity. A product beyond the limit of positions is refused.',
				headers: Prefer,
				params: CartItemParams,
				body: CartItemBody,
				response: {
					200: CartView,
					204: Type.Null(),
					...problemsOf({ ...catalogProblem.table, ...cartProblem.table }, ['product_not_found', 'too_many_positions']),
				},
			},
		},
		async (request, reply) => {
			const { product_id: productId } = request.params
			const change = { kind: 'put', productId, quantity: request.body.quantity } as const
			const minimal = isMinimal(request.headers.prefer)
			const { cart } = await lanes.submit({ token: customerTokenOf(request), change, minimal }, request.cancelled)
			return cart === null ? reply.code(204).send(null) : withEtag(reply, cart)
		},
	)
}

function registerRemoving(app: App, lanes: CartLanes): void {
	app.delete(
		'/cart/items/:product_id',
		{
			config: { policy: customerByStatement },
			schema: {
				tags,
				summary: 'Take a product out of the cart',
				headers: Prefer,
				params: CartItemParams,
				response: { 200: CartView, 204: Type.Null() },
			},
		},
		async (request, reply) => {
			const change = { kind: 'remove', productId: request.params.product_id } as const
			const minimal = isMinimal(request.headers.prefer)
			const { cart } = await lanes.submit({ token: customerTokenOf(request), change, minimal }, request.cancelled)
			return cart === null ? reply.code(204).send(null) : withEtag(reply, cart)
		},
	)
	app.delete(
		'/cart',
		{
			config: { policy: customerByStatement },
			schema: { tags, summary: 'Empty the cart', response: { 204: Type.Null() } },
		},
		async (request, reply) => {
			await lanes.submit({ token: customerTokenOf(request), change: { kind: 'clear' }, minimal: true }, request.cancelled)
			return reply.code(204).send(null)
		},
	)
}
