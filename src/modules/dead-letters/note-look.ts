import type { Letter } from '../../platform/dead-letters/queries.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'

/** Writes down that a member of the staff looks at what stands in a letter, before it is shown. Nothing stands in a withdrawal or a secret. */
export async function noteLook({ sql }: Service, staffId: number, { id, topic, reason, value }: Letter): Promise<void> {
	if (value === null) return
	const details = { topic, reason }
	await appendAudit(sql, [{ staffId, action: 'dead_letter_viewed', subject: { type: 'dead_letter', id }, details }])
}
