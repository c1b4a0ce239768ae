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

/** When codes went to a phone, and when wrong ones were typed for it: of the last day, newest first. */
export async function readSignInTraces(
	tx: Tx,
	phoneHash: Buffer,
): Promise<{ readonly codes_sent: readonly Date[]; readonly codes_wrong: readonly Date[] }> {
	const [sent, wrong] = await Promise.all([
		tx<{ at: Date }[]>`select sent_at as at from login_code_sends where phone_hash = ${phoneHash} order by sent_at desc`,
		tx<{ at: Date }[]>`select failed_at as at from login_failures where phone_hash = ${phoneHash} order by failed_at desc`,
	])
	return { codes_sent: sent.map(({ at }) => at), codes_wrong: wrong.map(({ at }) => at) }
}
