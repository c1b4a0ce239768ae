import { randomUUID } from 'node:crypto'
import * as OTPAuth from 'otpauth'
import { makeInvitation, makeKey } from '../../src/modules/staff/index.ts'
import type { Sql } from '../../src/platform/db/database.ts'
import type { StaffRole } from '../../src/platform/http/policy.ts'
import type { Client } from './client.ts'
import type { ReachedShop } from './shop.ts'

const STAFF_PASSWORD = 'correct horse battery staple'

/** Somebody of the staff who is signed in. */
export type StaffMember = Client & {
	readonly id: number
	readonly email: string
	readonly token: string
	/** What their authenticator app was given. */
	readonly totpUri: string
}

/** The code that an authenticator app shows now. */
export const totpOf = (uri: string): string => OTPAuth.URI.parse(uri).generate()

/** Invites somebody as the command line does, and returns the token of the link. */
export const inviteByCommand = async (sql: Sql, wish: { email: string; role: string }): Promise<string> =>
	(await makeInvitation(sql, wish, null)).token

/** Makes a key as the command line does, and returns its text. */
export const makeKeyByCommand = async (sql: Sql, wish: { name: string; scopes: readonly string[] }): Promise<string> =>
	(await makeKey(sql, wish, null)).key

/** Invites somebody as the command line does, and accepts as the person would. */
export async function signInStaff(shop: ReachedShop, role: StaffRole): Promise<StaffMember> {
	const email = `${role}-${randomUUID().slice(0, 8)}@example.com`
	return acceptInvitation(shop.guest, await inviteByCommand(shop.sql, { email, role }))
}

/** Accepts the invitation with that token, as the person would who got the link. */
export async function acceptInvitation(guest: Client, token: string): Promise<StaffMember> {
	const opened = await guest.post('/admin/invitations/open', { body: { token } })
	const accepted = await guest.post('/admin/invitations/accept', {
		body: { token, password: STAFF_PASSWORD, totp: totpOf(opened.body.totp_uri) },
	})
	if (accepted.status !== 201) throw new Error(`accept: ${accepted.status} ${JSON.stringify(accepted.body)}`)
	const { staff, token: session } = accepted.body
	return { ...guest.as(session), id: staff.id, email: staff.email, token: session, totpUri: opened.body.totp_uri }
}

/** Changes an order's status from what it is now, as the panel does. */
export async function moveOrder(by: StaffMember, id: string, status: string): Promise<void> {
	const current = await by.get(`/admin/orders/${id}`)
	const headers = { 'if-match': current.headers.get('etag') ?? '' }
	const changed = await by.patch(`/admin/orders/${id}/status`, { body: { status }, headers })
	if (changed.status !== 200) throw new Error(`PATCH /admin/orders/${id}/status: ${changed.status} ${changed.text}`)
}

/** Another service with a key of its own, made as the command line makes it. */
export async function serviceWithKey(shop: ReachedShop, ...scopes: string[]): Promise<Client & { key: string }> {
	const key = await makeKeyByCommand(shop.sql, { name: `service-${randomUUID().slice(0, 8)}`, scopes })
	return { ...shop.guest.as(key), key }
}
