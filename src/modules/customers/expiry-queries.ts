import type { Sql } from '../../platform/db/database.ts'

/** Each deletes `limit` rows at the most and returns how many. Rows that another one deletes just now are passed over. */
type DeleteBatch = (sql: Sql, limit: number) => Promise<number>

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
