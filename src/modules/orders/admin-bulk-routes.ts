import { localeOf } from '../../platform/http/locale.ts'
import { staff } from '../../platform/http/policy.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { staffOf } from '../staff/index.ts'
import { type BulkOutcome, changeManyByStaff } from './change-by-staff.ts'
import { noteLooks } from './note-looks.ts'
import { readListed, viewListed } from './read-listed.ts'
import { BulkStatusBody, BulkStatusResult } from './staff-schemas.ts'

/** What staff do with many orders at once. */
export function registerBulkStatus(app: App, service: Service): void {
	app.post(
		'/admin/orders/bulk-status',
		{
			config: { policy: staff('operator') },
			schema: {
				tags: ['admin: orders'],
				summary: 'Change the status of many orders',
				description:
					'Each order on its own: those that can be changed are, whatever becomes of the others. Sent again it changes nothing ' +
					'more. Whoever must not overwrite what a colleague does meanwhile changes one order, with If-Match.',
				body: BulkStatusBody,
				response: { 200: BulkStatusResult },
			},
		},
		async (request) => {
			const { ids, status, reason = null } = request.body
			// The database writes ids in lower case.
			const different = [...new Set(ids.map((id) => id.toLowerCase()))]
			const wish = { staffId: staffOf(request).id, status, reason }
			const outcomes = await changeManyByStaff(service, different, wish, request.cancelled)
			const orders = [...outcomes.values()].flatMap((outcome) => ('order' in outcome ? [outcome.order] : []))
			// Who has changed one has left a line.
			const looked = [...outcomes.values()].flatMap((outcome) =>
				'order' in outcome && outcome.outcome !== 'changed' ? [outcome.order] : [],
			)
			const [found] = await Promise.all([readListed(service.sql, orders), noteLooks(service, wish.staffId, looked)])
			const locale = localeOf(request)
			const views = new Map(found.map((listed) => [listed.order.id, viewListed(listed, locale)]))
			return {
				data: [...outcomes].map(([id, outcome]) => ({
					id,
					outcome: outcome.outcome,
					code: codeOf(outcome),
					order: views.get(id) ?? null,
				})),
			}
		},
	)
}

function codeOf(outcome: BulkOutcome): string | null {
	switch (outcome.outcome) {
		case 'changed':
		case 'unchanged':
			return null
		case 'refused':
			return 'transition_refused'
		case 'not_found':
			return 'order_not_found'
		case 'failed':
			return outcome.problem.code
	}
}
