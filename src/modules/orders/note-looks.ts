import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import type { Order } from './order.ts'

/** Writes down that a member of the staff looks at orders, before they are shown, where no other line tells of it. */
export const noteLooks = ({ sql }: Service, staffId: number, orders: readonly Order[]): Promise<void> =>
	appendAudit(
		sql,
		orders.map(({ id, number }) => ({
			staffId,
			action: 'order_viewed',
			subject: { type: 'order', id },
			details: { number },
		})),
	)
