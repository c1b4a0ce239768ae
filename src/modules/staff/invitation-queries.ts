import type { Sql, Tx } from '../../platform/db/database.ts'
import type { StaffRole } from '../../platform/http/policy.ts'
import type { StaffMember } from './staff-member.ts'

const INVITATION_HOURS = 72

export type NewInvitation = {
	readonly tokenHash: Buffer
	readonly email: string
	readonly role: StaffRole
	readonly totpSecret: string
}

/** Makes this the one invitation for the email: the one before is void. False when the email has an account. */
export async function putInvitation(tx: Tx, { tokenHash, email, role, totpSecret }: NewInvitation): Promise<boolean> {
	const { count } = await tx`
		insert into staff_invitations (token_hash, email, role, totp_secret, expires_at)
		select ${tokenHash}, ${email}, ${role}, ${totpSecret}, now() + make_interval(hours => ${INVITATION_HOURS})
		where not exists (select from staff where email = ${email})
		on conflict (email) do update set token_hash = excluded.token_hash, role = excluded.role,
			totp_secret = excluded.totp_secret, created_at = excluded.created_at, expires_at = excluded.expires_at`
	return count > 0
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
	readonly totp_secret: string
	/** The database's clock, by which codes are taken. */
	readonly now: Date
}

/** Undefined when the link was used, replaced or is too old. */
export async function findInvitation(sql: Sql, tokenHash: Buffer): Promise<Invitation | undefined> {
	const [invitation] = await sql<Invitation[]>`
		select email, role, totp_secret, clock_timestamp() as now from staff_invitations
		where token_hash = ${tokenHash} and expires_at > now()`
	return invitation
}

export type NewCredentials = { readonly passwordHash: string; readonly totpStep: number }

/** Uses the invitation up and makes its account. Undefined when it is no longer good, or the email has an account. */
export async function insertInvited(
	tx: Tx,
	tokenHash: Buffer,
	{ passwordHash, totpStep }: NewCredentials,
): Promise<StaffMember | undefined> {
	const [member] = await tx<StaffMember[]>`
		with used as (
			delete from staff_invitations where token_hash = ${tokenHash} and expires_at > now() returning email, role, totp_secret
		)
		insert into staff (email, role, password_hash, totp_secret, totp_last_step)
		select email, role, ${passwordHash}, totp_secret, ${totpStep} from used
		on conflict (email) do nothing
		returning id, email, role`
	return member
}

export async function insertRecoveryCodes(tx: Tx, staffId: number, codeHashes: readonly Buffer[]): Promise<void> {
	const hexes = codeHashes.map((hash) => hash.toString('hex'))
	await tx`
		insert into staff_recovery_codes (staff_id, code_hash)
		select ${staffId}, decode(hex, 'hex') from json_array_elements_text(${tx.typed.json(hexes)}) as hex`
}
