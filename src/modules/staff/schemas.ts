import { type Static, Type } from 'typebox'
import { EMAIL_MAX, EMAIL_PATTERN } from './email.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './password.ts'
import { STAFF_ROLES } from './roles.ts'

const closed = { additionalProperties: false } as const

/** Longer than any token of ours. */
const TOKEN_MAX = 200
/** Room for a recovery code, however it is typed. */
const CODE_MAX = 40

const InvitationToken = Type.String({
	minLength: 1,
	maxLength: TOKEN_MAX,
	description: 'What stands after `#token=` in the link of the invitation',
})

const StaffFields = {
	id: Type.Integer({ description: 'Id of a member of the staff' }),
	email: Type.String(),
	role: Type.Enum([...STAFF_ROLES], { description: 'Each role may do what the ones before it may' }),
}

export const Staff = Type.Object(StaffFields, { title: 'Staff' })
export type Staff = Static<typeof Staff>

export const InvitationOpenBody = Type.Object({ token: InvitationToken }, closed)

export const OpenedInvitation = Type.Object(
	{
		email: StaffFields.email,
		role: StaffFields.role,
		totp_uri: Type.String({ description: 'For the authenticator app, to be shown as a QR code: `otpauth://totp/…?secret=…`' }),
	},
	{ title: 'OpenedInvitation' },
)
export type OpenedInvitation = Static<typeof OpenedInvitation>

export const InvitationAcceptBody = Type.Object(
	{
		token: InvitationToken,
		password: Type.String({
			minLength: PASSWORD_MIN,
			maxLength: PASSWORD_MAX,
			description: 'Without the part of the email before the @',
		}),
		totp: Type.String({
			pattern: '^[0-9]{3} ?[0-9]{3}$',
			description: 'The six digits that the authenticator app shows now',
		}),
	},
	closed,
)

export const StaffSessionBody = Type.Object(
	{
		email: Type.String({ pattern: EMAIL_PATTERN, maxLength: EMAIL_MAX }),
		password: Type.String({ minLength: 1, maxLength: PASSWORD_MAX }),
		totp: Type.String({
			minLength: 1,
			maxLength: CODE_MAX,
			description: 'The six digits that the authenticator app shows now, or one of the recovery codes',
		}),
	},
	closed,
)

const SessionFields = {
	token: Type.String({ description: 'For `Authorization: Bearer …`; shown once' }),
	expires_at: Type.String({ format: 'date-time', description: 'When the session ends by itself' }),
	staff: Staff,
}

export const StaffSignedIn = Type.Object(SessionFields, { title: 'StaffSignedIn' })
export type StaffSignedIn = Static<typeof StaffSignedIn>

export const InvitationAccepted = Type.Object(
	{
		...SessionFields,
		recovery_codes: Type.Array(Type.String(), {
			description: 'Each stands in for the authenticator app once. Shown now and never again: print them',
		}),
	},
	{ title: 'InvitationAccepted' },
)
export type InvitationAccepted = Static<typeof InvitationAccepted>
