import type { Locale } from '../../platform/http/problem.ts'
import type { Delivery } from '../delivery/index.ts'
import type { ToldStatus } from './followed-queries.ts'
import type { HistoryLine, Order, OrderLine } from './order.ts'
import { labelOf, mayChange } from './order-status.ts'
import type { OrderSummary, OrderView, ServiceOrder, StatusChange } from './schemas.ts'
import type { Refusal } from './status-queries.ts'

/** All that is known of an order. */
export type WholeOrder = {
	readonly order: Order
	readonly lines: readonly OrderLine[]
	readonly delivery: Delivery
	readonly history: readonly HistoryLine[]
}

export const headOf = ({ id, number, status, version, deliveryMethod }: Order, locale: Locale) => ({
	id,
	number,
	status,
	status_label: labelOf(status, deliveryMethod, locale),
	version,
})

export const itemsOf = (lines: readonly OrderLine[]) =>
	lines.map(({ productId, name, price, quantity }) => ({ product_id: productId, name, price, quantity, sum: price * quantity }))

export const bodyOf = ({ total, currency }: Order, lines: readonly OrderLine[]) => ({ items: itemsOf(lines), total, currency })

export const ownedOf = ({ phone, customerId }: Order) => ({ phone, user_id: customerId })

export const historyOf = (history: readonly HistoryLine[]) =>
	history.map(({ at, ...line }) => ({ ...line, at: at.toISOString() }))

export const viewRefusal = ({ at, ...refusal }: Refusal) => ({ ...refusal, at: at.toISOString() })

export const tailOf = ({ createdAt, updatedAt }: Order) => ({
	created_at: createdAt.toISOString(),
	updated_at: updatedAt.toISOString(),
})

const canOf = ({ status }: Pick<Order, 'status'>) => ({ cancel: mayChange('customer', status, 'cancelled') })

/** The order in its customer's list. */
export function viewSummary({ order, lines, delivery }: Omit<WholeOrder, 'history'>, locale: Locale): OrderSummary {
	return { ...headOf(order, locale), ...bodyOf(order, lines), ...ownedOf(order), delivery, can: canOf(order), ...tailOf(order) }
}

/** The order as its customer sees it. */
export function viewOrder({ order, lines, delivery, history }: WholeOrder, locale: Locale): OrderView {
	return {
		...headOf(order, locale),
		...bodyOf(order, lines),
		...ownedOf(order),
		delivery,
		history: historyOf(history),
		can: canOf(order),
		...tailOf(order),
	}
}

/** A change of status as whoever follows the order is told of it. */
export const viewStatusChange = (told: ToldStatus, locale: Locale): StatusChange => ({
	order_id: told.orderId,
	number: told.number,
	version: told.version,
	status: told.status,
	status_label: labelOf(told.status, told.deliveryMethod, locale),
	actor: told.actor,
	source: told.source,
	reason: told.reason,
	at: told.at.toISOString(),
	can: canOf(told),
})

/** The order as another service sees it: without phone, address, who it is for and what people have written. */
export function viewForService({ order, lines, history }: WholeOrder, locale: Locale): ServiceOrder {
	const anonymous = historyOf(history).map((line) => {
		const { type, id } = line.actor
		if (type !== 'customer' && type !== 'staff') return line
		return { ...line, actor: { type, id: type === 'customer' ? null : id }, reason: null }
	})
	return {
		...headOf(order, locale),
		...bodyOf(order, lines),
		delivery: { method: order.deliveryMethod },
		history: anonymous,
		...tailOf(order),
	}
}
