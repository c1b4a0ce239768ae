import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type {} from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
	type FastifyBaseLogger,
	type FastifyError,
	type FastifyInstance,
	type RawServerDefault,
	fastify,
	LogController,
} from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import { isTransient } from '../db/errors.ts'
import { isStorageUnavailable } from '../files/errors.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { answerUnreadable } from './client-errors.ts'
import { limitRequests } from './deadline.ts'
import { openDoor } from './door.ts'
import { prepareToLeave } from './leave.ts'
import { localeOf } from './locale.ts'
import { createObserver } from './observe.ts'
import { anyone, enforcePolicies, findRefusal, type Guards } from './policy.ts'
import { httpProblem, Problem, problemBody, ProblemSchema } from './problem.ts'
import { useValidation, validationProblem } from './validation.ts'

export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>

/** Far above an order of 20 lines with an address, far below what would hurt. */
const BODY_MAX_BYTES = 64 * 1024
/** From the first byte to the last of a request's head and body: whoever sends slower is cut. */
const REQUEST_TIMEOUT_MS = 10_000
/** How often that is looked at; Node's own 30 s would let a slow sender stay four times as long. */
const TIMEOUT_CHECK_MS = 1_000
const KEEP_ALIVE_TIMEOUT_MS = 72_000
const PARAM_MAX_CHARACTERS = 200

export type ServerOptions = {
	readonly log: Logger
	readonly metrics: Metrics
	readonly guards: Guards
	/** How many proxies in front may be believed about the client's address; 0: none. */
	readonly trustedProxies: number
	readonly requestTimeoutMs?: number
	readonly keepAliveTimeoutMs?: number
}

/** A Fastify server with the habits of this API: problems as answers, strict validation, a policy on each route, one log line. */
export function createServer(options: ServerOptions): App {
	const { log, metrics, guards, trustedProxies } = options
	const { requestTimeoutMs = REQUEST_TIMEOUT_MS, keepAliveTimeoutMs = KEEP_ALIVE_TIMEOUT_MS } = options
	// pino is what Fastify's own type describes, a part of it.
	const logger: FastifyBaseLogger = log
	const app: App = fastify({
		loggerInstance: logger,
		logController: new LogController({ disableRequestLogging: true }),
		// One log for all: a request's own would be made for each, and nobody writes to it but the line at its end.
		childLoggerFactory: (parent) => parent,
		bodyLimit: BODY_MAX_BYTES,
		requestTimeout: requestTimeoutMs,
		// The two timeouts alike: Node takes the longer one for bodies, and the one for heads is 60 s if nobody says so.
		http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: Math.min(TIMEOUT_CHECK_MS, requestTimeoutMs) },
		keepAliveTimeout: keepAliveTimeoutMs,
		routerOptions: { maxParamLength: PARAM_MAX_CHARACTERS, ignoreTrailingSlash: false },
		trustProxy: (_address, hop) => hop < trustedProxies,
		genReqId: () => randomUUID(),
		// What comes on a connection that is still busy while the server closes is answered as always, and the connection then ends.
		return503OnClosing: false,
		forceCloseConnections: 'idle',
		clientErrorHandler: answerUnreadable(Math.max(0, keepAliveTimeoutMs - requestTimeoutMs)),
		frameworkErrors: (error, request, reply) => {
			const problem = error.code === 'FST_ERR_ASYNC_CONSTRAINT' ? httpProblem('internal_error') : httpProblem('malformed_request')
			sendProblem(problem, request, reply)
		},
	}).withTypeProvider<TypeBoxTypeProvider>()
	readJson(app)
	app.addSchema(ProblemSchema)
	useValidation(app)
	limitRequests(app, sendProblem)
	prepareToLeave(app)
	endConnectionsOnClose(app)
	enforcePolicies(app, guards)
	answerWithProblems(app, guards)
	const observe = createObserver(log, metrics)
	app.addHook('onResponse', ({ id, method, routeOptions }, { statusCode: status, elapsedTime: ms }, done) => {
		observe({ id, method, route: routeOptions.url ?? 'unknown', status, ms })
		done()
	})
	openDoor(app, observe)
	return app
}

