import { toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import { invalid } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { type AuditLine, auditCursorOf, listAudit } from './audit-queries.ts'
import { type AuditEntryView, AuditPage, AuditQuery } from './audit-schemas.ts'

/** Who did what. */
export function registerAuditRoutes(app: App, service: Service): void {
	app.get(
		'/admin/audit',
		{
			config: { policy: staff('manager') },
			schema: {
				tags: ['admin: audit'],
				summary: 'List what the staff did',
				description: 'Newest first, as long as `AUDIT_KEEP_DAYS` says.',
				querystring: AuditQuery,
				response: { 200: AuditPage },
			},
		},
		async ({ query }) => {
			requireWholeSubject(query)
			return toPage(await listAudit(service.sql, query), query.limit, { item: viewOf, cursor: auditCursorOf })
		},
	)
}

/** One half of a subject says nothing: an id without its type, or all subjects of a type, for which there is no index. */
function requireWholeSubject({ subject_type, subject_id }: AuditQuery): void {
	if ((subject_type === undefined) === (subject_id === undefined)) return
	const pointer = subject_type === undefined ? '/subject_type' : '/subject_id'
	const message = {
		en: 'is missing: subject_type and subject_id go together',
		ru: 'нужно указать: subject_type и subject_id передаются вместе',
	}
	throw invalid({ in: 'query', pointer, code: 'required', message })
}

const viewOf = ({ id, at, staff_id, email, action, subject_type, subject_id, details }: AuditLine): AuditEntryView => ({
	id,
	at: at.toISOString(),
	staff: staff_id === null ? null : { id: staff_id, email },
	action,
	subject: { type: subject_type, id: subject_id },
	details,
})
