import { hashToken } from '../../platform/http/credentials.ts'
import type { Sql } from '../../platform/db/database.ts'
import { newKey, requireScopes } from './api-key.ts'
import { appendAudit } from './audit-queries.ts'
import { endKey, findLiveKeyIds, hasKey, insertKey, KEY_DAYS, lockKeyName } from './key-queries.ts'
import { staffProblem } from './problems.ts'

/** The old and the new one, so that a service changes its key without a pause. */
const LIVE_KEYS_MAX = 2
/** A name of a service as people and logs write it. */
export const KEY_NAME = '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'

type KeyWish = {
	readonly name: string
	readonly scopes: readonly string[]
	/** How long it is good. */
	readonly days?: number
}

export type MadeKey = { readonly id: number; readonly key: string }

/**
 * Makes an API key for the service of that name, good for 365 days unless said otherwise. Its text is returned, and seen this
 * once. Throws an Error that says what to do for a name or scope that there can't be, and `key_limit` when two keys of the
 * name live already. `by`: who makes it; null: the command line.
 */
export async function makeKey(sql: Sql, { name, scopes, days = KEY_DAYS }: KeyWish, by: number | null): Promise<MadeKey> {
	if (!new RegExp(KEY_NAME).test(name))
		throw new Error(`"${name}" can't be a key's name: take up to 63 letters, digits, dots, dashes and underscores`)
	const known = requireScopes(scopes)
	const key = newKey()
	return sql.begin(async (tx) => {
		const [, live] = await Promise.all([lockKeyName(tx, name), findLiveKeyIds(tx, name)])
		if (live.length >= LIVE_KEYS_MAX) throw staffProblem('key_limit', { live })
		const id = await insertKey(tx, { name, scopes: known, days, keyHash: hashToken(key) })
		const details = { name, scopes: known, days }
		await appendAudit(tx, [{ staffId: by, action: 'key_created', subject: { type: 'key', id }, details }])
		return { id, key }
	})
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
