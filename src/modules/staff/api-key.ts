import { newToken } from '../../platform/http/credentials.ts'

/** What an API key may be good for: `reports` to start, watch and download them, `orders:status` to change statuses. */
export const SCOPES = ['reports', 'orders:status'] as const
export type Scope = (typeof SCOPES)[number]

/** Another service, known by its API key. */
export type Caller = { readonly keyId: number; readonly name: string; readonly scopes: readonly string[] }

/** Tells whoever finds a key in a log or a repository, and the tools that look for such, what it is. */
const PREFIX = 'prk_'

export const newKey = (): string => `${PREFIX}${newToken()}`

/** Whether that looks like a key: a session's token need not be looked for among them. */
export const isKey = (text: string): boolean => text.startsWith(PREFIX)

/** The scopes without repetitions; throws an Error that lists what there is when one is unknown or none is given. */
export function requireScopes(texts: readonly string[]): Scope[] {
	const unknown = texts.filter((text) => !SCOPES.some((scope) => scope === text))
	if (unknown.length > 0) throw new Error(`There is no scope ${unknown.join(', ')}: a key takes ${SCOPES.join(', ')}`)
	const scopes = SCOPES.filter((scope) => texts.includes(scope))
	if (scopes.length === 0) throw new Error(`A key needs at least one scope of ${SCOPES.join(', ')}`)
	return scopes
}
