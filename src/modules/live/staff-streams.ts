import type { Sql } from '../../platform/db/database.ts'
import type { StaffRole } from '../../platform/http/policy.ts'
import { type EventStream, formatEvent } from '../../platform/live/event-streams.ts'
import { type Order, readOrders } from '../orders/index.ts'
import { isAtLeast } from '../staff/index.ts'
import type { StaffOrderChanged } from './schemas.ts'
import type { ShopChange } from './shop-change.ts'

/** Tells the staff who watch of what changes in the shop, each what their role may see. */
export type StaffStreams = {
	changed(changes: readonly ShopChange[]): Promise<void>
	follow(stream: EventStream, role: StaffRole): void
	/** Call it when a stream has ended. */
	forget(stream: EventStream): void
}

/** More orders than this are told of by their number alone: nobody reads so many rows as they come. */
const TOLD_MAX = 100

type Told = { readonly role: StaffRole; readonly text: string }

export function createStaffStreams(sql: Sql): StaffStreams {
	const watchers = new Map<EventStream, StaffRole>()
	const tell = ({ role, text }: Told) => {
		for (const [stream, own] of watchers) if (isAtLeast(own, role)) stream.write(text)
	}
	const toldOrders = async (changes: readonly ShopChange[]): Promise<Told[]> => {
		const changed = new Set<string>()
		const placed = new Set<string>()
		for (const change of changes) {
			if (change.kind !== 'orders' && change.kind !== 'deliveries') continue
			for (const { order_id } of change.data) changed.add(order_id)
			if (change.kind === 'orders') for (const { order_id, version } of change.data) if (version === 1) placed.add(order_id)
		}
		if (changed.size > TOLD_MAX) {
			return [{ role: 'viewer', text: formatEvent({ name: 'orders_changed', data: { orders: changed.size } }) }]
		}
		const orders = changed.size === 0 ? [] : await readOrders(sql, [...changed])
		return orders.map((order) => {
			const name = placed.has(order.id) ? 'order_placed' : 'order_changed'
			return { role: 'viewer', text: formatEvent({ name, data: viewOf(order) }) }
		})
	}
	return {
		follow: (stream, role) => void watchers.set(stream, role),
		forget: (stream) => void watchers.delete(stream),
		async changed(changes) {
			if (watchers.size === 0) return
			for (const told of await toldOrders(changes)) tell(told)
			for (const change of changes) for (const told of toldOthers(change)) tell(told)
		},
	}
}

function toldOthers(change: ShopChange): Told[] {
	if (change.kind === 'reports') {
		return change.data.map(({ id, number, status }) => ({
			role: 'manager',
			text: formatEvent({ name: 'report_changed', data: { report_id: id, number, status } }),
		}))
	}
	if (change.kind === 'order_notes') {
		return change.data.map((id) => ({
			role: 'viewer',
			text: formatEvent({ name: 'order_notes_changed', data: { order_id: id } }),
		}))
	}
	if (change.kind === 'dead_letters') {
		return change.data.map((data) => ({ role: 'operator', text: formatEvent({ name: 'dead_letter', data }) }))
	}
	return []
}

const viewOf = ({ id, number, status, version, total, deliveryMethod }: Order): StaffOrderChanged => ({
	order_id: id,
	number,
	status,
	version,
	total,
	delivery_method: deliveryMethod,
})
