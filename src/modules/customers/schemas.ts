import { type Static, Type } from 'typebox'
import { LocaleSchema } from '../../platform/http/locale.ts'
import { pageOf } from '../../platform/http/pages.ts'

export const closed = { additionalProperties: false } as const
export const moment = (description: string) => Type.String({ format: 'date-time', description })

const NAME_MAX = 100
/** RFC 5321: the longest path is 256 characters, its angle brackets included. */
const EMAIL_MAX = 254
/** Room for every way to write a number; E.164 itself has 15 digits. */
const PHONE_MAX = 40

export const CustomerId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Id of a user' })
export const SessionId = Type.String({ format: 'uuid', description: 'Id of a session; not its token' })

export const Name = Type.String({ minLength: 1, maxLength: NAME_MAX, description: 'How to address the person; in one line' })
export const Email = Type.String({ format: 'email', maxLength: EMAIL_MAX })
export const PhoneInput = Type.String({
	minLength: 1,
	maxLength: PHONE_MAX,
	description: 'As people write it; without a country code it is one of the shop’s country. Kept as E.164',
})
export const PhoneOutput = Type.String({ description: 'E.164, like +79001234567' })

/** What the shop asks of a newcomer beside the phone. */
const registrationFields = {
	name: Name,
	email: Email,
	consent: Type.Optional(
		Type.Boolean({ description: 'Consent to the processing of personal data: without `true` it is 422 `consent_required`' }),
	),
	locale: Type.Optional(LocaleSchema),
}

/** What a registration takes. Who has an account is told to nobody, so it is the same for known and unknown phones. */
export const RegistrationBody = Type.Object({ phone: PhoneInput, ...registrationFields }, closed)

export const LoginCodeBody = Type.Object({ phone: PhoneInput }, closed)

/** The answer to everybody who asks for a code, whether one went out or not. */
export const CodeRequested = Type.Object(
	{
		phone: PhoneOutput,
		expires_at: moment('Until when the code is good'),
		resend_after: moment('When another one may be asked for'),
	},
	{ title: 'CodeRequested' },
)
export type CodeRequested = Static<typeof CodeRequested>

export const SessionBody = Type.Object(
	{
		phone: PhoneInput,
		code: Type.String({ pattern: '^[0-9]{6}$', description: 'The six digits that came by SMS' }),
		registration: Type.Optional(
			Type.Object(registrationFields, {
				...closed,
				description:
					'What an account is made from when the phone has none, whatever was sent to `POST /users` before; otherwise it is ignored',
			}),
		),
	},
	closed,
)

export const User = Type.Object(
	{
		id: CustomerId,
		name: Type.String(),
		phone: PhoneOutput,
		email: Type.String(),
		locale: LocaleSchema,
		created_at: moment('When the person registered'),
	},
	{ title: 'User' },
)
export type User = Static<typeof User>

export const SignedIn = Type.Object(
	{
		token: Type.String({ description: 'For `Authorization: Bearer …`; shown once' }),
		expires_at: moment('When the session ends by itself'),
		new_user: Type.Boolean({ description: 'The account was made by this call' }),
		user: User,
	},
	{ title: 'SignedIn' },
)
export type SignedIn = Static<typeof SignedIn>

/** A change of one’s own data: what is left out stays. */
export const ProfileBody = Type.Object(
	{ name: Type.Optional(Name), email: Type.Optional(Email), locale: Type.Optional(LocaleSchema) },
	{ ...closed, minProperties: 1 },
)

export const SessionFields = {
	id: SessionId,
	created_at: moment('When it was signed in'),
	expires_at: moment('When it ends by itself'),
	user_agent: Type.Union([Type.String(), Type.Null()], { description: 'What the browser or program called itself' }),
}
export const SessionPage = pageOf(
	Type.Object({
		...SessionFields,
		current: Type.Boolean({ description: 'The session of this very request' }),
	}),
)
export const SessionParams = Type.Object({ id: SessionId }, closed)
