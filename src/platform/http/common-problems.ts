import type { FastifySchema } from 'fastify'
import type { Policy } from './policy.ts'
import { httpProblem, problems } from './problem.ts'

export type DescribedRoute = {
	readonly schema: FastifySchema
	readonly policy: Policy
	readonly method: string | readonly string[]
}

type Code = Parameters<typeof httpProblem>[0]

/** From reading the address to the deadline: what no route is spared. */
const ANY_ROUTE: readonly Code[] = ['malformed_request', 'internal_error', 'unavailable']
/** Also where a route takes no body, for it may be sent one. */
const BODIES: readonly Code[] = [
	'validation_failed',
	'malformed_json',
	'request_timeout',
	'body_too_large',
	'unsupported_media_type',
]

function commonCodes({ schema, policy, method }: DescribedRoute): Code[] {
	const reads = method === 'GET' || method === 'HEAD'
	const codes = [...ANY_ROUTE]
	if (policy.for !== 'anyone') codes.push('unauthenticated', 'overloaded')
	// A customer may be refused by the Origin that comes with the cookie, and that is looked at for changes only.
	if (policy.for === 'staff' || policy.for === 'service' || (policy.for === 'customer' && !reads)) codes.push('forbidden')
	if (!reads) codes.push(...BODIES)
	else if (schema.params || schema.querystring || schema.headers) codes.push('validation_failed')
	return codes
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * The answers of a route for the reference: its own, and the problems that any route of its kind can have. They are told here
 * for all of them, so that none forgets one.
 */
export function answersOf(route: DescribedRoute): Record<string, unknown> {
	const answers: Record<string, unknown> = isObject(route.schema.response) ? { ...route.schema.response } : {}
	for (const [status, common] of Object.entries(problems(httpProblem, ...commonCodes(route)))) {
		const own = answers[status]
		const description = joined(isObject(own) && own['description'], isObject(common) && common['description'])
		answers[status] = isObject(own) ? { ...own, description } : common
	}
	return answers
}

/** Descriptions, a paragraph a code, without those that stand there twice. */
const joined = (...descriptions: unknown[]): string =>
	[...new Set(descriptions.flatMap((text) => (typeof text === 'string' ? text.split('\n\n') : [])))].join('\n\n')
