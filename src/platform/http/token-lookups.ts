import type { Logger } from 'pino'
import { hashToken } from './credentials.ts'
import { httpProblem } from './problem.ts'
import { type Cancelled, createLanes } from '../lanes.ts'

export type TokenLookupOptions<Owner> = {
	readonly name: string
	readonly log: Logger
	/** Whose these tokens are, by the hash in hexadecimal; those that are not good are left out. */
	readonly find: (tokenHashes: readonly Buffer[]) => Promise<ReadonlyMap<string, Owner>>
}

type Lookup = { readonly tokenHash: Buffer; readonly sequence: number }

/**
 * Finds whose a token is, or throws `unauthenticated`. Read from the database each time, so that what was ended is ended at
 * once; many at once are read by one statement.
 */
export function createTokenLookups<Owner>({
	name,
	log,
	find,
}: TokenLookupOptions<Owner>): (token: string | undefined, cancelled?: Cancelled) => Promise<Owner> {
	let sequence = 0
	const lookups = createLanes<Lookup, Owner>({
		name,
		log,
		// Reads need no order, not even those of one token: each is its own owner.
		ownerOf: (lookup) => lookup.sequence,
		async run(batch) {
			const owners = await find(batch.map((lookup) => lookup.tokenHash))
			return batch.map(({ tokenHash }) => owners.get(tokenHash.toString('hex')) ?? httpProblem('unauthenticated'))
		},
	})
	return async (token, cancelled) => {
		if (token === undefined) throw httpProblem('unauthenticated')
		return lookups.submit({ tokenHash: hashToken(token), sequence: sequence++ }, cancelled)
	}
}
