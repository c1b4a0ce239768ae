import { type Static, Type } from 'typebox'

const moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()])

/** `shop.reports.v1`, out, by report id: `report.completed`. */
export const ReportCompleted = Type.Object(
	{
		report_id: Type.String(),
		number: Type.Integer(),
		result: Type.Literal('success'),
		lines: Type.Integer(),
		bytes: Type.Integer(),
		sha256: Type.String(),
		file: Type.String({ description: 'Where it lies below REPORTS_URL' }),
		from: moment,
		to: moment,
	},
	{ $id: 'ReportCompleted' },
)
export type ReportCompleted = Static<typeof ReportCompleted>

/** `shop.reports.v1`, out, by report id: `report.failed`. */
export const ReportFailed = Type.Object(
	{
		report_id: Type.String(),
		number: Type.Integer(),
		result: Type.Literal('fail'),
		error: Type.Object({ code: Type.String(), message: Type.String() }),
	},
	{ $id: 'ReportFailed' },
)
export type ReportFailed = Static<typeof ReportFailed>
