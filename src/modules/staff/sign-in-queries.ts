import type { Tx } from '../../platform/db/database.ts'
import type { StaffMember } from './staff-member.ts'

/** Failed sign-ins that an email takes within the window, whether somebody has it or not. */
const FAILURES_MAX = 10
const WINDOW_MINUTES = 15

/** What a sign-in is compared with. */
export type Account = {
	readonly id: number
	readonly password_hash: string
	/** Sealed. */
	readonly totp_secret: string
	readonly totp_last_step: number
	/** The code that was typed is one of the account's recovery codes. */
	readonly has_recovery_code: boolean
}

export type Try = {
	/** Null when the email has no try left, for `retryAfterS` seconds. */
	readonly failureId: number | null
	readonly retryAfterS: number
	/** The database's clock, by which codes are taken. */
	readonly now: Date
	readonly account: Account | undefined
}

type Row = { failure_id: number | null; retry_after_s: number | null; now: Date; account: Account | null }

/**
 * Takes one of the email's tries before anything is compared: it counts as failed until `forgiveTry`. So many guesses at once
 * get no more tries than one after the other, and a guess that nobody answered is counted too.
 */
export async function takeTry(tx: Tx, email: string, recoveryCodeHash: Buffer): Promise<Try> {
	const lock = tx`select pg_advisory_xact_lock(hashtextextended(${`prilavok staff ${email}`}, 0))`
	// A second statement: one that waits for a lock and counts beside it would count the past.
	const take = tx<[Row]>`
		with recent as (
			select count(*) as failures, min(failed_at) as oldest from staff_sign_in_failures
			where email = ${email} and failed_at > now() - make_interval(mins => ${WINDOW_MINUTES})
		), taken as (
			insert into staff_sign_in_failures (email) select ${email} from recent where failures < ${FAILURES_MAX} returning id
		), account as (
			select id, password_hash, totp_secret, totp_last_step, exists (
					select from staff_recovery_codes where staff_id = staff.id and code_hash = ${recoveryCodeHash}
				) as has_recovery_code
			from staff where email = ${email} and deactivated_at is null
		)
		select taken.id as failure_id, clock_timestamp() as now, to_jsonb(account) as account,
			ceil(extract(epoch from recent.oldest + make_interval(mins => ${WINDOW_MINUTES}) - now()))::int as retry_after_s
		from recent left join taken on true left join account on true`
	const [, [row]] = await Promise.all([lock, take])
	const { failure_id, retry_after_s, now, account } = row
	return { failureId: failure_id, retryAfterS: Math.max(1, retry_after_s ?? 1), now, account: account ?? undefined }
}

/** Gives a try back: all was right. */
export async function forgiveTry(tx: Tx, failureId: number): Promise<void> {
	await tx`delete from staff_sign_in_failures where id = ${failureId}`
}

/** Notes that the code of a time step is used: of many who bring it at once one gets in. Undefined for the others. */
export async function takeTotpStep(tx: Tx, id: number, step: number): Promise<StaffMember | undefined> {
	const [member] = await tx<StaffMember[]>`
		update staff set totp_last_step = ${step} where id = ${id} and totp_last_step < ${step} and deactivated_at is null
		returning id, email, role`
	return member
}

/** Uses a recovery code up: of many who bring it at once one gets in. Undefined for the others. */
export async function takeRecoveryCode(tx: Tx, id: number, codeHash: Buffer): Promise<StaffMember | undefined> {
	const [member] = await tx<StaffMember[]>`
		with used as (
			delete from staff_recovery_codes where staff_id = ${id} and code_hash = ${codeHash} returning staff_id
		)
		select id, email, role from staff join used on staff.id = used.staff_id where deactivated_at is null`
	return member
}
