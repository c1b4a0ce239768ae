import { hashToken } from '../../platform/http/credentials.ts'
import type { Sql } from '../../platform/db/database.ts'
import { newKey, requireScopes } from './api-key.ts'
import { findLiveKeyIds, insertKey, lockKeyName } from './key-queries.ts'

/** The old and the new one, so that a service changes its key without a pause. */
const LIVE_KEYS_MAX = 2
/** A name of a service as people and logs write it. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/i

type KeyWish = { readonly name: string; readonly scopes: readonly string[] }

/**
 * Makes an API key for the service of that name, good for 365 days, and returns its text: the only time it is seen. Throws an
 * Error that says what to do for a name or scope that there can't be, and when two keys of the name live already.
 */
export async function createKey(sql: Sql, { name, scopes }: KeyWish): Promise<string> {
	if (!NAME.test(name))
		throw new Error(`"${name}" can't be a key's name: take up to 63 letters, digits, dots, dashes and underscores`)
	const known = requireScopes(scopes)
	const key = newKey()
	await sql.begin(async (tx) => {
		const [, live] = await Promise.all([lockKeyName(tx, name), findLiveKeyIds(tx, name)])
		if (live.length >= LIVE_KEYS_MAX) {
			throw new Error(`${name} has ${live.length} keys that are good (${live.join(', ')}): revoke the one that is no longer used`)
		}
		await insertKey(tx, { name, scopes: known, keyHash: hashToken(key) })
	})
	return key
}
