import type { Tx } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'

export type Account = {
	readonly id: number
	readonly name: string
	readonly phone: string
	readonly email: string
	readonly locale: Locale
	readonly created_at: Date
	readonly updated_at: Date
	readonly consent: { readonly version: string; readonly at: Date }
	readonly blocked: { readonly at: Date; readonly reason: string } | null
	/** Now, by the database's clock. */
	readonly at: Date
}

type Row = Omit<Account, 'consent' | 'blocked'> & {
	consent_version: string
	consented_at: Date
	blocked_at: Date | null
	blocked_reason: string | null
}

/** A customer's row; undefined when there is none, or they were erased. */
export async function readAccount(tx: Tx, id: number): Promise<Account | undefined> {
	const [row] = await tx<Row[]>`
		select id, name, phone, email, locale, created_at, updated_at, consent_version, consented_at, blocked_at, blocked_reason,
			now() as at
		from customers where id = ${id} and erased_at is null`
	if (row === undefined) return undefined
	const { consent_version, consented_at, blocked_at, blocked_reason, ...account } = row
	return {
		...account,
		consent: { version: consent_version, at: consented_at },
		blocked: blocked_at && { at: blocked_at, reason: blocked_reason ?? '' },
	}
}

/** What is kept of a phone so that nobody guesses codes, newest first. */
export type SignInTraces = {
	/** The address is an IPv4 one or an IPv6 /64. */
	readonly codes_sent: readonly { readonly at: Date; readonly address: string }[]
	readonly codes_wrong: readonly Date[]
	readonly code: WaitingCode | null
}

/** A code that waits to be typed, and whether somebody is registered then; without the code itself. */
type WaitingCode = {
	readonly sent_at: Date
	readonly expires_at: Date
	readonly tries: number
	readonly registers: boolean
}

/** When codes went to a phone and who asked for them, when wrong ones were typed for it, and the one that waits. */
export async function readSignInTraces(tx: Tx, phoneHash: Buffer): Promise<SignInTraces> {
	const [codes_sent, wrong, [code]] = await Promise.all([
		tx<{ at: Date; address: string }[]>`
			select sent_at as at, address from login_code_sends where phone_hash = ${phoneHash} order by sent_at desc`,
		tx<{ at: Date }[]>`select failed_at as at from login_failures where phone_hash = ${phoneHash} order by failed_at desc`,
		tx<WaitingCode[]>`
			select created_at as sent_at, expires_at, tries, registration is not null as registers
			from login_codes where phone_hash = ${phoneHash} and expires_at > now()`,
	])
	return { codes_sent, codes_wrong: wrong.map(({ at }) => at), code: code ?? null }
}
