import { Type } from 'typebox'
import { decodeCursor, toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import { problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { changeStaff, resetStaff } from './change-staff.ts'
import { staffOf } from './guard.ts'
import { type PutInvitation, listInvitations } from './invitation-queries.ts'
import { invitationLink, makeInvitation, withdrawInvitation } from './invite-staff.ts'
import { staffProblem } from './problems.ts'
import {
	InvitationBody,
	InvitationMade,
	InvitationPage,
	InvitationParams,
	PageQuery,
	StaffChangeBody,
	StaffParams,
	StaffRecordPage,
	StaffRecordView,
	StaffResetMade,
} from './schemas.ts'
import { findStaff, listStaff, type StaffRecord } from './team-queries.ts'

const policy = staff('owner')
const tags = ['admin: staff']
const { table } = staffProblem
const BY_EMAIL = 'email'
const NEWEST = 'newest'

/** How the owners manage the staff. */
export function registerTeamRoutes(app: App, service: Service): void {
	registerMembers(app, service)
	registerReset(app, service)
	registerInvitations(app, service)
	registerInviting(app, service)
}

function registerMembers(app: App, { sql }: Service): void {
	app.get(
		'/admin/staff',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'List the staff',
				description: 'By email.',
				querystring: PageQuery,
				response: { 200: StaffRecordPage },
			},
		},
		async ({ query: { limit, cursor } }) => {
			const after = cursor === undefined ? '' : decodeCursor(cursor, BY_EMAIL, ['string'])[0]
			return toPage(await listStaff(sql, after, limit + 1), limit, { item: recordOf, cursor: ({ email }) => [BY_EMAIL, email] })
		},
	)
	app.patch(
		'/admin/staff/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Change somebody’s role, or shut them out',
				description: 'Whatever changes, their sessions end at once. Somebody must remain who may do this.',
				params: StaffParams,
				body: StaffChangeBody,
				response: { 200: StaffRecordView, ...problemsOf(table, ['staff_not_found', 'last_owner']) },
			},
		},
		async (request) => {
			const { id } = request.params
			await changeStaff(sql, { id, by: staffOf(request).id }, request.body)
			const record = await findStaff(sql, id)
			if (record === undefined) throw staffProblem('staff_not_found')
			return recordOf(record)
		},
	)
}

function registerReset(app: App, service: Service): void {
	app.post(
		'/admin/staff/:id/reset',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Make a link for new credentials',
				description:
					'For who has lost the password or the phone: by the link they choose another password and register another ' +
					'authenticator app. It works once, for 72 hours. Their sessions end at once; what they know stays good until then, so ' +
					'who must not come in is to be deactivated.',
				params: StaffParams,
				response: { 201: StaffResetMade, ...problemsOf(table, ['staff_not_found', 'staff_deactivated']) },
			},
		},
		async (request, reply) => {
			const { token, expires_at } = await resetStaff(service.sql, { id: request.params.id, by: staffOf(request).id })
			void reply.code(201)
			return { link: invitationLink(service.publicUrl, token), expires_at: expires_at.toISOString() }
		},
	)
}

function registerInvitations(app: App, { sql }: Service): void {
	app.get(
		'/admin/staff/invitations',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'List open invitations',
				description: 'Newest first.',
				querystring: PageQuery,
				response: { 200: InvitationPage },
			},
		},
		async ({ query: { limit, cursor } }) => {
			const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor, NEWEST, ['number'])[0]
			return toPage(await listInvitations(sql, before, limit + 1), limit, {
				item: (invitation) => ({ ...invitation, ...timesOf(invitation) }),
				cursor: ({ id }) => [NEWEST, id],
			})
		},
	)
	app.delete(
		'/admin/staff/invitations/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Withdraw an invitation',
				params: InvitationParams,
				response: { 204: Type.Null(), ...problemsOf(table, ['invitation_not_found']) },
			},
		},
		async (request, reply) => {
			await withdrawInvitation(sql, request.params.id, staffOf(request).id)
			return reply.code(204).send(null)
		},
	)
}

function registerInviting(app: App, service: Service): void {
	app.post(
		'/admin/staff/invitations',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Invite somebody to the staff',
				description: 'The link works once, for 72 hours. Another one for the same email voids the one before.',
				body: InvitationBody,
				response: { 201: InvitationMade, ...problemsOf(table, ['staff_exists']) },
			},
		},
		async (request, reply) => {
			const { id: by, email: invited_by } = staffOf(request)
			const { id, email, role, token, ...times } = await makeInvitation(service.sql, request.body, by)
			void reply.code(201)
			return { id, email, role, invited_by, ...timesOf(times), link: invitationLink(service.publicUrl, token) }
		},
	)
}

const timesOf = ({ created_at, expires_at }: Pick<PutInvitation, 'created_at' | 'expires_at'>) => ({
	created_at: created_at.toISOString(),
	expires_at: expires_at.toISOString(),
})

const textOf = (moment: Date | null): string | null => moment?.toISOString() ?? null

const recordOf = ({ id, email, role, sessions, ...record }: StaffRecord): StaffRecordView => ({
	id,
	email,
	role,
	active: record.deactivated_at === null,
	deactivated_at: textOf(record.deactivated_at),
	second_factor: { type: 'totp', recovery_codes_left: record.recovery_codes },
	sessions,
	last_signed_in_at: textOf(record.last_signed_in_at),
	reset_expires_at: textOf(record.reset_expires_at),
	created_at: record.created_at.toISOString(),
})
