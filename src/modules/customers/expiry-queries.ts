import type { DeleteBatch } from '../../platform/db/delete-in-batches.ts'

export const deleteExpiredSessions: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from sessions where token_hash in (
			select token_hash from sessions where expires_at < now() limit ${limit} for update skip locked)`
	return count
}

export const deleteExpiredCodes: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from login_codes where phone_hash in (
			select phone_hash from login_codes where expires_at < now() limit ${limit} for update skip locked)`
	return count
}

/** The longest budget of sends looks a day back. */
export const deleteOldSends: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from login_code_sends where ctid in (
			select ctid from login_code_sends where sent_at < now() - interval '1 day' limit ${limit} for update skip locked)`
	return count
}

/** The budget of wrong codes looks a day back. */
export const deleteOldFailures: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from login_failures where id in (
			select id from login_failures where failed_at < now() - interval '1 day' limit ${limit} for update skip locked)`
	return count
}
