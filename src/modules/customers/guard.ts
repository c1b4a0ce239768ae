import type { FastifyRequest } from 'fastify'
import { bearerOf, cookieOf, hashToken } from '../../platform/http/credentials.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import { createLanes } from '../../platform/lanes.ts'
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

type Lookup = { readonly tokenHash: Buffer; readonly sequence: number }

/**
 * Lets a request pass that carries a customer's session, as `Authorization: Bearer` or as the cookie, and notes whose it is;
 * else throws `unauthenticated`. Read from the database each time, so that a session that was ended is ended at once; many at
 * once are read by one statement.
 */
export function createCustomerGuard(service: Service): (request: FastifyRequest) => Promise<void> {
	const { sql, log } = service
	let sequence = 0
	const lookups = createLanes<Lookup, SignedInCustomer>({
		name: 'sessions',
		log,
		// Reads need no order, not even those of one session: each is its own owner.
		ownerOf: (lookup) => lookup.sequence,
		async run(batch) {
			const customers = await findSignedIn(
				sql,
				batch.map((lookup) => lookup.tokenHash),
			)
			return batch.map(({ tokenHash }) => customers.get(tokenHash.toString('hex')) ?? httpProblem('unauthenticated'))
		},
	})
	return async (request) => {
		const token = bearerOf(request) ?? cookieOf(request, { name: SESSION_COOKIE, publicUrl: service.publicUrl })
		if (token === undefined) throw httpProblem('unauthenticated')
		request.customer = await lookups.submit({ tokenHash: hashToken(token), sequence: sequence++ }, request.cancelled)
	}
}

/** The customer whose request this is, on a route for customers. */
export function customerOf(request: FastifyRequest): SignedInCustomer {
	if (request.customer === undefined) throw httpProblem('unauthenticated')
	return request.customer
}
