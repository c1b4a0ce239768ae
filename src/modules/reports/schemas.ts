import { type Static, Type } from 'typebox'
import { pageOf, pageQuery } from '../../platform/http/pages.ts'
import { optionalBody } from '../../platform/http/validation.ts'
import { FAILURE_CODES } from './failures.ts'
import { REPORT_STATUSES } from './report.ts'

const nullable = (description: string, options: { format?: string } = {}) =>
	Type.Union([Type.String(options), Type.Null()], { description })
const moment = (description: string) => nullable(description, { format: 'date-time' })

/** What to report on; without a body, or with nulls: all sales. */
export const ReportBody = optionalBody(
	Type.Object(
		{
			from: Type.Optional(moment('Orders placed at or after; to the millisecond')),
			to: Type.Optional(
				moment('Orders placed before; later than `from`. Where that is just now, the report waits some seconds for them'),
			),
		},
		{ additionalProperties: false },
	),
)
export type ReportBody = Static<typeof ReportBody>

export const ReportKeyHeader = Type.Object({
	'idempotency-key': Type.Optional(
		Type.String({
			pattern: '^[\\x20-\\x7e]{1,64}$',
			description: 'May be left out. 1–64 printable characters: sent again with the same key, the same report is answered',
		}),
	),
})

export const ReportParams = Type.Object({ id: Type.String({ format: 'uuid' }) }, { additionalProperties: false })

const id = Type.String({ format: 'uuid' })
const number = Type.Integer({ description: 'The report’s unique number, for people' })

export const ReportAccepted = Type.Object({ report_id: id, number, status: Type.Literal('pending') }, { title: 'ReportAccepted' })
export type ReportAccepted = Static<typeof ReportAccepted>

const ReportFields = {
	report_id: id,
	number,
	status: Type.Enum([...REPORT_STATUSES], { description: '`expired`: it was completed, its file is no longer kept' }),
	lines: Type.Integer({ description: 'Of the file; while it is running, so far' }),
	bytes: Type.Integer({ description: 'Of the file; while it is running, so far' }),
	estimate: Type.Union(
		[
			Type.Object({
				lines_total: Type.Integer({ description: 'What `lines` may come to; once it is completed, exactly' }),
				seconds_left: Type.Union([Type.Integer(), Type.Null()], { description: 'Null where nobody knows' }),
			}),
			Type.Null(),
		],
		{ description: 'How far it is; null where nobody knows' },
	),
	sha256: nullable('Of the file, in hexadecimal; null until it is completed'),
	from: moment('Start of the period; null: from the first order'),
	to: moment('End of the period, not included; null: all there was when it was made'),
	error: Type.Union(
		[
			Type.Object({
				code: Type.Enum([...FAILURE_CODES]),
				message: Type.String({ description: 'What to do, in the language of Accept-Language' }),
			}),
			Type.Null(),
		],
		{ description: 'Why it failed; else null' },
	),
	requested_at: Type.String({ format: 'date-time' }),
	completed_at: moment('When it was completed or failed'),
}

/** A report as the service that asks for it sees it. */
export const ReportView = Type.Object(ReportFields, { title: 'Report' })
export type ReportView = Static<typeof ReportView>

/** A report as the staff see it. */
export const StaffReportView = Type.Object(
	{
		...ReportFields,
		requested_by: Type.Object(
			{
				type: Type.Enum(['service', 'staff']),
				id: Type.Integer({ description: 'Of the API key, or of the member of the staff' }),
				name: nullable('The key’s name, or the email; null where it is no longer known'),
			},
			{ description: 'Who asked for it' },
		),
	},
	{ title: 'StaffReport' },
)
export type StaffReportView = Static<typeof StaffReportView>

export const StaffReportQuery = Type.Object(pageQuery, { additionalProperties: false })
export const StaffReportPage = pageOf(StaffReportView)
