import swagger from '@fastify/swagger'
import type { FastifySchema } from 'fastify'
import { errorsPage } from './errors-page.ts'
import { answersOf } from './common-problems.ts'
import { anyone, type Policy } from './policy.ts'
import type { ProblemTable } from './problem.ts'
import { registerReferencePage } from './reference-page.ts'
import type { App } from './server.ts'

const INFO = {
	title: 'Prilavok',
	version: '1.0.0',
	description: 'The order service of an online shop: catalogue, cart, orders, delivery tracking, reports.',
	license: { name: 'MIT', identifier: 'MIT' },
}

const SECURITY_SCHEMES = {
	customer: { type: 'http', scheme: 'bearer', description: 'A customer’s session token, or the cookie `__Host-session`' },
	service: { type: 'http', scheme: 'bearer', description: 'Another service’s key, with the scope that the route names' },
	staff: { type: 'http', scheme: 'bearer', description: 'A staff session token, or the cookie `__Host-staff`' },
} as const

/**
 * The API reference: `/openapi.json` made from the routes' schemas, `/docs` to read it, `/docs/errors` with every problem code.
 * Call it before the routes are registered.
 */
export async function registerReference(app: App, problems: ProblemTable): Promise<void> {
	await app.register(swagger, {
		openapi: { openapi: '3.1.0', info: INFO, servers: [{ url: '/' }], components: { securitySchemes: SECURITY_SCHEMES } },
		refResolver: {
			buildLocalReference: (json, _base, _fragment, index) => (typeof json['$id'] === 'string' ? json['$id'] : `def-${index}`),
		},
		transform: ({ schema: declared, url, route }) => {
			const schema: FastifySchema = declared ?? {}
			const { config: { policy = anyone } = {}, method } = route
			return { schema: { ...schema, ...securityOf(schema, policy), response: answersOf({ schema, policy, method }) }, url }
		},
		transformObject: (made) => {
			if (!('openapiObject' in made)) return made.swaggerObject
			for (const item of Object.values(made.openapiObject.paths ?? {})) relaxBodies(item ?? {})
			return made.openapiObject
		},
	})
	const hidden = { config: { policy: anyone }, schema: { hide: true } }
	app.get('/openapi.json', hidden, async () => app.swagger())
	app.get('/docs/errors', hidden, async (_request, reply) => reply.type('text/html; charset=utf-8').send(errorsPage(problems)))
	registerReferencePage(app)
}

/** The credentials that a route's policy asks for. */
function securityOf({ description = '' }: FastifySchema, policy: Policy) {
	if (policy.for === 'anyone') return {}
	const note =
		policy.for === 'service'
			? `Needs the scope \`${policy.scope}\`.`
			: policy.for === 'staff'
				? `Needs the role \`${policy.role}\`.`
				: ''
	return { description: `${description} ${note}`.trim(), security: [{ [policy.for]: [] }] }
}

/** The library says of each body that it is required; one that may be null may be left out. */
function relaxBodies(item: object): void {
	for (const operation of Object.values<unknown>({ ...item })) {
		const body = valueAt(operation, 'requestBody')
		const type = valueAt(body, 'content', 'application/json', 'schema', 'type')
		if (typeof body === 'object' && body !== null && Array.isArray(type) && type.includes('null'))
			Object.assign(body, { required: false })
	}
}

const valueAt = (value: unknown, ...keys: string[]): unknown =>
	keys.reduce((inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined), value)
