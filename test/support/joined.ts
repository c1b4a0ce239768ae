import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import * as OTPAuth from 'otpauth'
import type { StaffRole } from '../../src/platform/http/policy.ts'
import type { Answer, Client } from './client.ts'
import type { TestShop } from './shop.ts'
import { totpOf } from './staff.ts'

const PASSWORD = 'correct horse battery staple'
const STEP_MS = 30_000

/** Somebody who has joined by an invitation of the panel, with all they know. */
export type Joined = {
	readonly id: number
	readonly email: string
	readonly token: string
	/** Of the authenticator app. */
	readonly uri: string
	readonly codes: readonly string[]
	readonly client: Client
}

export const newEmail = (): string => `s-${randomUUID()}@example.com`

/** The token in the link of an invitation. */
export const tokenOf = (link: string): string => /#token=(.+)$/.exec(link)?.[1] ?? assert.fail(link)

/** The code of the next half minute, which is taken too: that of now was used in joining. */
export const nextTotp = (uri: string): string => OTPAuth.URI.parse(uri).generate({ timestamp: Date.now() + STEP_MS })

/** How people join by a panel whose owner is `owner()`. */
export function joinersOf(shop: () => TestShop, owner: () => Client) {
	const invite = (email = newEmail(), role: StaffRole = 'viewer') =>
		owner().post('/admin/staff/invitations', { body: { email, role } })

	async function accept(token: string, password = PASSWORD): Promise<Joined> {
		const { guest } = shop()
		const { totp_uri: uri } = (await guest.post('/admin/invitations/open', { body: { token } })).body
		const { status, body } = await guest.post('/admin/invitations/accept', { body: { token, password, totp: totpOf(uri) } })
		assert.equal(status, 201)
		const { id, email } = body.staff
		return { id, email, token: body.token, uri, codes: body.recovery_codes, client: guest.as(body.token) }
	}

	return {
		invite,
		accept,
		join: async (role: StaffRole = 'viewer'): Promise<Joined> => accept(tokenOf((await invite(newEmail(), role)).body.link)),
		signIn: (email: string, totp: string, password = PASSWORD): Promise<Answer> =>
			shop().guest.post('/admin/sessions', { body: { email, password, totp }, headers: { 'user-agent': 'Desk/1.0' } }),
	}
}

/** What the audit tells of somebody or something, oldest first. */
export const auditOf = async ({ sql }: TestShop, type: string, id: string | number) => [
	...(await sql<{ action: string; staff_id: number | null; details: object }[]>`
		select action, staff_id, details from audit_log where subject_type = ${type} and subject_id = ${String(id)} order by id`),
]

/** The same, each line as who, what and its details. */
export const auditLinesOf = async (shop: TestShop, type: string, id: string | number) =>
	(await auditOf(shop, type, id)).map(({ staff_id, action, details }) => [staff_id, action, details])

export const actionsOf = async (shop: TestShop, type: string, id: string | number): Promise<string[]> =>
	(await auditOf(shop, type, id)).map(({ action }) => action)

/** The statuses of what a session is answered by several instances. */
export const statusesOf = (token: string, shops: readonly TestShop[]): Promise<number[]> =>
	Promise.all(shops.map(async ({ guest }) => (await guest.as(token).get('/admin/me')).status))
