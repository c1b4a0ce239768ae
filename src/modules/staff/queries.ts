import type { Sql, Tx } from '../../platform/db/database.ts'
import type { SignedInStaff, StaffMember } from './staff-member.ts'

/** A working day, so that nobody is asked for a code in the middle of one and no session outlives it. */
export const SESSION_LIFE_S = 12 * 60 * 60
/** On how many devices a member of the staff may be signed in; with one more the oldest is signed out. */
const SESSIONS_MAX = 10

/** The staff of sessions that are still good, by the hash of the token in hexadecimal. */
export async function findSignedIn(sql: Sql, tokenHashes: readonly Buffer[]): Promise<Map<string, SignedInStaff>> {
	const rows = await sql<(StaffMember & { token_hash: Buffer; session_id: string; expires_in_s: number })[]>`
		select session.token_hash, session.id as session_id, extract(epoch from session.expires_at - now())::float as expires_in_s, staff.id, staff.email, staff.role
		from staff_sessions as session join staff on staff.id = session.staff_id
		where session.token_hash = any(${sql.array([...tokenHashes])}) and session.expires_at > now()
			and staff.deactivated_at is null`
	return new Map(
		rows.map(({ token_hash, session_id, expires_in_s, ...member }) => [
			token_hash.toString('hex'),
			{ ...member, sessionId: session_id, expiresInS: expires_in_s },
		]),
	)
}

export type NewSession = { readonly staffId: number; readonly tokenHash: Buffer; readonly userAgent: string | null }

/** Returns when the session ends by itself. */
export async function insertSession(tx: Tx, { staffId, tokenHash, userAgent }: NewSession): Promise<Date> {
	const note = tx`update staff set last_signed_in_at = now() where id = ${staffId}`
	const makeRoom = tx`
		delete from staff_sessions where staff_id = ${staffId} and id not in (
			select id from staff_sessions where staff_id = ${staffId} order by id desc limit ${SESSIONS_MAX - 1})`
	const insert = tx<[{ expires_at: Date }]>`
		insert into staff_sessions (token_hash, staff_id, user_agent, expires_at)
		values (${tokenHash}, ${staffId}, ${userAgent}, now() + make_interval(secs => ${SESSION_LIFE_S}))
		returning expires_at`
	const [, , [session]] = await Promise.all([note, makeRoom, insert])
	return session.expires_at
}

/** Ends a session of this member of the staff; false when it has ended before. */
export async function deleteSession(tx: Tx, { id, sessionId }: Pick<SignedInStaff, 'id' | 'sessionId'>): Promise<boolean> {
	const { count } = await tx`delete from staff_sessions where staff_id = ${id} and id = ${sessionId}`
	return count > 0
}

/** A session as its owner is shown it. */
export type ListedSession = {
	readonly id: string
	readonly created_at: Date
	readonly expires_at: Date
	readonly user_agent: string | null
}

/** The sessions of a member of the staff that are good, newest first. */
export async function listSessions(sql: Sql, staffId: number): Promise<ListedSession[]> {
	return sql<ListedSession[]>`
		select id, created_at, expires_at, user_agent from staff_sessions
		where staff_id = ${staffId} and expires_at > now() order by id desc limit ${SESSIONS_MAX}`
}

/** Ends all sessions of a member of the staff, but for one that is spared. */
export async function deleteSessions(tx: Tx, staffId: number, spared: string | null = null): Promise<void> {
	await tx`delete from staff_sessions where staff_id = ${staffId} and id is distinct from ${spared}`
}
