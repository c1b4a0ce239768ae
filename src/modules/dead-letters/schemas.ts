import { type Static, Type } from 'typebox'
import { LETTER_STATES } from '../../platform/dead-letters/decide.ts'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'

const closed = { additionalProperties: false } as const
const TOPIC_MAX_CHARACTERS = 249
const DECIDED_AT_ONCE_MAX = 100

const nullable = (description: string, options: { format?: string } = {}) =>
	Type.Union([Type.String(options), Type.Null()], { description })
const nullableNumber = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description })
const LetterId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Id of a dead letter' })
const Direction = Type.Enum(['in', 'out'], {
	description: '`in`: a message of another service that can’t be applied; `out`: an event of ours that its topic does not take',
})
const State = Type.Enum([...LETTER_STATES], { description: '`open`: nobody has decided what becomes of it' })
const Reason = Type.String({ description: 'A word for programs: `wrong_schema`, `unknown_order` …; of events `refused`' })

/** Filters of the dead letters; all that are given must hold. */
export const DeadLetterQuery = Type.Object(
	{
		topic: Type.Optional(
			Type.String({ minLength: 1, maxLength: TOPIC_MAX_CHARACTERS, description: 'Where it stood or should go' }),
		),
		reason: Type.Optional(Type.String({ pattern: '^[a-z_]{1,40}$', description: 'The word for programs' })),
		state: Type.Optional(State),
		...pageQuery,
	},
	closed,
)

const fields = {
	id: LetterId,
	direction: Direction,
	topic: Type.String(),
	partition: nullableNumber('Where it stood; null for an event of ours'),
	offset: nullableNumber('Where it stood; null for an event of ours'),
	key: nullable('The key’s beginning, as text'),
	bytes: Type.Integer({ description: 'Of the value as it came' }),
	whole: Type.Boolean({
		description: 'False: it is too large to be kept whole, or a secret. Only its beginning is there, and it can’t be replayed',
	}),
	reason: Reason,
	message: Type.String({ description: 'The reason as a sentence' }),
	attempts: Type.Integer({ description: 'How often it was tried, with all replays' }),
	replay_of: nullableNumber('The letter whose replay this is; it may be gone by now'),
	at: Type.String({ format: 'date-time', description: 'When it was put aside' }),
	state: State,
	decided_at: nullable('When it was replayed or dropped', { format: 'date-time' }),
	decided_by: Type.Union(
		[
			Type.Object({
				id: Type.Integer(),
				email: nullable('Null when the account is gone'),
			}),
			Type.Null(),
		],
		{ description: 'Who of the staff has decided' },
	),
}

/** A dead letter in a list. */
export const ListedDeadLetter = Type.Object(fields, { title: 'ListedDeadLetter' })
export type ListedDeadLetter = Static<typeof ListedDeadLetter>
export const DeadLetterPage = pageOf(ListedDeadLetter)

/** A dead letter with what stands in it. */
export const DeadLetter = Type.Object(
	{
		...fields,
		key_base64: nullable('The key’s bytes'),
		value_base64: nullable(
			'The value’s bytes; null for a withdrawal, and for a secret. Of a letter that is not whole the beginning',
		),
		value_text: nullable('The same as text; null where it is not UTF-8'),
		headers: Type.Unsafe<Record<string, string>>({
			type: 'object',
			additionalProperties: { type: 'string' },
			description: 'As they came',
		}),
		published_at: nullable('When it was published; null for an event of ours', { format: 'date-time' }),
		event_id: nullable('The `ce_id` of an event of ours', { format: 'uuid' }),
		type: nullable('The `ce_type` of an event of ours'),
		replay: nullableNumber('The letter that its replay has become, where that has come to nothing again'),
	},
	{ title: 'DeadLetter' },
)
export type DeadLetter = Static<typeof DeadLetter>

export const DeadLetterParams = Type.Object({ id: LetterId }, closed)

export const DeadLetterCounts = Type.Object(
	{
		data: Type.Array(
			Type.Object({
				direction: Direction,
				topic: Type.String(),
				reason: Reason,
				letters: Type.Integer({ description: 'Up to 1,000' }),
				more: Type.Boolean({ description: 'There are more than `letters`' }),
				newest_at: Type.String({ format: 'date-time' }),
			}),
		),
	},
	{ title: 'DeadLetterCounts' },
)
export type DeadLetterCounts = Static<typeof DeadLetterCounts>

export const DecisionBody = Type.Object(
	{ ids: Type.Array(LetterId, { minItems: 1, maxItems: DECIDED_AT_ONCE_MAX, uniqueItems: true }) },
	closed,
)

const OUTCOMES = ['replayed', 'dropped', 'decided_before', 'not_whole', 'not_found'] as const
export const DecisionResults = Type.Object(
	{
		data: Type.Array(
			Type.Object({
				id: LetterId,
				outcome: Type.Enum([...OUTCOMES], {
					description:
						'`decided_before`: it was replayed or dropped already, see `state`; `not_whole`: it can’t be replayed, for only a part of it was kept',
				}),
				state: Type.Union([State, Type.Null()], { description: 'By now; null where there is no such letter' }),
			}),
		),
	},
	{ title: 'DeadLetterDecisions' },
)
export type DecisionResult = Static<typeof DecisionResults>['data'][number]
