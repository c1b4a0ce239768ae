import { randomUUID } from 'node:crypto'
import type {} from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type RawServerDefault, fastify, LogController } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { isDatabaseUnavailable } from '../db/errors.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { limitRequests } from './deadline.ts'
import { localeOf } from './locale.ts'
import { enforcePolicies, anyone, type Guards } from './policy.ts'
import { httpProblem, Problem, ProblemSchema } from './problem.ts'
import { useValidation, validationProblem } from './validation.ts'

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>

/** Far above an order of 20 lines with an address, far below what would hurt. */
const BODY_MAX_BYTES = 64 * 1024
/** From the first byte to the last of a request's head and body: whoever sends slower is cut. */
const REQUEST_TIMEOUT_MS = 10_000
const KEEP_ALIVE_TIMEOUT_MS = 72_000
const PARAM_MAX_CHARACTERS = 200

export type ServerOptions = {
	readonly log: Logger
	readonly metrics: Metrics
	readonly guards: Guards
	/** How many proxies in front may be believed about the client's address; 0: none. */
	readonly trustedProxies: number
}

/** A Fastify server with the habits of this API: problems as answers, strict validation, a policy on each route, one log line. */
export function createServer({ log, metrics, guards, trustedProxies }: ServerOptions): App {
	// pino is what Fastify's own type describes, a part of it.
	const logger: FastifyBaseLogger = log
	const app: App = fastify({
		loggerInstance: logger,
		logController: new LogController({ disableRequestLogging: true }),
		bodyLimit: BODY_MAX_BYTES,
		requestTimeout: REQUEST_TIMEOUT_MS,
		keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
		routerOptions: { maxParamLength: PARAM_MAX_CHARACTERS, ignoreTrailingSlash: false },
		trustProxy: (_address, hop) => hop < trustedProxies,
		genReqId: () => randomUUID(),
		return503OnClosing: true,
		forceCloseConnections: 'idle',
		frameworkErrors: (error, request, reply) => {
			const problem = error.code === 'FST_ERR_ASYNC_CONSTRAINT' ? httpProblem('internal_error') : httpProblem('malformed_request')
			sendProblem(problem, request, reply)
		},
	}).withTypeProvider<TypeBoxTypeProvider>()
	app.removeContentTypeParser('text/plain')
	app.addSchema(ProblemSchema)
	useValidation(app)
	limitRequests(app, sendProblem)
	enforcePolicies(app, guards)
	answerWithProblems(app)
	app.addHook('onResponse', async (request, reply) => {
		// The route's pattern, not the address: what stands in an address may be somebody's phone.
		const route = request.routeOptions.url ?? 'unknown'
		const ms = Math.round(reply.elapsedTime * 10) / 10
		metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
		log.info({ req_id: request.id, method: request.method, route, status: reply.statusCode, ms }, 'request')
	})
	return app
}

function answerWithProblems(app: App): void {
	app.setErrorHandler((error: FastifyError, request, reply) => {
		const problem = problemOf(error)
		if (problem.spec.status >= 500 && problem.code !== 'overloaded') {
			app.log.error({ err: error, req_id: request.id, route: request.routeOptions.url }, 'request failed')
		}
		sendProblem(problem, request, reply)
	})
	app.setNotFoundHandler((request, reply) => sendProblem(httpProblem('route_not_found'), request, reply))
}

type Sendable = Parameters<Parameters<App['setErrorHandler']>[0]>

function sendProblem(problem: Problem, request: Sendable[1], reply: Sendable[2]): void {
	const { code, spec, details, headers } = problem
	const title = spec[localeOf(request)]
	if (spec.retryAfterS !== undefined) void reply.header('retry-after', spec.retryAfterS)
	void reply
		.code(spec.status)
		.headers(headers)
		.type('application/problem+json')
		.send(JSON.stringify({ type: `/docs/errors#${code}`, title, status: spec.status, code, ...details }))
}

/** Every error as the problem that its cause deserves; what nobody foresaw is a 500 that says nothing of the inside. */
function problemOf(error: FastifyError): Problem {
	if (error instanceof Problem) return error
	if (error.validation) return validationProblem(error.validation, error.validationContext)
	if (isDatabaseUnavailable(error)) return httpProblem('unavailable')
	switch (error.code) {
		case 'FST_ERR_CTP_INVALID_JSON_BODY':
		case 'FST_ERR_CTP_EMPTY_JSON_BODY':
			return httpProblem('malformed_json')
		case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
			return httpProblem('unsupported_media_type')
		case 'FST_ERR_CTP_BODY_TOO_LARGE':
			return httpProblem('body_too_large')
		default:
			if (error.name === 'SyntaxError' && error.statusCode === 400) return httpProblem('malformed_json')
			return error.statusCode !== undefined && error.statusCode < 500
				? httpProblem('malformed_request')
				: httpProblem('internal_error')
	}
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Answers 405 with `Allow` where an address exists but not for that method. Call it when all routes are there. */
export function refuseOtherMethods(app: App, routes: ReadonlyMap<string, ReadonlySet<string>>): void {
	for (const [url, taken] of routes) {
		const others = METHODS.filter((method) => !taken.has(method))
		if (others.length === 0) continue
		const allow = [...taken].sort().join(', ')
		app.route({
			method: others,
			url,
			config: { policy: anyone },
			schema: { hide: true },
			handler: () => {
				throw httpProblem('method_not_allowed', {}, { allow })
			},
		})
	}
}

/** Notes the routes as they are registered, for `refuseOtherMethods`. */
export function collectRoutes(app: App): Map<string, Set<string>> {
	const routes = new Map<string, Set<string>>()
	app.addHook('onRoute', ({ url, method }) => {
		const methods = routes.get(url) ?? new Set()
		for (const one of [method].flat()) methods.add(one)
		routes.set(url, methods)
	})
	return routes
}
