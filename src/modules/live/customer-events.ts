import { type ChangesWanted, readTrackingAfter, type ToldDelivery } from '../delivery/index.ts'
import { readChangeNumbers, readOrderIds, readStatusesAfter, type ToldStatus, viewStatusChange } from '../orders/index.ts'
import type { Sql } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'
import type { DeliveryChanged, StatusChanged } from './schemas.ts'

/** A change of a customer's order. Those of one customer have numbers (`seq`) in the order of commit. */
export type CustomerEvent = {
	readonly seq: number
	readonly customerId: number
	readonly orderId: string
	/** The order's version that it leads to; undefined where it leads to none. */
	readonly version: number | undefined
	readonly name: 'status_changed' | 'delivery_changed'
	readonly view: (locale: Locale) => StatusChanged | DeliveryChanged
}

const statusEvent = (told: ToldStatus): CustomerEvent => ({
	seq: told.seq,
	customerId: told.customerId,
	orderId: told.orderId,
	version: told.version,
	name: 'status_changed',
	view: (locale) => viewStatusChange(told, locale),
})

const deliveryEvent = ({ seq, customerId, orderId, number, event, state }: ToldDelivery): CustomerEvent => ({
	seq,
	customerId,
	orderId,
	version: undefined,
	name: 'delivery_changed',
	view: () => ({
		order_id: orderId,
		number,
		delivery: {
			status: state.status,
			carrier: state.carrier,
			tracking_number: state.trackingNumber,
			estimated_at: state.estimatedAt,
		},
		event,
	}),
})

async function readEvents(sql: Sql, wanted: readonly ChangesWanted[]): Promise<CustomerEvent[]> {
	const [statuses, deliveries] = await Promise.all([readStatusesAfter(sql, wanted), readTrackingAfter(sql, wanted)])
	return [...statuses.map(statusEvent), ...deliveries.map(deliveryEvent)].sort((one, other) => one.seq - other.seq)
}

/** Reads changes by their numbers. */
export const readNoted = (
	sql: Sql,
	notes: readonly { readonly order_id: string; readonly seq: number }[],
): Promise<CustomerEvent[]> =>
	readEvents(
		sql,
		notes.map(({ order_id, seq }) => ({ order_id, after: seq - 1, up_to: seq })),
	)

/** Somebody who follows one order, or all of a customer's (`orderId` null), and has seen the changes up to a number. */
export type Follower = {
	readonly customerId: number
	readonly orderId: string | null
	/**
	 * Null: nothing with a number yet. Whoever follows one order is then told its history, whoever follows all what comes from now on.
	 */
	readonly seen: number | null
	/** The version of the one order that was seen last; 0: none. */
	readonly version: number
}

/** What a follower has missed, and the number up to which that is all. */
export type Missed = { readonly events: readonly CustomerEvent[]; readonly upTo: number }

/** Reads what followers have missed, in their order. */
export async function readMissed(sql: Sql, followers: readonly Follower[]): Promise<Missed[]> {
	// First the numbers: all changes up to them are committed, so whatever is read later holds them all.
	const numbers = await readChangeNumbers(sql, [...new Set(followers.map((follower) => follower.customerId))])
	const upTo = (customerId: number) => numbers.get(customerId) ?? 0
	const behind = followers.filter(({ orderId, customerId, seen }) => orderId === null && seen !== null && seen < upTo(customerId))
	const orders = await readOrderIds(sql, [...new Set(behind.map((follower) => follower.customerId))])
	const wanted = new Map<string, ChangesWanted>()
	for (const { orderId, customerId, seen } of followers) {
		const ids = orderId === null ? orders.filter((order) => order.customerId === customerId).map(({ id }) => id) : [orderId]
		for (const id of ids) {
			const before = wanted.get(id)
			const after = before === undefined ? seen : earlier(before.after, seen)
			if (after === null || after < upTo(customerId)) wanted.set(id, { order_id: id, after, up_to: upTo(customerId) })
		}
	}
	const events = await readEvents(sql, [...wanted.values()])
	return followers.map((follower) => ({
		events: events.filter((event) => concerns(event, follower)),
		upTo: upTo(follower.customerId),
	}))
}

const earlier = (one: number | null, other: number | null): number | null =>
	one === null || other === null ? null : Math.min(one, other)

/** Whether a follower is to be told of a change, now. */
export function concerns(event: CustomerEvent, { customerId, orderId, seen, version }: Follower): boolean {
	if (event.customerId !== customerId || (orderId !== null && event.orderId !== orderId)) return false
	if (seen !== null) return event.seq > seen
	// Nobody who follows all orders is told of what was before.
	return orderId !== null && (event.version === undefined || event.version > version)
}
