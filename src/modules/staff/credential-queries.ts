import type { Sql, Tx } from '../../platform/db/database.ts'
import type { StaffMember } from './staff-member.ts'

/** All secrets of authenticator apps as they are kept: the staff are few. */
export async function listTotpSecrets(sql: Sql): Promise<readonly { id: number; totp_secret: string }[]> {
	return sql<{ id: number; totp_secret: string }[]>`select id, totp_secret from staff`
}

/** Writes a secret as it is to be kept, unless it is another one by now. */
export async function replaceTotpSecret(
	sql: Sql,
	{ id, stored, sealed }: { readonly id: number; readonly stored: string; readonly sealed: string },
): Promise<void> {
	await sql`update staff set totp_secret = ${sealed} where id = ${id} and totp_secret = ${stored}`
}

/** An id for somebody who is about to be written down: the secret of the app is sealed for it. */
export async function takeStaffId(tx: Tx): Promise<number> {
	const [row] = await tx<[{ id: number }]>`select nextval(pg_get_serial_sequence('staff', 'id')) as id`
	return row.id
}

export type NewCredentials = {
	/** Of whom. */
	readonly id: number
	readonly passwordHash: string
	/** Sealed. */
	readonly totpSecret: string
	/** Of the code that has been shown: it is used up. */
	readonly totpStep: number
}

/** Uses an invitation up and makes its account. Undefined when it is no longer good, or the email has an account. */
export async function insertInvited(tx: Tx, tokenHash: Buffer, credentials: NewCredentials): Promise<StaffMember | undefined> {
	const { id, passwordHash, totpSecret, totpStep } = credentials
	const [member] = await tx<StaffMember[]>`
		with used as (
			delete from staff_invitations where token_hash = ${tokenHash} and expires_at > now() and staff_id is null
			returning email, role
		)
		insert into staff (id, email, role, password_hash, totp_secret, totp_last_step)
		overriding system value
		select ${id}, email, role, ${passwordHash}, ${totpSecret}, ${totpStep} from used
		on conflict (email) do nothing
		returning id, email, role`
	return member
}

/** Uses a link for new credentials up and writes them down. Undefined when it is no longer good, or the account is deactivated. */
export async function renewCredentials(tx: Tx, tokenHash: Buffer, credentials: NewCredentials): Promise<StaffMember | undefined> {
	const { id, passwordHash, totpSecret, totpStep } = credentials
	const [member] = await tx<StaffMember[]>`
		with used as (
			delete from staff_invitations where token_hash = ${tokenHash} and expires_at > now() and staff_id = ${id} returning staff_id
		), old as (
			delete from staff_recovery_codes where staff_id in (select staff_id from used)
		)
		update staff set password_hash = ${passwordHash}, totp_secret = ${totpSecret}, totp_last_step = ${totpStep}
		from used where id = used.staff_id and deactivated_at is null
		returning id, email, role`
	return member
}

export async function insertRecoveryCodes(tx: Tx, staffId: number, codeHashes: readonly Buffer[]): Promise<void> {
	const hexes = codeHashes.map((hash) => hash.toString('hex'))
	await tx`
		insert into staff_recovery_codes (staff_id, code_hash)
		select ${staffId}, decode(hex, 'hex') from json_array_elements_text(${tx.typed.json(hexes)}) as hex`
}

export async function setPassword(tx: Tx, staffId: number, passwordHash: string): Promise<void> {
	await tx`update staff set password_hash = ${passwordHash} where id = ${staffId}`
}
