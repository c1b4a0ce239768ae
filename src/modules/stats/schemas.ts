import { type Static, Type } from 'typebox'
import { OrderStatus } from '../../events/orders.ts'

const moment = (description: string) => Type.String({ format: 'date-time', description })
const nullable = (description: string, options: { format?: string } = {}) =>
	Type.Union([Type.String(options), Type.Null()], { description })
const seconds = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })
const Total = Type.Integer({ description: 'Sum of their totals; 9007199254740991 (2^53 − 1) stands for more, too' })
const Sum = Type.Object({ orders: Type.Integer(), total: Total })

const ZONE_MAX_CHARACTERS = 50

export const StatsQuery = Type.Object(
	{
		from: Type.Optional(moment('Beginning of the period; left out: of today in the time zone')),
		to: Type.Optional(moment('End of the period, itself not within it; left out: now')),
		time_zone: Type.String({
			default: 'UTC',
			// An offset would be read by the database the other way round.
			pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
			maxLength: ZONE_MAX_CHARACTERS,
			description: 'IANA name, such as Europe/Moscow: where days begin',
		}),
	},
	{ additionalProperties: false },
)

const Stay = Type.Object({
	status: OrderStatus,
	orders: Type.Integer({ description: 'Those that left it in the period' }),
	mean_s: seconds('How long they had been in it on average, in seconds'),
	median_s: seconds('Half of them no longer; estimated within its bucket of the histogram'),
	p90_s: seconds('Nine tenths of them no longer; estimated as well'),
	histogram: Type.Array(
		Type.Object({
			from_s: Type.Integer(),
			to_s: Type.Union([Type.Integer(), Type.Null()], { description: 'Null: however long' }),
			orders: Type.Integer(),
		}),
		{ description: 'Buckets that hold any' },
	),
})
export type StayView = Static<typeof Stay>

/** How the shop stands now, and what happened in a period. */
export const Stats = Type.Object(
	{
		from: moment('Beginning of the period’s first step'),
		to: moment('End of the period’s last step'),
		step: Type.Enum(['hour', 'day'], { description: 'Hours of UTC up to eight days, beyond that days of the time zone' }),
		time_zone: Type.String(),
		currency: Type.String({ description: 'ISO 4217' }),
		now: Type.Array(Type.Object({ status: OrderStatus, orders: Type.Integer(), total: Total }), {
			description: 'All orders as they stand now, by status',
		}),
		placed: Sum,
		cancelled: Sum,
		series: Type.Array(
			Type.Object({
				at: moment('Beginning of the step'),
				placed: Type.Integer(),
				placed_total: Total,
				cancelled: Type.Integer({ description: 'By when they were cancelled, whenever they were placed' }),
				cancelled_total: Total,
			}),
			{ description: 'Every step of the period, in order' },
		),
		stays: Type.Array(Stay, { description: 'Time spent in each status that orders leave' }),
		inbound: Type.Array(
			Type.Object({
				topic: Type.String(),
				waiting: Type.Union([Type.Integer(), Type.Null()], {
					description: 'Messages that are not worked off yet; null: the broker does not say just now',
				}),
				oldest_at: nullable('When the first of them was published; null: none waits, or nobody can say', { format: 'date-time' }),
			}),
			{ description: 'Topics that come in' },
		),
		outbox: Type.Object({
			waiting: Type.Integer({ description: 'Events that wait for the broker; counted up to 10,000' }),
			oldest_at: nullable('When the oldest of them was written', { format: 'date-time' }),
		}),
		dead_letters: Type.Integer({
			description: 'Messages and events to be decided on; of each topic and reason counted up to 1,000',
		}),
	},
	{ title: 'Stats' },
)
export type Stats = Static<typeof Stats>
