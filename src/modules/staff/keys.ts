import { hashToken } from '../../platform/http/credentials.ts'
import type { Sql } from '../../platform/db/database.ts'
import { newKey, requireScopes } from './api-key.ts'
import { appendAudit } from './audit.ts'
import { endKey, findLiveKeyIds, hasKey, insertKey, lockKeyName } from './key-queries.ts'

/** The old and the new one, so that a service changes its key without a pause. */
const LIVE_KEYS_MAX = 2
/** A name of a service as people and logs write it. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/i

type KeyWish = { readonly name: string; readonly scopes: readonly string[] }

/**
 * Makes an API key for the service of that name, good for 365 days, and returns its text: the only time it is seen. Throws an
 * Error that says what to do for a name or scope that there can't be, and when two keys of the name live already. `by`: who
 * makes it; null: the command line.
 */
export async function createKey(sql: Sql, { name, scopes }: KeyWish, by: number | null = null): Promise<string> {
	if (!NAME.test(name))
		throw new Error(`"${name}" can't be a key's name: take up to 63 letters, digits, dots, dashes and underscores`)
	const known = requireScopes(scopes)
	const key = newKey()
	await sql.begin(async (tx) => {
		const [, live] = await Promise.all([lockKeyName(tx, name), findLiveKeyIds(tx, name)])
		if (live.length >= LIVE_KEYS_MAX) {
			throw new Error(`${name} has ${live.length} keys that are good (${live.join(', ')}): revoke the one that is no longer used`)
		}
		const id = await insertKey(tx, { name, scopes: known, keyHash: hashToken(key) })
		const details = { name, scopes: known }
		await appendAudit(tx, [{ staffId: by, action: 'key_created', subject: { type: 'key', id }, details }])
	})
	return key
}

/**
 * Ends a key at once, one that is ended already too; false when there is none with that id. `by`: who ends it; null: the command
 * line.
 */
export async function revokeKey(sql: Sql, id: number, by: number | null = null): Promise<boolean> {
	return sql.begin(async (tx) => {
		const name = await endKey(tx, id)
		if (name === undefined) return hasKey(tx, id)
		await appendAudit(tx, [{ staffId: by, action: 'key_revoked', subject: { type: 'key', id }, details: { name } }])
		return true
	})
}
