import type { FastifyRequest } from 'fastify'
import type { Files } from '../../platform/files/port.ts'
import { localeOf } from '../../platform/http/locale.ts'
import { type Cursor, decodeCursor, toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import { httpProblem, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { orderProblem } from '../orders/index.ts'
import type { Service } from '../service.ts'
import { appendAudit, readKeyNames, readStaffEmails, staffOf } from '../staff/index.ts'
import { cancelReport } from './cancel-report.ts'
import { registerReportFile } from './file-routes.ts'
import { reportProblem } from './problems.ts'
import { findReport, listReports } from './queries.ts'
import type { Report } from './report.ts'
import { requestReport, salesPeriodOf } from './request-report.ts'
import { ReportBody, ReportKeyHeader, ReportParams, StaffReportPage, StaffReportQuery, StaffReportView } from './schemas.ts'
import { type RequesterNames, viewForStaff } from './view-report.ts'

const policy = staff('manager')
const tags = ['admin: reports']
const table = { ...httpProblem.table, ...orderProblem.table, ...reportProblem.table }
const SORT = 'newest'

/** What the staff do with reports, those that services ask for included. */
export function registerReportAdminRoutes(app: App, service: Service, files: Files): void {
	registerReading(app, service)
	registerRequesting(app, service)
	registerCancelling(app, service, files)
	const noteDownload = (request: FastifyRequest, { id, number }: Report) =>
		service.sql.begin((tx) =>
			appendAudit(tx, [
				{
					staffId: staffOf(request).id,
					action: 'report_downloaded',
					subject: { type: 'report', id },
					details: { number, range: request.headers.range ?? null },
				},
			]),
		)
	registerReportFile(app, service, { files, path: '/admin/reports/:id/file', policy, tags, noteDownload })
}

async function namesFor({ sql }: Service, reports: readonly Report[]): Promise<RequesterNames> {
	const idsOf = (type: 'service' | 'staff') => [
		...new Set(reports.flatMap(({ requestedBy }) => (requestedBy.type === type ? [requestedBy.id] : []))),
	]
	const [service, members] = await Promise.all([readKeyNames(sql, idsOf('service')), readStaffEmails(sql, idsOf('staff'))])
	return { service, staff: members }
}

const viewOne = async (service: Service, report: Report, request: FastifyRequest): Promise<StaffReportView> =>
	viewForStaff(report, await namesFor(service, [report]), localeOf(request))

const cursorOf = ({ number }: Report): Cursor => [SORT, number]

function registerReading(app: App, service: Service): void {
	const { sql } = service
	app.get(
		'/admin/reports',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'List reports',
				description: 'Newest first, whoever asked for them.',
				querystring: StaffReportQuery,
				response: { 200: StaffReportPage },
			},
		},
		async (request) => {
			const { limit, cursor } = request.query
			const before = cursor === undefined ? undefined : decodeCursor(cursor, SORT, ['number'])[0]
			const reports = await listReports(sql, before, limit + 1)
			const names = await namesFor(service, reports)
			const locale = localeOf(request)
			return toPage(reports, limit, { item: (report) => viewForStaff(report, names, locale), cursor: cursorOf })
		},
	)
	app.get(
		'/admin/reports/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Look at a report as staff',
				params: ReportParams,
				response: { 200: StaffReportView, ...problemsOf(table, ['report_not_found']) },
			},
		},
		async (request) => {
			const report = await findReport(sql, request.params.id)
			if (report === undefined) throw reportProblem('report_not_found')
			return viewOne(service, report, request)
		},
	)
}

function registerRequesting(app: App, service: Service): void {
	app.post(
		'/admin/reports',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Ask for a report as staff',
				description: 'As a service does: the same report, the same events. Its progress is told by `GET /admin/events`.',
				headers: ReportKeyHeader,
				body: ReportBody,
				response: { 202: StaffReportView, ...problemsOf(table, ['idempotency_key_reused']) },
			},
		},
		async (request, reply) => {
			const { report, replayed } = await requestReport(service, {
				requestedBy: { type: 'staff', id: staffOf(request).id },
				idempotencyKey: request.headers['idempotency-key'],
				period: salesPeriodOf(request.body),
			})
			if (replayed) void reply.header('idempotency-replayed', 'true')
			void reply.code(202).header('location', `/v1/admin/reports/${report.id}`)
			return viewOne(service, report, request)
		},
	)
}

function registerCancelling(app: App, service: Service, files: Files): void {
	app.delete(
		'/admin/reports/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Cancel a report as staff',
				description: 'Whoever asked for it. The same again gets the same answer.',
				params: ReportParams,
				response: { 200: StaffReportView, ...problemsOf(table, ['report_not_found', 'report_finished']) },
			},
		},
		async (request) => {
			const report = await cancelReport(service, files, { id: request.params.id, staffId: staffOf(request).id })
			return viewOne(service, report, request)
		},
	)
}
