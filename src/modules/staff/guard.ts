import type { FastifyRequest } from 'fastify'
import { bearerOf, cookieOf } from '../../platform/http/credentials.ts'
import type { StaffRole } from '../../platform/http/policy.ts'
import { httpProblem } from '../../platform/http/problem.ts'
import type { Service } from '../service.ts'
import { findSignedIn } from './queries.ts'
import { isAtLeast } from './roles.ts'
import type { SignedInStaff } from './staff-member.ts'
import { createTokenLookups } from '../../platform/http/token-lookups.ts'

declare module 'fastify' {
	interface FastifyRequest {
		/** Set by the guard of routes for the staff. */
		staff?: SignedInStaff
	}
}

export const STAFF_COOKIE = '__Host-staff'

/**
 * Lets a request pass that carries a session of the staff, as `Authorization: Bearer` or as the cookie, with that role or a
 * higher one, and notes whose it is; else throws `unauthenticated` or `forbidden` (with `required_role`).
 */
export function createStaffGuard(service: Service): (request: FastifyRequest, role: StaffRole) => Promise<void> {
	const { sql, log } = service
	const find = createTokenLookups({ name: 'staff sessions', log, find: (hashes) => findSignedIn(sql, hashes) })
	return async (request, role) => {
		const token = bearerOf(request) ?? cookieOf(request, { name: STAFF_COOKIE, publicUrl: service.publicUrl })
		const staff = await find(token, request.cancelled)
		if (!isAtLeast(staff.role, role)) throw httpProblem('forbidden', { required_role: role })
		request.staff = staff
	}
}

/** The member of the staff whose request this is, on a route for the staff. */
export function staffOf(request: FastifyRequest): SignedInStaff {
	if (request.staff === undefined) throw httpProblem('unauthenticated')
	return request.staff
}
