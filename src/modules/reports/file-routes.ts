import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { localeOf } from '../../platform/http/locale.ts'
import { service as serviceKey } from '../../platform/http/policy.ts'
import { httpProblem, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Files } from '../../platform/files/port.ts'
import type { Service } from '../service.ts'
import { selectionOf } from './byte-range.ts'
import { reportProblem } from './problems.ts'
import { findReport } from './queries.ts'
import { fileNameOf, type Report } from './report.ts'
import { ReportParams } from './schemas.ts'
import { errorOf } from './view-report.ts'

/** A download that nobody reads any more: past it the file is closed and the connection cut. */
const STALLED_MS = 60_000
const MEDIA_TYPE = 'application/jsonl'
const content = { [MEDIA_TYPE]: { schema: Type.String({ description: 'A JSON object a line' }) } }

/** The file of a completed report; HEAD tells its size and tag. */
export function registerReportFile(app: App, { sql }: Service, files: Files): void {
	const route = {
		config: { policy: serviceKey('reports') },
		schema: {
			tags: ['services'],
			summary: 'Download a report',
			description:
				'`{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": 1}}`: a line for each line of each order ' +
				'that is not cancelled, in the order of placing. The ETag is the file’s SHA-256. Takes `Range` (one range), `If-Range` ' +
				'and `If-None-Match`.',
			params: ReportParams,
			response: {
				200: { description: 'The file', content },
				206: { description: 'The part of the file that `Range` names', content },
				304: { description: 'The caller has this file: `If-None-Match`', type: 'null' },
				...problemsOf({ ...httpProblem.table, ...reportProblem.table }, [
					'report_not_found',
					'report_file_not_found',
					'report_not_ready',
					'report_failed',
					'range_not_satisfiable',
				]),
			},
		},
	}
	const handler = async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
		const report = await findReport(sql, request.params.id)
		return sendFile(files, readyReport(report, request), { request, reply })
	}
	// Not Fastify's own HEAD, which would read the whole file to throw it away.
	app.get('/reports/:id/file', { ...route, exposeHeadRoute: false }, handler)
	app.head('/reports/:id/file', { ...route, schema: { ...route.schema, hide: true } }, handler)
}

/** The report, if it has a file; throws the problem that says why not, and what to do. */
function readyReport(report: Report | undefined, request: FastifyRequest): Report & { readonly sha256: string } {
	if (report === undefined) throw reportProblem('report_not_found')
	const { sha256, failure } = report
	if (failure !== null) throw reportProblem('report_failed', { error: errorOf(failure, localeOf(request)) })
	if (sha256 === null) throw reportProblem('report_not_ready', { report_status: report.status })
	return { ...report, sha256 }
}

async function sendFile(
	files: Files,
	{ id, number, bytes, sha256 }: Report & { readonly sha256: string },
	{ request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
	const etag = `"${sha256}"`
	const selection = selectionOf(request, { etag, bytes })
	void reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' })
	if (selection === 'unchanged') return reply.code(304).send()
	if (selection === 'unsatisfiable') throw reportProblem('range_not_satisfiable', {}, { 'content-range': `bytes */${bytes}` })
	const name = fileNameOf(id)
	const head = request.method === 'HEAD'
	const found = head ? await files.stat(name) : await files.read(name, selection === 'whole' ? undefined : selection)
	if (found === undefined) throw reportProblem('report_file_not_found')
	void reply.type(MEDIA_TYPE).header('content-disposition', `attachment; filename="report-${number}.jsonl"`)
	if (selection === 'whole') void reply.code(200).header('content-length', bytes)
	else {
		const { start, end } = selection
		void reply.code(206).headers({ 'content-range': `bytes ${start}-${end}/${bytes}`, 'content-length': end - start + 1 })
	}
	reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy())
	return reply.send(head ? undefined : found)
}
