import type { FastifyInstance, FastifyRequest } from 'fastify'

/** The roles of the staff, lowest first: each may do what the ones before it may. */
export const STAFF_ROLES = ['viewer', 'operator', 'manager', 'owner'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/**
 * Who may call a route. Every route declares one; the program does not start with a route that has none.
 *
 * `anyone` needs no sign-in; `customer` a customer's session, which the guard finds or the statement that does the route's work;
 * `service` an API key with that scope; `staff` a staff session with that role or a higher one.
 */
export type Policy =
	| { readonly for: 'anyone' }
	| { readonly for: 'customer'; readonly foundBy: 'guard' | 'statement' }
	| { readonly for: 'service'; readonly scope: string }
	| { readonly for: 'staff'; readonly role: StaffRole }

export const anyone: Policy = { for: 'anyone' }
export const customer: Policy = { for: 'customer', foundBy: 'guard' }
/** For what is done most: the guard only notes the token, and the route's own statement tells who is not signed in. */
export const customerByStatement: Policy = { for: 'customer', foundBy: 'statement' }
export const service = (scope: string): Policy => ({ for: 'service', scope })
export const staff = (role: StaffRole): Policy => ({ for: 'staff', role })

declare module 'fastify' {
	interface FastifyContextConfig {
		policy?: Policy
	}
}

/** Lets a request pass or throws a `Problem`, and notes on the request who it is. One for each kind of caller. */
export type Guards = {
	readonly customer: (request: FastifyRequest, foundBy: 'guard' | 'statement') => Promise<void>
	readonly service: (request: FastifyRequest, scope: string) => Promise<void>
	readonly staff: (request: FastifyRequest, role: StaffRole) => Promise<void>
}

/**
 * Refuses to register a route without a policy, and asks the guard before a body is read. What is not for anyone is kept by no cache
 * on the way, unless the route says who may.
 */
export function enforcePolicies(app: FastifyInstance, guards: Guards): void {
	app.addHook('onRoute', (route) => {
		if (route.config?.policy === undefined) throw new Error(`the route ${String(route.method)} ${route.url} declares no policy`)
	})
	app.addHook('onRequest', (request, reply, done) => {
		const { policy } = request.routeOptions.config
		if (policy === undefined || policy.for === 'anyone') return done()
		void reply.header('cache-control', 'no-store')
		void askGuard(guards, policy, request, done)
	})
}

type Done = (error?: Error) => void

async function askGuard(guards: Guards, policy: Policy, request: FastifyRequest, done: Done): Promise<void> {
	done(await refusalOf(guards, policy, request))
}

/** Why the guard does not let a request pass; undefined where it does. */
async function refusalOf(guards: Guards, policy: Policy, request: FastifyRequest): Promise<Error | undefined> {
	try {
		if (policy.for === 'customer') await guards.customer(request, policy.foundBy)
		else if (policy.for === 'service') await guards.service(request, policy.scope)
		else if (policy.for === 'staff') await guards.staff(request, policy.role)
		return undefined
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error))
	}
}

/**
 * Why the guard would have refused a request that has failed before its route's statement was asked whose it is; undefined where it
 * would not. Whoever may not call a route is told that, and not what is wrong with a body.
 */
export async function findRefusal(guards: Guards, request: FastifyRequest): Promise<Error | undefined> {
	const { policy } = request.routeOptions.config
	return policy?.for === 'customer' && policy.foundBy === 'statement' ? refusalOf(guards, customer, request) : undefined
}
