import type { Fragment, Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { Caller, Scope } from './api-key.ts'

export const KEY_DAYS = 365
/** Far more than a shop has: two that live for each service, and those of the past. */
const KEYS_LISTED_MAX = 1_000

/** Waits until nobody else makes a key of that name; until the transaction ends. */
export async function lockKeyName(tx: Tx, name: string): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtextextended(${`prilavok key ${name}`}, 0))`
}

/** The keys of that name that are good, oldest first. */
export async function findLiveKeyIds(tx: Tx, name: string): Promise<number[]> {
	const rows = await tx<{ id: number }[]>`
		select id from api_keys where name = ${name} and revoked_at is null and expires_at > now() order by id`
	return rows.map((row) => row.id)
}

export type NewKey = { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number; readonly keyHash: Buffer }

/** Returns the key's id. */
export async function insertKey(tx: Tx, { name, scopes, days, keyHash }: NewKey): Promise<number> {
	const [row] = await tx<[{ id: number }]>`
		insert into api_keys (name, key_hash, scopes, expires_at)
		values (${name}, ${keyHash}, array(select json_array_elements_text(${tx.typed.json(scopes)})),
			now() + make_interval(days => ${days}))
		returning id`
	return row.id
}

/** The services whose keys these are, by the key's hash in hexadecimal; keys that are not good are left out. */
export async function findCallers(sql: Sql, keyHashes: readonly Buffer[]): Promise<Map<string, Caller>> {
	const rows = await sql<{ key_hash: Buffer; id: number; name: string; scopes: string[] }[]>`
		select key_hash, id, name, scopes from api_keys
		where key_hash = any(${sql.array([...keyHashes])}) and revoked_at is null and expires_at > now()`
	return new Map(rows.map(({ key_hash, id, name, scopes }) => [key_hash.toString('hex'), { keyId: id, name, scopes }]))
}

/** The names of the services that these keys are, or were, for. */
export async function readKeyNames(sql: Sql, ids: readonly number[]): Promise<Map<number, string>> {
	if (ids.length === 0) return new Map()
	const rows = await sql<{ id: number; name: string }[]>`
		select id, name from api_keys
		where id = ${oneOf(sql, ids, 'bigint')}`
	return new Map(rows.map(({ id, name }) => [id, name]))
}

/** A key as it may be shown: not what it is. */
export type ListedKey = {
	readonly id: number
	readonly name: string
	readonly scopes: readonly string[]
	readonly state: 'live' | 'expired' | 'revoked'
	readonly created_at: Date
	readonly expires_at: Date
	readonly revoked_at: Date | null
}

const listed = (sql: Sql): Fragment => sql`
	id, name, scopes, created_at, expires_at, revoked_at,
	case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'live' end as state`

/** The keys, newest first, also those of the past: orders and reports tell of them by id. */
export const listKeys = (sql: Sql): Promise<ListedKey[]> => listKeysBefore(sql, Number.MAX_SAFE_INTEGER, KEYS_LISTED_MAX)

/** Those made before that one, newest first. */
export async function listKeysBefore(sql: Sql, id: number, limit: number): Promise<ListedKey[]> {
	return sql<ListedKey[]>`select ${listed(sql)} from api_keys where id < ${id} order by id desc limit ${limit}`
}

export async function findKey(sql: Sql, id: number): Promise<ListedKey | undefined> {
	const [key] = await sql<ListedKey[]>`select ${listed(sql)} from api_keys where id = ${id}`
	return key
}

/** Ends a key at once and returns its name; undefined when there is none with that id, or it has been ended before. */
export async function endKey(tx: Tx, id: number): Promise<string | undefined> {
	const [row] = await tx<{ name: string }[]>`
		update api_keys set revoked_at = now() where id = ${id} and revoked_at is null returning name`
	return row?.name
}

export async function hasKey(tx: Tx, id: number): Promise<boolean> {
	const [row] = await tx<[{ found: boolean }]>`select exists (select from api_keys where id = ${id}) as found`
	return row.found
}
