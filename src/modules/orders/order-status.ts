import { type Actor, ORDER_STATUSES, type OrderStatus } from '../../events/orders.ts'
import type { Locale } from '../../platform/http/problem.ts'

/** Who may ask for a change of status. */
export type StatusActor = Extract<Actor['type'], 'customer' | 'staff' | 'service' | 'inventory'>

const FINAL: readonly OrderStatus[] = []
const fulfilment = {
	paid: ['assembling', 'ready', 'received', 'cancelled'],
	assembling: ['ready', 'received', 'cancelled'],
	ready: ['received', 'cancelled'],
	received: FINAL,
	cancelled: FINAL,
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>

/**
 * Which status may follow which, by who asks. Steps forward may be skipped, for messages may be lost upstream; none leads
 * back. The API, the consumer, the guard in the SQL and the reference all read this table.
 */
export const NEXT_STATUSES: Readonly<Record<StatusActor, Readonly<Record<OrderStatus, readonly OrderStatus[]>>>> = {
	staff: fulfilment,
	service: fulfilment,
	inventory: fulfilment,
	customer: { paid: ['cancelled'], assembling: FINAL, ready: FINAL, received: FINAL, cancelled: FINAL },
}

/** The statuses of orders that are still under way: neither received nor cancelled. */
export const UNDER_WAY: readonly OrderStatus[] = ORDER_STATUSES.filter((status) => NEXT_STATUSES.staff[status].length > 0)

export const mayChange = (actor: StatusActor, from: OrderStatus, to: OrderStatus): boolean =>
	NEXT_STATUSES[actor][from].includes(to)

/** Why staff may not change a status to another one. */
export const STEP_REFUSALS = ['status_current', 'status_final', 'status_passed'] as const
export type StepRefusal = (typeof STEP_REFUSALS)[number]

/** Why staff may not change `from` to `to`, or null when they may. */
export function staffRefusalOf(from: OrderStatus, to: OrderStatus): StepRefusal | null {
	if (mayChange('staff', from, to)) return null
	if (from === to) return 'status_current'
	// Steps forward may be skipped: what can't come after a status that has a next one lies behind it.
	return NEXT_STATUSES.staff[from].length === 0 ? 'status_final' : 'status_passed'
}

const isStatusActor = (actor: Actor['type']): actor is StatusActor => actor in NEXT_STATUSES

/** The statuses that this actor may change to `to`. */
export const statusesBefore = (actor: Actor['type'], to: OrderStatus): OrderStatus[] =>
	isStatusActor(actor) ? ORDER_STATUSES.filter((from) => mayChange(actor, from, to)) : []

const LABELS: Readonly<Record<Locale, Readonly<Record<Exclude<OrderStatus, 'ready'>, string>>>> = {
	ru: { paid: 'Оплачен и ждёт сборки', assembling: 'В сборке', received: 'Получен', cancelled: 'Отменён' },
	en: { paid: 'Paid, waiting to be assembled', assembling: 'Being assembled', received: 'Received', cancelled: 'Cancelled' },
}
const READY_LABELS: Readonly<Record<Locale, Readonly<Record<'courier' | 'pickup', string>>>> = {
	ru: { pickup: 'Готов к выдаче', courier: 'Доставляется' },
	en: { pickup: 'Ready for pickup', courier: 'Out for delivery' },
}

/** The status in words; `ready` by the delivery method. */
export function labelOf(status: OrderStatus, method: 'courier' | 'pickup', locale: Locale): string {
	return status === 'ready' ? READY_LABELS[locale][method] : LABELS[locale][status]
}
