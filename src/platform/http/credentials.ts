import { hash, randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { httpProblem } from './problem.ts'

/** 256 bits: nobody finds one by guessing, so its hash needs no salt and no slow function. */
const TOKEN_BYTES = 32
/** Longer than any token or key of ours; what is longer isn't hashed. */
const TOKEN_MAX_CHARACTERS = 200
const BEARER = new RegExp(`^Bearer +([A-Za-z0-9._~+/-]{1,${TOKEN_MAX_CHARACTERS}}=*)$`, 'i')
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A session that a request carries. */
export type Session = {
	readonly sessionId: string
	/** How long it is still good, by the database's clock. */
	readonly expiresInS: number
}

/** A new secret of a session, a link or a key, as text for a header. Only its hash is kept. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/** What is kept of a token: its SHA-256. */
export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer')

/** The token of `Authorization: Bearer …`, or undefined. */
export const bearerOf = (request: FastifyRequest): string | undefined => BEARER.exec(request.headers.authorization ?? '')?.[1]

/** A cookie that holds a token; its name begins with `__Host-`, so that no other host and no plain HTTP can set it. */
export type TokenCookie = { readonly name: `__Host-${string}`; readonly publicUrl: string }

/**
 * The token in a cookie, or undefined. A browser sends cookies with requests that other sites make it send; so for a method
 * that changes something the `Origin` must be that of `publicUrl`, else it is 403 `forbidden`.
 */
export function cookieOf(request: FastifyRequest, { name, publicUrl }: TokenCookie): string | undefined {
	const token = readCookie(request.headers.cookie ?? '', name)
	if (!token || token.length > TOKEN_MAX_CHARACTERS) return undefined
	if (!SAFE_METHODS.has(request.method) && request.headers.origin !== new URL(publicUrl).origin) {
		const detail = 'A cookie is taken from pages of this service only (Origin): other programs send Authorization: Bearer.'
		throw httpProblem('forbidden', { detail })
	}
	return token
}

/** Tokens need no escaping in a cookie, so reading one is this and no more. */
function readCookie(header: string, name: string): string | undefined {
	for (const pair of header.split(';')) {
		const [key, value] = pair.split('=', 2)
		if (key?.trim() === name) return value?.trim()
	}
	return undefined
}

const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Lax'

/**
 * The `Set-Cookie` that keeps a token for so long, out of the reach of scripts. No moment: the session ends by the database's clock,
 * and a browser would take it by its own one, or by what this process says in `Date`.
 */
export const tokenCookie = (name: TokenCookie['name'], token: string, lifeS: number): string =>
	`${name}=${token}; ${ATTRIBUTES}; Max-Age=${lifeS}`

/** The `Set-Cookie` that makes a browser forget the token. */
export const clearedCookie = (name: TokenCookie['name']): string => `${name}=; ${ATTRIBUTES}; Max-Age=0`
