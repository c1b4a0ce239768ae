import type { Sql, Tx } from '../../platform/db/database.ts'
import type { Usage } from './budgets.ts'
import { CODE_LIFE_MINUTES } from './login-code.ts'
import type { Registration } from './queries.ts'

/** Wrong tries that one code takes. */
const TRIES_MAX = 5
/** Wrong codes that a phone takes in a day, whatever code they were meant for. */
const FAILURES_MAX = 10

/** An SMS with a code, as the budgets see it. */
export type CodeSend = {
	readonly phoneHash: Buffer
	/** An IPv4 address or an IPv6 /64. */
	readonly address: string
	/** The country's calling code. */
	readonly prefix: string
}

/** When a code is sent, when it is void, and when another may be asked for. */
export type CodeTimes = { readonly sent_at: Date; readonly expires_at: Date; readonly resend_after: Date }

/**
 * What the budgets of this phone, address and country have given away, and the times of a code that is sent now: after whatever
 * the transaction has waited for, and in whole milliseconds, as they are told. Who comes at the time told is not too early.
 */
export async function readUsage(sql: Sql | Tx, { phoneHash, address, prefix }: CodeSend): Promise<Usage & CodeTimes> {
	const [row] = await sql<[Usage & CodeTimes]>`
		select phone.*, address.*, prefix.*, everybody.*,
			sent_at, sent_at + make_interval(mins => ${CODE_LIFE_MINUTES}) as expires_at, sent_at + interval '60 seconds' as resend_after
		from
			(select date_trunc('milliseconds', clock_timestamp()) as sent_at) as clock,
			(select count(*) filter (where sent_at > now() - interval '1 minute')::int as phone_minute,
				count(*) filter (where sent_at > now() - interval '1 hour')::int as phone_hour, count(*)::int as phone_day
			from login_code_sends where phone_hash = ${phoneHash} and sent_at > now() - interval '1 day') as phone,
			(select count(*)::int as address_hour
			from login_code_sends where address = ${address} and sent_at > now() - interval '1 hour') as address,
			(select count(*)::int as prefix_hour
			from login_code_sends where prefix = ${prefix} and sent_at > now() - interval '1 hour') as prefix,
			(select count(*)::int as all_hour from login_code_sends where sent_at > now() - interval '1 hour') as everybody`
	return row
}

/** Waits until nobody else, on any instance, counts and sends codes; until the transaction ends. */
export async function lockBudgets(tx: Tx): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtextextended('prilavok login codes', 0))`
}

export async function insertSend(tx: Tx, { phoneHash, address, prefix }: CodeSend, sentAt: Date): Promise<void> {
	await tx`
		insert into login_code_sends (phone_hash, address, prefix, sent_at) values (${phoneHash}, ${address}, ${prefix}, ${sentAt})`
}

export type NewLoginCode = {
	readonly phoneHash: Buffer
	readonly codeHash: Buffer
	readonly salt: Buffer
	/** What is registered when the code comes back; null for a plain sign-in. */
	readonly registration: Registration | null
	readonly expiresAt: Date
}

/** Makes this the phone's one code: the one before is void. */
export async function putLoginCode(tx: Tx, { phoneHash, codeHash, salt, registration, expiresAt }: NewLoginCode): Promise<void> {
	const bound = registration === null ? null : tx.typed.json(registration)
	await tx`
		insert into login_codes (phone_hash, code_hash, salt, registration, expires_at)
		values (${phoneHash}, ${codeHash}, ${salt}, ${bound}, ${expiresAt})
		on conflict (phone_hash) do update set code_hash = excluded.code_hash, salt = excluded.salt,
			registration = excluded.registration, tries = 0, created_at = excluded.created_at, expires_at = excluded.expires_at`
}

/**
 * Drops what was to be registered by the phone's code, if that is not what is wished for now. Who of the two holds the phone
 * only the code tells, so neither is registered unless the code says whom.
 */
export async function dropOtherWish(sql: Sql | Tx, phoneHash: Buffer, registration: Registration | null): Promise<void> {
	const wish = registration === null ? null : sql.typed.json(registration)
	await sql`
		update login_codes set registration = null
		where phone_hash = ${phoneHash} and registration is not null and registration is distinct from ${wish}::jsonb`
}

/** A try at a phone's code. `failureId` is null when the phone has none left, for `retry_after_s` seconds. */
export type Try = {
	readonly failure_id: number | null
	readonly retry_after_s: number | null
	/** Null when there is no code, it is void, or its tries are used up. */
	readonly code_hash: Buffer | null
	readonly salt: Buffer | null
}

/**
 * Takes one of the phone's tries before the code is looked at: it counts as wrong until `forgiveTry`. So many guesses at once
 * get no more tries than one after the other, and a guess that nobody answered is counted too.
 */
export async function takeTry(tx: Tx, phoneHash: Buffer): Promise<Try> {
	const lock = tx`select pg_advisory_xact_lock(hashtextextended(${`prilavok code ${phoneHash.toString('hex')}`}, 0))`
	// A second statement: one that waits for a lock and counts beside it would count the past.
	const take = tx<[Try]>`
		with recent as (
			select count(*) as failures, min(failed_at) as oldest from login_failures
			where phone_hash = ${phoneHash} and failed_at > now() - interval '1 day'
		), taken as (
			insert into login_failures (phone_hash) select ${phoneHash} from recent where failures < ${FAILURES_MAX} returning id
		), code as (
			update login_codes set tries = tries + 1
			where phone_hash = ${phoneHash} and tries < ${TRIES_MAX} and expires_at > now() and exists (select from taken)
			returning code_hash, salt
		)
		select taken.id as failure_id, code.code_hash, code.salt,
			ceil(extract(epoch from recent.oldest + interval '1 day' - now()))::int as retry_after_s
		from recent left join taken on true left join code on true`
	const [, [row]] = await Promise.all([lock, take])
	return row
}

/** Gives a try back: its code was right. */
export async function forgiveTry(tx: Tx, failureId: number): Promise<void> {
	await tx`delete from login_failures where id = ${failureId}`
}

/** Gives a code the try back that brought it. Only whoever knows it gets here, so nobody guesses more often. */
export async function forgiveCodeTry(tx: Tx, phoneHash: Buffer, codeHash: Buffer): Promise<void> {
	await tx`update login_codes set tries = tries - 1 where phone_hash = ${phoneHash} and code_hash = ${codeHash}`
}

/** What a code was asked for, when that was, and when it came back: now. */
export type BroughtCode = {
	readonly registration: Registration | null
	readonly created_at: Date
	readonly brought_at: Date
}

/** Locks a code until the transaction ends: of many who bring it at once one has it. Undefined when it is gone, replaced or void. */
export async function lockLoginCode(tx: Tx, phoneHash: Buffer, codeHash: Buffer): Promise<BroughtCode | undefined> {
	const [brought] = await tx<BroughtCode[]>`
		select registration, created_at, now() as brought_at from login_codes
		where phone_hash = ${phoneHash} and code_hash = ${codeHash} and expires_at > now() for update`
	return brought
}

/** Drops the phone's code, whichever it is, with what was to be registered by it. */
export async function deleteLoginCode(tx: Tx, phoneHash: Buffer): Promise<void> {
	await tx`delete from login_codes where phone_hash = ${phoneHash}`
}
