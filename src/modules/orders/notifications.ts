import type { Notification } from '../../events/notifications.ts'
import type { OutboxEvent } from '../../platform/outbox/outbox.ts'
import type { Locale } from '../../platform/http/problem.ts'
import type { DeliveryChoice } from '../delivery/index.ts'
import type { Order, OrderLine } from './order.ts'
import { labelOf } from './order-status.ts'
import { itemsOf } from './view-order.ts'

/** Where a customer is reached, and in which language. */
export type Contact = { readonly phone: string; readonly email: string; readonly locale: Locale }

/** What is said of an order: `placed` and `status` to the mailbox, `sms` to the phone when there is something to do. */
type OrderTexts = {
	placedSubject: (order: Order) => string
	placedText: (order: Order, lines: readonly OrderLine[], choice: DeliveryChoice) => string
	statusSubject: (order: Order, label: string) => string
	statusText: (order: Order, label: string) => string
}

const linesOf = (lines: readonly OrderLine[], currency: string): string =>
	lines.map(({ name, price, quantity }) => `${name} × ${quantity}: ${price * quantity} ${currency}`).join('\n')

const TEXTS: Readonly<Record<Locale, OrderTexts>> = {
	ru: {
		placedSubject: (order) => `Заказ № ${order.number} принят`,
		placedText: (order, lines, choice) =>
			`Заказ № ${order.number} принят.\n\n${linesOf(lines, order.currency)}\nИтого: ${order.total} ${order.currency}\n\n${
				choice.method === 'courier'
					? `Доставка курьером: ${choice.address.full_address}`
					: `Самовывоз, пункт выдачи: ${choice.pickup_point_id}`
			}`,
		statusSubject: (order, label) => `Заказ № ${order.number}: ${label}`,
		statusText: (order, label) => `Заказ № ${order.number}: ${label}.`,
	},
	en: {
		placedSubject: (order) => `Order no. ${order.number} accepted`,
		placedText: (order, lines, choice) =>
			`Order no. ${order.number} accepted.\n\n${linesOf(lines, order.currency)}\nTotal: ${order.total} ${order.currency}\n\n${
				choice.method === 'courier'
					? `Delivery by courier: ${choice.address.full_address}`
					: `Pickup at point ${choice.pickup_point_id}`
			}`,
		statusSubject: (order, label) => `Order no. ${order.number}: ${label}`,
		statusText: (order, label) => `Order no. ${order.number}: ${label}.`,
	},
}

const eventOf = (topic: string, customerId: number, value: Notification): OutboxEvent => ({
	topic,
	key: String(customerId),
	type: 'notification.requested',
	value,
})

type Placed = { order: Order; lines: readonly OrderLine[]; choice: DeliveryChoice }

/** The email that an order has been placed. */
export function placedNotification(topic: string, { order, lines, choice }: Placed, contact: Contact): OutboxEvent {
	const texts = TEXTS[contact.locale]
	return eventOf(topic, order.customerId, {
		channel: 'email',
		template: 'order_placed',
		recipient: { email: contact.email },
		locale: contact.locale,
		subject: texts.placedSubject(order),
		text: texts.placedText(order, lines, choice),
		data: { order_number: order.number, total: order.total, items: itemsOf(lines), delivery: choice },
	})
}

/** What is sent when an order gets its status: an email each time, an SMS too when it can be picked up or is on its way. */
export function statusNotifications(topic: string, order: Order, contact: Contact): OutboxEvent[] {
	const { locale } = contact
	const label = labelOf(order.status, order.deliveryMethod, locale)
	const common = {
		template: 'order_status' as const,
		locale,
		text: TEXTS[locale].statusText(order, label),
		data: { order_number: order.number, status: order.status, status_label: label },
	}
	const subject = TEXTS[locale].statusSubject(order, label)
	const email = eventOf(topic, order.customerId, { channel: 'email', recipient: { email: contact.email }, subject, ...common })
	if (order.status !== 'ready') return [email]
	// The order's own phone: whoever receives it gave that one at placing.
	return [eventOf(topic, order.customerId, { channel: 'sms', recipient: { phone: order.phone }, ...common }), email]
}
