import type { FastifyRequest } from 'fastify'
import { bearerOf } from '../../platform/http/credentials.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import type { Service } from '../service.ts'
import { type Caller, isKey } from './api-key.ts'
import { findCallers } from './key-queries.ts'
import { createTokenLookups } from '../../platform/http/token-lookups.ts'

declare module 'fastify' {
	interface FastifyRequest {
		/** Set by the guard of routes for other services. */
		caller?: Caller
	}
}

/**
 * Lets a request pass that carries a good API key with that scope as `Authorization: Bearer`, and notes whose it is; else
 * throws `unauthenticated` or `forbidden` (with `required_scope`).
 */
export function createServiceGuard({ sql, log }: Service): (request: FastifyRequest, scope: string) => Promise<void> {
	const find = createTokenLookups({ name: 'API keys', log, find: (hashes) => findCallers(sql, hashes) })
	return async (request, scope) => {
		const key = bearerOf(request)
		const caller = await find(key !== undefined && isKey(key) ? key : undefined, request.cancelled)
		if (!caller.scopes.includes(scope)) throw httpProblem('forbidden', { required_scope: scope })
		request.caller = caller
	}
}

/** The service whose request this is, on a route for services. */
export function callerOf(request: FastifyRequest): Caller {
	if (request.caller === undefined) throw httpProblem('unauthenticated')
	return request.caller
}
