import type { TrackingMessage } from '../../events/delivery-tracking.ts'
import type { OrderStatus } from '../../events/orders.ts'

/** What another service tells of an order: the inventory its status, the delivery where it is. */
export type Step =
	| { readonly status: OrderStatus; readonly reason?: string }
	| { readonly tracking: TrackingMessage['status']; readonly location: string }

/** What becomes of an order. */
export type Fate = {
	readonly delivery: 'courier' | 'pickup'
	readonly steps: readonly Step[]
	/** Why the customer cancels it right after placing. */
	readonly cancelled?: string
}

const BY_COURIER: readonly Step[] = [
	{ status: 'assembling' },
	{ tracking: 'created', location: 'Москва, склад' },
	{ tracking: 'handed_over', location: 'Москва, склад' },
	{ status: 'ready' },
	{ tracking: 'in_transit', location: 'Москва, сортировочный центр' },
	{ tracking: 'out_for_delivery', location: 'Москва, Тверской район' },
	{ tracking: 'delivered', location: 'Москва, Тверская ул., 1' },
	{ status: 'received' },
]
const BY_PICKUP: readonly Step[] = [
	{ status: 'assembling' },
	{ tracking: 'created', location: 'Москва, склад' },
	{ tracking: 'in_transit', location: 'Москва, сортировочный центр' },
	{ tracking: 'at_pickup_point', location: 'Москва, Чистые пруды' },
	{ status: 'ready' },
	{ status: 'received' },
]

/** Some come far, some have just been placed, some are given up: orders get these in turn. */
const FATES: readonly [Fate, ...Fate[]] = [
	{ delivery: 'courier', steps: BY_COURIER },
	{ delivery: 'pickup', steps: [] },
	{ delivery: 'courier', steps: BY_COURIER.slice(0, 6) },
	{ delivery: 'pickup', steps: BY_PICKUP.slice(0, 5) },
	{ delivery: 'courier', steps: BY_COURIER.slice(0, 1) },
	{ delivery: 'courier', steps: [], cancelled: 'Передумал' },
	{ delivery: 'pickup', steps: BY_PICKUP },
	{ delivery: 'courier', steps: BY_COURIER.slice(0, 5) },
	{ delivery: 'pickup', steps: [{ status: 'assembling' }, { status: 'cancelled', reason: 'Не нашлось на складе' }] },
	{ delivery: 'courier', steps: [] },
]

export const fateOf = (index: number): Fate => FATES[index % FATES.length] ?? FATES[0]

/** The status that an order of this fate ends with. */
export function lastStatusOf({ steps, cancelled }: Fate): OrderStatus {
	if (cancelled !== undefined) return 'cancelled'
	return steps.flatMap((step) => ('status' in step ? [step.status] : [])).at(-1) ?? 'paid'
}

/** Where the delivery of an order of this fate ends; null: nowhere yet. */
export const lastTrackingOf = ({ steps }: Fate): TrackingMessage['status'] | null =>
	steps.flatMap((step) => ('tracking' in step ? [step.tracking] : [])).at(-1) ?? null
