import type { DeleteBatch } from '../../platform/db/delete-in-batches.ts'

export const deleteExpiredSessions: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from staff_sessions where token_hash in (
			select token_hash from staff_sessions where expires_at < now() limit ${limit} for update skip locked)`
	return count
}

export const deleteExpiredInvitations: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from staff_invitations where token_hash in (
			select token_hash from staff_invitations where expires_at < now() limit ${limit} for update skip locked)`
	return count
}

/** The window in which failures count is 15 minutes. */
export const deleteOldFailures: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from staff_sign_in_failures where id in (
			select id from staff_sign_in_failures where failed_at < now() - interval '1 hour'
			limit ${limit} for update skip locked)`
	return count
}