/**
 * Takes JSON and nothing else. Bytes that are no UTF-8 are refused, not replaced; no bytes at all are no body, whatever type
 * they are said to be of, as many clients send it with each DELETE.
 */
function readJson(app: App): void {
	const parse = app.getDefaultJsonParser('error', 'error')
	app.removeAllContentTypeParsers()
	app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
		if (body.length === 0) return done(null, undefined)
		if (!isUtf8(body)) return done(httpProblem('malformed_json'), undefined)
		return parse(request, body.toString(), done)
	})
}

/**
 * Closing waits for connections that are not idle. One whose request still runs must not be kept alive for a next one; one that
 * never asked anything, as browsers open them in advance, Node does not count as idle: it is ended.
 */
function endConnectionsOnClose(app: App): void {
	const connections = new Set<Socket>()
	let closing = false
	app.server.on('connection', (socket: Socket) => {
		connections.add(socket)
		socket.once('close', () => connections.delete(socket))
	})
	app.addHook('preClose', (done) => {
		closing = true
		for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
		done()
	})
	app.addHook('onSend', (_request, reply, _payload, done) => {
		if (closing) void reply.header('connection', 'close')
		done()
	})
}

/** Statuses of requests that are wrong in themselves, whoever sends them. */
const FAULTY: ReadonlySet<number> = new Set([400, 413, 415])

function answerWithProblems(app: App, guards: Guards): void {
	app.setErrorHandler(async (error: FastifyError, request, reply) => {
		// The caller went away in the middle of its request: nothing has failed, and nobody reads the answer.
		const found = request.raw.destroyed && !request.raw.complete ? httpProblem('malformed_request') : problemOf(error)
		const refusal = FAULTY.has(found.spec.status) ? await findRefusal(guards, request) : undefined
		const problem = refusal === undefined ? found : problemOf(refusal)
		if (problem.spec.status >= 500 && problem.code !== 'overloaded') {
			app.log.error({ err: error, req_id: request.id, route: request.routeOptions.url }, 'request failed')
		}
		sendProblem(problem, request, reply)
	})
	// By a hook already, before a body is read: what is wrong with it does not matter. Hooks run where there is a handler.
	app.setNotFoundHandler((request, reply) => sendProblem(httpProblem('route_not_found'), request, reply))
	app.addHook('onRequest', (request, _reply, done) => done(request.is404 ? httpProblem('route_not_found') : undefined))
}

type Sendable = Parameters<Parameters<App['setErrorHandler']>[0]>

/** Answers with a problem. */
export function sendProblem(problem: Problem, request: Sendable[1], reply: Sendable[2]): void {
	const { spec, headers } = problem
	if (spec.retryAfterS !== undefined) void reply.header('retry-after', spec.retryAfterS)
	void reply
		.code(spec.status)
		.headers(headers)
		.type('application/problem+json')
		.send(problemBody(problem, localeOf(request)))
}

/** Every error as the problem that its cause deserves; what nobody foresaw is a 500 that says nothing of the inside. */
function problemOf(error: Error & Partial<FastifyError>): Problem {
	if (error instanceof Problem) return error
	if (error.validation) return validationProblem(error.validation, error.validationContext)
	if (isTransient(error) || isStorageUnavailable(error)) return httpProblem('unavailable')
	switch (error.code ?? '') {
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

/** Answers 405 with `Allow` where an address exists but not for that method. Call it when all routes are there. */
export function refuseOtherMethods(app: App, routes: ReadonlyMap<string, ReadonlySet<string>>): void {
	for (const [url, taken] of routes) {
		const method = app.supportedMethods.filter((one) => !taken.has(one))
		if (method.length === 0) continue
		const allow = [...taken].sort().join(', ')
		const refuse = async () => {
			throw httpProblem('method_not_allowed', {}, { allow })
		}
		app.route({ method, url, config: { policy: anyone }, schema: { hide: true }, onRequest: refuse, handler: refuse })
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
