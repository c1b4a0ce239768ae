import type { FastifyRequest } from 'fastify'
import { bearerOf, cookieOf, hashToken } from '../../platform/http/credentials.ts'
import type { Guards } from '../../platform/http/policy.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import { createTokenLookups } from '../../platform/http/token-lookups.ts'
import type { Service } from '../service.ts'
import type { SignedInCustomer } from './customer.ts'
import { findSignedIn } from './queries.ts'

declare module 'fastify' {
	interface FastifyRequest {
		/** Set by the guard of routes for customers. */
		customer?: SignedInCustomer
		/** Set by the guard where the route's statement looks for the session: the hash of its token, in hexadecimal. */
		customerToken?: string
	}
}

export const SESSION_COOKIE = '__Host-session'

/**
 * Lets a request pass that carries a customer's session, as `Authorization: Bearer` or as the cookie, and notes whose it is;
 * else throws `unauthenticated`. Read from the database each time, so that a session that was ended is ended at once; many at
 * once are read by one statement. Where the route's statement finds the customer, it lets everything pass that carries a token.
 */
export function createCustomerGuard(service: Service): Guards['customer'] {
	const { sql, log } = service
	const find = createTokenLookups({ name: 'sessions', log, find: (tokenHashes) => findSignedIn(sql, tokenHashes) })
	return async (request, foundBy) => {
		const token = bearerOf(request) ?? cookieOf(request, { name: SESSION_COOKIE, publicUrl: service.publicUrl })
		if (foundBy === 'guard') request.customer = await find(token, request.cancelled)
		else if (token === undefined) throw httpProblem('unauthenticated')
		else request.customerToken = hashToken(token).toString('hex')
	}
}

/** The customer whose request this is, on a route for customers. */
export function customerOf(request: FastifyRequest): SignedInCustomer {
	if (request.customer === undefined) throw httpProblem('unauthenticated')
	return request.customer
}

/** The hash of the session's token, in hexadecimal, on a route whose statement finds the customer (`joinSessions`). */
export function customerTokenOf(request: FastifyRequest): string {
	if (request.customerToken === undefined) throw httpProblem('unauthenticated')
	return request.customerToken
}
