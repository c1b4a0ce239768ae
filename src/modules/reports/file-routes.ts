import { pipeline, Readable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { localeOf } from '../../platform/http/locale.ts'
import type { Policy } from '../../platform/http/policy.ts'
import { httpProblem, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Files } from '../../platform/files/port.ts'
import type { Service } from '../service.ts'
import { variantOf } from './file-variant.ts'
import { reportProblem } from './problems.ts'
import { findReport } from './queries.ts'
import { fileNameOf, type Report } from './report.ts'
import { ReportParams } from './schemas.ts'
import { errorOf } from './view-report.ts'

/** A download that nobody reads any more: past it the file is closed and the connection cut. */
const STALLED_MS = 60_000
const MEDIA_TYPE = 'application/jsonl'
const content = { [MEDIA_TYPE]: { schema: Type.String({ description: 'A JSON object a line' }) } }

/** For whom the file is, and where. */
export type FileRoute = {
	readonly files: Files
	readonly path: '/reports/:id/file' | '/admin/reports/:id/file'
	readonly policy: Policy
	readonly tags: string[]
	/** Called before bytes of a report go out. */
	readonly noteDownload?: (request: FastifyRequest, report: Report) => Promise<void>
}

/** The file of a completed report; HEAD tells its size and tag. */
export function registerReportFile(app: App, service: Service, { files, path, policy, tags, noteDownload }: FileRoute): void {
	const route = {
		config: { policy },
		schema: {
			tags,
			summary: 'Download a report',
			description:
				'`{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": 1}}`: a line for each line of each order ' +
				'that is not cancelled, in the order of placing. The ETag is the file’s SHA-256. Takes `Range` (one range), `If-Range` ' +
				'and `If-None-Match`. With `Accept-Encoding: gzip` and no `Range` it comes compressed, with `-gzip` in its ETag.',
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
					'report_expired',
					'range_not_satisfiable',
				]),
			},
		},
	}
	const handler = (request: Exchange['request'], reply: FastifyReply) =>
		sendFile(service, { files, noteDownload }, { request, reply })
	// Not Fastify's own HEAD, which would read the whole file to throw it away.
	app.get(path, { ...route, exposeHeadRoute: false }, handler)
	app.head(path, { ...route, schema: { ...route.schema, hide: true } }, handler)
}

type CompletedReport = Report & { readonly sha256: string }

/** The report, if it has a file; throws the problem that says why not, and what to do. */
function readyReport(report: Report | undefined, request: FastifyRequest): CompletedReport {
	if (report === undefined) throw reportProblem('report_not_found')
	const { sha256, failure, status } = report
	if (failure !== null) throw reportProblem('report_failed', { error: errorOf(failure, localeOf(request)) })
	if (sha256 === null) throw reportProblem('report_not_ready', { report_status: status })
	if (status === 'expired') throw reportProblem('report_expired')
	return { ...report, sha256 }
}

type Exchange = { readonly request: FastifyRequest<{ Params: { id: string } }>; readonly reply: FastifyReply }

/** Answers with the file, with a part of it, or with why there is none. */
async function sendFile(
	{ sql }: Service,
	{ files, noteDownload }: { readonly files: Files; readonly noteDownload: FileRoute['noteDownload'] },
	{ request, reply }: Exchange,
): Promise<FastifyReply> {
	const report = readyReport(await findReport(sql, request.params.id), request)
	const { id, number, bytes, sha256 } = report
	const { packed, etag, selection } = variantOf(request, { sha256, bytes })
	void reply.headers({
		etag,
		vary: 'accept-encoding',
		'accept-ranges': packed ? 'none' : 'bytes',
		'cache-control': 'private, no-cache',
	})
	if (selection === 'unchanged') return reply.code(304).send()
	if (selection === 'unsatisfiable') throw reportProblem('range_not_satisfiable', {}, { 'content-range': `bytes */${bytes}` })
	const name = fileNameOf(id)
	const head = request.method === 'HEAD'
	const found = head ? await files.stat(name) : await files.read(name, selection === 'whole' ? undefined : selection)
	if (found === undefined) {
		// It may have expired since it was looked at.
		readyReport(await findReport(sql, id), request)
		throw reportProblem('report_file_not_found')
	}
	try {
		if (!head) await noteDownload?.(request, report)
		// A storage that takes its time has the caller answered by the deadline.
		if (request.cancelled.aborted) throw request.cancelled.reason
	} catch (error) {
		if (found instanceof Readable) found.destroy()
		throw error
	}
	void reply.type(MEDIA_TYPE).header('content-disposition', `attachment; filename="report-${number}.jsonl"`)
	if (packed) void reply.header('content-encoding', 'gzip')
	else if (selection === 'whole') void reply.header('content-length', bytes)
	else {
		const { start, end } = selection
		void reply.code(206).headers({ 'content-range': `bytes ${start}-${end}/${bytes}`, 'content-length': end - start + 1 })
	}
	reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy())
	if (!(found instanceof Readable)) return reply.send()
	return reply.send(packed ? pack(found) : found)
}

/**
 * The stream by gzip, as fast as it is read. Whichever of the two ends early ends the other; the server sees what goes wrong by
 * the one it sends.
 */
const pack = (file: Readable): Readable => pipeline(file, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined)
