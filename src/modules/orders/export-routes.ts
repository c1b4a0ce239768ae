import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { givingWay } from '../../platform/give-way.ts'
import { localeOf } from '../../platform/http/locale.ts'
import { staff } from '../../platform/http/policy.ts'
import { type Fault, httpProblem, invalid, problemsOf } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { appendAudit, createStaffGuard, staffOf } from '../staff/index.ts'
import { exportOrders } from './export-orders.ts'
import { createExportPlaces, type ExportPlace } from './export-places.ts'
import { auditedFilter, CUSTOMERS_BY_NAME_MAX, filterOf } from './list-filter.ts'
import { OrderExportQuery } from './list-schemas.ts'
import { orderListProblem } from './list-problems.ts'
import { readClock } from './status-queries.ts'

/** A download that nobody reads any more: past it the connection is cut. */
const STALLED_MS = 60_000
const MEDIA_TYPE = 'text/csv'

/** All orders that fit a filter, as a file for spreadsheets. */
export function registerOrderExport(app: App, service: Service): void {
	const places = createExportPlaces()
	const guard = createStaffGuard(service)
	// Before the server waits for its connections to end.
	app.addHook('preClose', (done) => {
		places.close()
		done()
	})
	app.get(
		'/admin/orders/export',
		{
			// HEAD would read all orders to throw them away.
			exposeHeadRoute: false,
			config: { policy: staff('viewer') },
			schema: {
				tags: ['admin: orders'],
				summary: 'Export orders',
				description:
					'All orders that fit, as CSV in UTF-8 with a byte order mark, for Excel and LibreOffice: the header and the words in the ' +
					'language of `locale` or Accept-Language, with semicolons between the values in Russian and commas in English, times as ' +
					'`2026-11-25 20:02:24` by the clock of `time_zone`. A value that begins like a formula has an apostrophe in front. An order ' +
					'is told once, as it was when it was read. An answer that is cut is not whole.',
				querystring: OrderExportQuery,
				response: {
					200: {
						description: 'The file',
						content: { [MEDIA_TYPE]: { schema: Type.String({ description: 'A line an order' }) } },
					},
					...problemsOf({ ...httpProblem.table, ...orderListProblem.table }, ['too_many_exports', 'overloaded']),
				},
			},
		},
		async (request, reply) => {
			const clock = clockOf(request.query.time_zone)
			const place = places.take(staffOf(request).id)
			reply.raw.once('close', place.leave)
			const stillStaff = () => guard(request, 'viewer')
			return sendExport({ service, clock, place, stillStaff }, request, reply)
		},
	)
}

/** An export is whole or none. */
const NAME_TOO_COMMON: Fault = {
	in: 'query',
	pointer: '/name',
	code: 'too_common',
	message: {
		en: `is the name of more than ${CUSTOMERS_BY_NAME_MAX} customers: narrow it, or export without it`,
		ru: `покупателей с таким именем больше ${CUSTOMERS_BY_NAME_MAX}: уточните его или выгрузите без него`,
	},
}

type Exporting = {
	readonly service: Service
	readonly clock: (at: Date) => string
	readonly place: ExportPlace
	readonly stillStaff: () => Promise<void>
}
type ExportRequest = FastifyRequest<{ Querystring: Static<typeof OrderExportQuery> }>

async function sendExport({ service, clock, place, stillStaff }: Exporting, request: ExportRequest, reply: FastifyReply) {
	const { sort, time_zone: timeZone, locale = localeOf(request), ...query } = request.query
	const subject = { type: 'export', id: randomUUID() } as const
	const staffId = staffOf(request).id
	const audit = (action: 'orders_exported' | 'orders_export_ended', details: Readonly<Record<string, unknown>>) =>
		service.sql.begin(async (tx) => {
			await appendAudit(tx, [{ staffId, action, subject, details }])
			return readClock(tx)
		})
	const { filter, nameTooCommon } = await filterOf(service, query)
	if (nameTooCommon) throw invalid(NAME_TOO_COMMON)
	// Before the first order goes out: also an export that is cut has told what it told.
	const exportedAt = await audit('orders_exported', { filter: auditedFilter(query), sort })
	const orders = exportOrders(service, {
		filter,
		sort,
		form: { locale, timeOf: clock, timeZone },
		mayGoOn: stillStaff,
		ended: async (exported) => {
			await audit('orders_export_ended', exported).catch((error: unknown) => {
				service.log.warn({ err: error, export: subject.id }, 'the end of an export was not noted')
			})
		},
	})
	const stream = Readable.from(
		givingWay(orders, () => service.metrics.answered),
		{ objectMode: false },
	)
	place.fill(stream)
	reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy())
	return reply
		.type(`${MEDIA_TYPE}; charset=utf-8`)
		.headers({
			'content-disposition': `attachment; filename="orders-${clock(exportedAt).slice(0, 10)}.csv"`,
			'x-accel-buffering': 'no',
		})
		.send(stream)
}

/** Tells moments by the clock of a time zone, as a spreadsheet reads them: `2026-11-25 20:02:24`. */
function clockOf(timeZone: string): (at: Date) => string {
	try {
		// The one locale that writes so.
		const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
		return (at) => format.format(at)
	} catch (error) {
		if (!(error instanceof RangeError)) throw error
		const message = {
			en: 'is not a time zone by its IANA name, like Europe/Moscow',
			ru: 'не является часовым поясом IANA, например Europe/Moscow',
		}
		throw invalid({ in: 'query', pointer: '/time_zone', code: 'time_zone', message })
	}
}
