import { type Static, Type } from 'typebox'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'
import { AUDIT_ACTIONS, AUDIT_SUBJECTS } from './audit.ts'

const SUBJECT_ID_MAX_CHARACTERS = 254

const SubjectType = Type.Enum([...AUDIT_SUBJECTS], { description: 'What it was done to' })
const SubjectId = 'As in addresses: a number, a UUID; of an invitation the email'

/** Filters of the audit log; all that are given must hold. */
export const AuditQuery = Type.Object(
	{
		staff_id: Type.Optional(
			Type.Integer({
				minimum: 0,
				maximum: Number.MAX_SAFE_INTEGER,
				description: 'What this member of the staff did; 0: what was done by the command line',
			}),
		),
		action: Type.Optional(Type.Enum([...AUDIT_ACTIONS])),
		subject_type: Type.Optional(Type.Enum([...AUDIT_SUBJECTS], { description: 'What it was done to. Goes with `subject_id`' })),
		subject_id: Type.Optional(
			Type.String({
				minLength: 1,
				maxLength: SUBJECT_ID_MAX_CHARACTERS,
				description: `${SubjectId}. Goes with \`subject_type\``,
			}),
		),
		from: Type.Optional(Type.String({ format: 'date-time', description: 'Done at or after' })),
		to: Type.Optional(Type.String({ format: 'date-time', description: 'Done before' })),
		...pageQuery,
	},
	{ additionalProperties: false },
)
export type AuditQuery = Static<typeof AuditQuery>

/** A line of the audit log: who did what to what. */
export const AuditEntryView = Type.Object(
	{
		id: Type.Integer(),
		at: Type.String({ format: 'date-time' }),
		staff: Type.Union(
			[
				Type.Object({
					id: Type.Integer(),
					email: Type.Union([Type.String(), Type.Null()], { description: 'Null when the account is gone' }),
				}),
				Type.Null(),
			],
			{ description: 'Who did it; null: it was done by the command line' },
		),
		action: Type.Enum([...AUDIT_ACTIONS]),
		subject: Type.Object({ type: SubjectType, id: Type.String({ description: SubjectId }) }),
		details: Type.Unsafe<Record<string, unknown>>({
			type: 'object',
			additionalProperties: true,
			description: 'What changed, by action; no secrets, and of personal data only which of it',
		}),
	},
	{ title: 'AuditEntry' },
)
export type AuditEntryView = Static<typeof AuditEntryView>
export const AuditPage = pageOf(AuditEntryView)
