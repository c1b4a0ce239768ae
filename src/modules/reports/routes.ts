import { localeOf } from '../../platform/http/locale.ts'
import { service as serviceKey } from '../../platform/http/policy.ts'
import { httpProblem, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Files } from '../../platform/files/port.ts'
import { orderProblem } from '../orders/index.ts'
import type { Service } from '../service.ts'
import { callerOf } from '../staff/index.ts'
import { cancelReport } from './cancel-report.ts'
import { registerReportFile } from './file-routes.ts'
import { reportProblem } from './problems.ts'
import { findReport } from './queries.ts'
import { requestReport, salesPeriodOf } from './request-report.ts'
import { ReportAccepted, ReportBody, ReportKeyHeader, ReportParams, ReportView } from './schemas.ts'
import { viewReport } from './view-report.ts'

/** A report is the shop's: any service with the scope may read it, whichever asked for it. */
const policy = serviceKey('reports')
const tags = ['services']
const table = { ...httpProblem.table, ...orderProblem.table, ...reportProblem.table }

/** What other services do with reports of all that was sold. */
export function registerReportRoutes(app: App, service: Service, files: Files): void {
	registerRequesting(app, service)
	registerReading(app, service)
	registerCancelling(app, service, files)
	registerReportFile(app, service, { files, path: '/reports/:id/file', policy, tags })
}

function registerRequesting(app: App, service: Service): void {
	app.post(
		'/reports',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Ask for a report',
				description:
					'Starts the generation of a report of all sold lines and answers at once with its unique number. When it has been ' +
					'made, `report.completed` is published, or `report.failed`.',
				headers: ReportKeyHeader,
				body: ReportBody,
				response: {
					202: ReportAccepted,
					...problemsOf(table, ['idempotency_key_reused']),
				},
			},
		},
		async (request, reply) => {
			const { report, replayed } = await requestReport(service, {
				requestedBy: { type: 'service', id: callerOf(request).keyId },
				idempotencyKey: request.headers['idempotency-key'],
				period: salesPeriodOf(request.body),
			})
			if (replayed) void reply.header('idempotency-replayed', 'true')
			void reply.code(202).header('location', `/v1/reports/${report.id}`)
			// As it was when it was asked for, so that a repeated request gets the same answer again.
			return { report_id: report.id, number: report.number, status: 'pending' as const }
		},
	)
}

function registerReading(app: App, { sql }: Service): void {
	app.get(
		'/reports/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Look at a report',
				params: ReportParams,
				response: {
					200: ReportView,
					...problemsOf(table, ['report_not_found']),
				},
			},
		},
		async (request) => {
			const report = await findReport(sql, request.params.id)
			if (report === undefined) throw reportProblem('report_not_found')
			return viewReport(report, localeOf(request))
		},
	)
}

function registerCancelling(app: App, service: Service, files: Files): void {
	app.delete(
		'/reports/:id',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Cancel a report',
				description:
					'Ends the generation of a report that is pending or running: it has failed, its error is `cancelled`, and ' +
					'`report.failed` is published. The same again gets the same answer.',
				params: ReportParams,
				response: {
					200: ReportView,
					...problemsOf(table, ['report_not_found', 'report_finished']),
				},
			},
		},
		async (request) =>
			viewReport(await cancelReport(service, files, { id: request.params.id, staffId: null }), localeOf(request)),
	)
}
