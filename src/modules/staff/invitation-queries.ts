import type { Sql, Tx } from '../../platform/db/database.ts'
import type { StaffRole } from '../../platform/http/policy.ts'

const INVITATION_HOURS = 72

export type NewInvitation = {
	readonly tokenHash: Buffer
	readonly email: string
	readonly role: StaffRole
	/** Whose credentials the link makes anew; null: it makes an account. */
	readonly staffId: number | null
	/** Null: the command line. */
	readonly by: number | null
}

export type PutInvitation = { readonly id: number; readonly created_at: Date; readonly expires_at: Date }

/** Makes this the one link for the email: the one before is void. Undefined when somebody else has the email. */
export async function putInvitation(tx: Tx, invitation: NewInvitation): Promise<PutInvitation | undefined> {
	const { tokenHash, email, role, staffId, by } = invitation
	const [put] = await tx<PutInvitation[]>`
		insert into staff_invitations (token_hash, email, role, staff_id, invited_by, expires_at)
		select ${tokenHash}, ${email}, ${role}, ${staffId}, ${by}, now() + make_interval(hours => ${INVITATION_HOURS})
		where not exists (select from staff where email = ${email} and id is distinct from ${staffId})
		on conflict (email) do update set token_hash = excluded.token_hash, role = excluded.role, totp_secret = null,
			staff_id = excluded.staff_id, invited_by = excluded.invited_by, created_at = excluded.created_at,
			expires_at = excluded.expires_at
		returning id, created_at, expires_at`
	return put
}

/** Whether the shop has an owner, or that email an account already. */
export async function hasOwnerOr(sql: Sql, email: string): Promise<boolean> {
	const [row] = await sql<[{ found: boolean }]>`
		select exists (select from staff where role = 'owner' or email = ${email}) as found`
	return row.found
}

export type Invitation = {
	readonly email: string
	readonly role: StaffRole
	/** Null: it comes out of the token. */
	readonly totp_secret: string | null
	/** Whose credentials the link makes anew; null: it makes an account. */
	readonly staff_id: number | null
	/** The database's clock, by which codes are taken. */
	readonly now: Date
}

/** Undefined when the link was used, replaced or is too old. */
export async function findInvitation(sql: Sql, tokenHash: Buffer): Promise<Invitation | undefined> {
	const [invitation] = await sql<Invitation[]>`
		select invitation.email, coalesce(staff.role, invitation.role) as role, invitation.totp_secret, staff_id,
			clock_timestamp() as now
		from staff_invitations as invitation left join staff on staff.id = staff_id
		where token_hash = ${tokenHash} and expires_at > now() and deactivated_at is null`
	return invitation
}

/** An invitation that nobody has accepted yet. */
export type OpenInvitation = PutInvitation & {
	readonly email: string
	readonly role: StaffRole
	/** The email of who has invited; null: the command line, or somebody who is gone. */
	readonly invited_by: string | null
}

/** The invitations that are good, those made before that one, newest first; not the links for new credentials. */
export async function listInvitations(sql: Sql, before: number, limit: number): Promise<OpenInvitation[]> {
	return sql<OpenInvitation[]>`
		select invitation.id, invitation.email, invitation.role, invitation.created_at, expires_at, inviter.email as invited_by
		from staff_invitations as invitation left join staff as inviter on inviter.id = invited_by
		where staff_id is null and expires_at > now() and invitation.id < ${before} order by invitation.id desc limit ${limit}`
}

/** Voids an invitation and returns whose it was; undefined when there is none. */
export async function deleteInvitation(tx: Tx, id: number): Promise<string | undefined> {
	const [row] = await tx<{ email: string }[]>`
		delete from staff_invitations where id = ${id} and staff_id is null and expires_at > now() returning email`
	return row?.email
}

/** Voids the link for new credentials of a member of the staff. */
export async function deleteReset(tx: Tx, staffId: number): Promise<void> {
	await tx`delete from staff_invitations where staff_id = ${staffId}`
}

/** Voids the links that somebody has made: who holds one comes in by it, with the role that stands in it. */
export async function deleteLinksMadeBy(tx: Tx, staffId: number): Promise<void> {
	await tx`delete from staff_invitations where invited_by = ${staffId}`
}
