import type { FastifyRequest } from 'fastify'

/** Longer than any browser's; the rest of it is dropped. */
const USER_AGENT_MAX_CHARACTERS = 300

/** What the browser or program that asks calls itself, for lists of sessions; null where it does not say. */
export const userAgentOf = ({ headers }: FastifyRequest): string | null =>
	headers['user-agent']?.slice(0, USER_AGENT_MAX_CHARACTERS) ?? null
