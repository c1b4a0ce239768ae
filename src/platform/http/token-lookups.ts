import type { Logger } from 'pino'
import { hashToken } from './credentials.ts'
import { httpProblem } from './problem.ts'
import type { Cancelled } from '../lanes.ts'
import { createLookups } from '../lookups.ts'

export type TokenLookupOptions<Owner> = {
	readonly name: string
	readonly log: Logger
	/** Whose these tokens are, by the hash in hexadecimal; those that are not good are left out. */
	readonly find: (tokenHashes: readonly Buffer[]) => Promise<ReadonlyMap<string, Owner>>
}

/**
 * Finds whose a token is, or throws `unauthenticated`. Read from the database each time, so that what was ended is ended at
 * once; many at once are read by one statement.
 */
export function createTokenLookups<Owner>({
	name,
	log,
	find,
}: TokenLookupOptions<Owner>): (token: string | undefined, cancelled?: Cancelled) => Promise<Owner> {
	const findByHash = createLookups<Buffer, Owner>({
		name,
		log,
		async find(tokenHashes) {
			const owners = await find(tokenHashes)
			return tokenHashes.map((tokenHash) => owners.get(tokenHash.toString('hex')) ?? httpProblem('unauthenticated'))
		},
	})
	return async (token, cancelled) => {
		if (token === undefined) throw httpProblem('unauthenticated')
		return findByHash(hashToken(token), cancelled)
	}
}
