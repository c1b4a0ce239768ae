import { type Static, Type } from 'typebox'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'
import { STAFF_ROLES } from '../../platform/http/policy.ts'
import { SCOPES } from './api-key.ts'
import { EMAIL_MAX, EMAIL_PATTERN } from './email.ts'
import { KEY_DAYS } from './key-queries.ts'
import { KEY_NAME } from './keys.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './password.ts'

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
		purpose: Type.Enum(['join', 'renew'], {
			description: '`join`: an account is made; `renew`: an account gets another password and another authenticator app',
		}),
	},
	{ title: 'OpenedInvitation' },
)
export type OpenedInvitation = Static<typeof OpenedInvitation>

const NewPassword = Type.String({
	minLength: PASSWORD_MIN,
	maxLength: PASSWORD_MAX,
	description: 'Without the part of the email before the @',
})

export const InvitationAcceptBody = Type.Object(
	{
		token: InvitationToken,
		password: NewPassword,
		totp: Type.String({
			pattern: '^[0-9]{3} ?[0-9]{3}$',
			description: 'The six digits that the authenticator app shows now',
		}),
	},
	closed,
)

const Code = Type.String({
	minLength: 1,
	maxLength: CODE_MAX,
	description: 'The six digits that the authenticator app shows now, or one of the recovery codes',
})

export const StaffSessionBody = Type.Object(
	{
		email: Type.String({ pattern: EMAIL_PATTERN, maxLength: EMAIL_MAX }),
		password: Type.String({ minLength: 1, maxLength: PASSWORD_MAX }),
		totp: Code,
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

const moment = (description: string) => Type.String({ format: 'date-time', description })
const maybeMoment = (description: string) => Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description })
const rowId = (description: string) => Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description })
const idParams = (description: string) => Type.Object({ id: rowId(description) }, closed)
const Role = StaffFields.role

export const PageQuery = Type.Object(pageQuery, closed)

export const OwnSessionPage = pageOf(
	Type.Object(
		{
			id: Type.String({ format: 'uuid', description: 'Not its token' }),
			created_at: moment('When it was opened'),
			expires_at: moment('When it ends by itself'),
			user_agent: Type.Union([Type.String(), Type.Null()], { description: 'What the browser calls itself' }),
			current: Type.Boolean({ description: 'It is the one of this request' }),
		},
		{ title: 'StaffSession' },
	),
)
export const OwnSessionParams = Type.Object({ id: Type.String({ format: 'uuid' }) }, closed)

export const PasswordBody = Type.Object(
	{
		current_password: Type.String({ minLength: 1, maxLength: PASSWORD_MAX }),
		password: NewPassword,
		totp: Code,
	},
	closed,
)

/** A member of the staff as the owners see them. */
export const StaffRecordView = Type.Object(
	{
		...StaffFields,
		active: Type.Boolean({ description: 'False: may not come in' }),
		deactivated_at: maybeMoment('Since when; null: active'),
		second_factor: Type.Object({
			type: Type.Literal('totp'),
			recovery_codes_left: Type.Integer(),
		}),
		sessions: Type.Integer({ description: 'On how many devices signed in' }),
		last_signed_in_at: maybeMoment('Null: not since this is noted'),
		reset_expires_at: maybeMoment('Until when a link for new credentials is good; null: there is none'),
		created_at: moment('When the account was made'),
	},
	{ title: 'StaffRecord' },
)
export type StaffRecordView = Static<typeof StaffRecordView>
export const StaffRecordPage = pageOf(StaffRecordView)
export const StaffParams = idParams('Id of a member of the staff')
export const StaffChangeBody = Type.Object(
	{ role: Type.Optional(Role), active: Type.Optional(Type.Boolean({ description: 'False: shuts them out' })) },
	{ ...closed, minProperties: 1 },
)

export const StaffResetMade = Type.Object(
	{
		link: Type.String({ description: 'To be given to whom it is for; shown once' }),
		expires_at: moment('Until when it is good'),
	},
	{ title: 'StaffResetMade' },
)

const InvitationFields = {
	id: rowId('Id of an invitation'),
	email: StaffFields.email,
	role: Role,
	invited_by: Type.Union([Type.String(), Type.Null()], { description: 'The email of who has invited; null: the command line' }),
	created_at: moment('When the link was made'),
	expires_at: moment('Until when it is good'),
}
export const InvitationPage = pageOf(Type.Object(InvitationFields, { title: 'StaffInvitation' }))
export const InvitationParams = idParams('Id of an invitation')
export const InvitationBody = Type.Object(
	{ email: Type.String({ pattern: EMAIL_PATTERN, maxLength: EMAIL_MAX }), role: Role },
	closed,
)
export const InvitationMade = Type.Object(
	{ ...InvitationFields, link: Type.String({ description: 'To be given to whom it is for; shown once' }) },
	{ title: 'StaffInvitationMade' },
)

/** Ten years: longer than anybody remembers where a key lies. */
const KEY_DAYS_MAX = 3_650
const KeyFields = {
	id: rowId('Id of a key'),
	name: Type.String({ description: 'Of the service that uses it' }),
	scopes: Type.Array(Type.String()),
	state: Type.Enum(['live', 'expired', 'revoked']),
	created_at: moment('When it was made'),
	expires_at: moment('Until when it is good'),
	revoked_at: maybeMoment('When it was revoked'),
}
export const KeyView = Type.Object(KeyFields, { title: 'ApiKey' })
export type KeyView = Static<typeof KeyView>
export const KeyPage = pageOf(KeyView)
export const KeyParams = idParams('Id of a key')
export const KeyBody = Type.Object(
	{
		name: Type.String({
			pattern: KEY_NAME,
			description: 'Of the service: up to 63 letters, digits, dots, dashes and underscores',
		}),
		scopes: Type.Array(Type.Enum([...SCOPES]), { minItems: 1, uniqueItems: true, description: 'What it is good for' }),
		expires_in_days: Type.Integer({ minimum: 1, maximum: KEY_DAYS_MAX, default: KEY_DAYS }),
	},
	closed,
)
export const KeyMade = Type.Object(
	{ ...KeyFields, key: Type.String({ description: 'For `Authorization: Bearer …`; shown once' }) },
	{ title: 'ApiKeyMade' },
)
