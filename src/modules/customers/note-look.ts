import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'

/** Which of somebody's data were looked at. */
type Part = 'profile' | 'sessions'

/** Writes down that a member of the staff looks at somebody's data, before they are shown. */
export const noteLook = ({ sql }: Service, staffId: number, { id, part }: { id: number; part: Part }): Promise<void> =>
	appendAudit(sql, [{ staffId, action: 'user_viewed', subject: { type: 'user', id }, details: { part } }])
