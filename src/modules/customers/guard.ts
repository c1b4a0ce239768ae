import type { FastifyRequest } from 'fastify'
import { bearerOf, cookieOf } from '../../platform/http/credentials.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import { createTokenLookups } from '../../platform/http/token-lookups.ts'
import type { Service } from '../service.ts'
import type { SignedInCustomer } from './customer.ts'
import { findSignedIn } from './queries.ts'

declare module 'fastify' {
	interface FastifyRequest {
		/** Set by the guard of routes for customers. */
		customer?: SignedInCustomer
	}
}

export const SESSION_COOKIE = '__Host-session'

/**
 * Lets a request pass that carries a customer's session, as `Authorization: Bearer` or as the cookie, and notes whose it is;
 * else throws `unauthenticated`. Read from the database each time, so that a session that was ended is ended at once; many at
 * once are read by one statement.
 */
export function createCustomerGuard(service: Service): (request: FastifyRequest) => Promise<void> {
	const { sql, log } = service
	const find = createTokenLookups({ name: 'sessions', log, find: (tokenHashes) => findSignedIn(sql, tokenHashes) })
	return async (request) => {
		const token = bearerOf(request) ?? cookieOf(request, { name: SESSION_COOKIE, publicUrl: service.publicUrl })
		request.customer = await find(token, request.cancelled)
	}
}

/** The customer whose request this is, on a route for customers. */
export function customerOf(request: FastifyRequest): SignedInCustomer {
	if (request.customer === undefined) throw httpProblem('unauthenticated')
	return request.customer
}
