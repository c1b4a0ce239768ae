import type { Actor, OrderStatus, Source } from '../../events/orders.ts'

export type OrderLine = { readonly productId: number; readonly name: string; readonly price: number; readonly quantity: number }

/** A line of the order's history: its status from `at` on, and who brought it there. */
export type HistoryLine = {
	readonly version: number
	readonly status: OrderStatus
	readonly actor: Actor
	readonly source: Source
	readonly reason: string | null
	readonly at: Date
}

/** An order as it is kept. Its delivery is the delivery module's. */
export type Order = {
	readonly id: string
	readonly number: number
	readonly customerId: number
	readonly status: OrderStatus
	readonly version: number
	readonly total: number
	readonly currency: string
	readonly phone: string
	readonly deliveryMethod: 'courier' | 'pickup'
	readonly createdAt: Date
	readonly updatedAt: Date
}

/** Its customer was erased, and the phone with them: what anybody still writes of it is not kept. */
export const isErased = ({ phone }: Order): boolean => phone === ''
