import { type Static, Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import { readAccount, readSignInTraces, type SignInTraces } from './export-queries.ts'
import { hashPhone } from './login-code.ts'
import type { PersonalData } from './personal-data.ts'
import { listSessions } from './queries.ts'
import { requireRecord } from './require-customer.ts'
import { moment, SessionFields, User } from './schemas.ts'
import { viewSession } from './session.ts'

const WaitingCode = Type.Object(
	{
		sent_at: moment('When it was sent'),
		expires_at: moment('Until when it is good'),
		tries: Type.Integer({ description: 'How often a wrong one was typed instead' }),
		registers: Type.Boolean({
			description: 'Whether somebody asked to register with it. What they typed is theirs, whoever they are, and is not told',
		}),
	},
	{ description: 'The code that waits to be typed, not the digits: nobody knows them but the phone' },
)

const Account = Type.Object({
	exported_at: moment('Of which moment this is'),
	user: Type.Object({
		...User.properties,
		updated_at: moment('When something of it was changed last'),
		blocked: Type.Union([Type.Object({ at: moment('Since when'), reason: Type.String() }), Type.Null()]),
	}),
	consents: Type.Array(
		Type.Object({ version: Type.String({ description: 'Which text was agreed to' }), at: moment('When it was agreed to') }),
	),
	sessions: Type.Array(Type.Object(SessionFields), { description: 'Where the user is signed in' }),
	sign_in: Type.Object(
		{
			codes_sent: Type.Array(
				Type.Object({
					at: moment('When a code was sent to the phone'),
					address: Type.String({ description: 'Who asked for it: an IPv4 address, or the /64 network of an IPv6 one' }),
				}),
			),
			codes_wrong: Type.Array(moment('When a code was typed that was wrong')),
			code: Type.Union([WaitingCode, Type.Null()]),
		},
		{ description: 'What is kept of the last day, so that nobody guesses codes; newest first' },
	),
})

/** Everything about somebody: what this module keeps, and a field for each of the other modules' parts. */
export type UserExport = Static<typeof Account> & Readonly<Record<string, unknown>>

/** The shape of an export with these parts. */
export const exportSchema = (parts: readonly PersonalData[]) =>
	Type.Unsafe<UserExport>(
		Type.Object(
			{ ...Account.properties, ...Object.fromEntries(parts.map(({ name, schema }) => [name, schema])) },
			{ title: 'UserExport' },
		),
	)

/** Whose export, in which language. */
export type Wanted = { readonly id: number; readonly locale: Locale }

/**
 * Everything that is kept about a customer, as of one moment: `tx` is a transaction that sees one (repeatable read). Undefined
 * when there is no such customer, or they were erased.
 */
export async function exportCustomer(
	tx: Tx,
	{ secret }: Pick<Service, 'secret'>,
	parts: readonly PersonalData[],
	{ id, locale }: Wanted,
): Promise<UserExport | undefined> {
	const account = await readAccount(tx, id)
	if (account === undefined) return undefined
	const { at, consent, blocked, ...user } = account
	const [sessions, traces, ...others] = await Promise.all([
		listSessions(tx, id),
		readSignInTraces(tx, hashPhone(secret, user.phone)),
		...parts.map(({ read }) => read(tx, id, locale)),
	])
	return {
		exported_at: at.toISOString(),
		user: {
			...user,
			created_at: user.created_at.toISOString(),
			updated_at: user.updated_at.toISOString(),
			blocked: blocked && { at: blocked.at.toISOString(), reason: blocked.reason },
		},
		consents: [{ version: consent.version, at: consent.at.toISOString() }],
		sessions: sessions.map(viewSession),
		sign_in: viewTraces(traces),
		...Object.fromEntries(parts.map(({ name }, index) => [name, others[index]])),
	}
}

const viewTraces = ({ codes_sent, codes_wrong, code }: SignInTraces): UserExport['sign_in'] => ({
	codes_sent: codes_sent.map(({ at, address }) => ({ at: at.toISOString(), address })),
	codes_wrong: codes_wrong.map((at) => at.toISOString()),
	code: code && {
		sent_at: code.sent_at.toISOString(),
		expires_at: code.expires_at.toISOString(),
		tries: code.tries,
		registers: code.registers,
	},
})

/** The same for a member of the staff, with a line in the audit log; throws `user_not_found` or `user_erased`. */
export const exportForStaff = (
	service: Service,
	parts: readonly PersonalData[],
	{ staffId, ...wanted }: Wanted & { readonly staffId: number },
): Promise<UserExport | undefined> =>
	service.sql.begin('isolation level repeatable read', async (tx) => {
		const { id } = await requireRecord(tx, wanted.id)
		await appendAudit(tx, [{ staffId, action: 'user_exported', subject: { type: 'user', id }, details: {} }])
		return exportCustomer(tx, service, parts, wanted)
	})

/** The header that has a browser keep the answer as a file, named by whom it is about. */
export const attachment = (id: number): Readonly<Record<string, string>> => ({
	'content-disposition': `attachment; filename="user-${id}.json"`,
})
