/** A change of an order's status; its placing, version 1, has no number among the customer's changes. */
type NotedStatus = {
	readonly order_id: string
	readonly customer_id: number
	readonly version: number
	readonly seq: number | null
}
/** What the delivery service told of an order. */
type NotedDelivery = { readonly order_id: string; readonly customer_id: number; readonly seq: number }
type NotedReport = { readonly id: string; readonly number: number; readonly status: string }
/** `id`: of the letter; missing where the release before this one has noted it. */
type NotedDeadLetter = { readonly id?: number; readonly topic: string; readonly reason: string }

/** What is noted of the shop's changes when they are committed: see db/migrations/0012_live_changes.sql. */
export type ShopChange =
	| { readonly kind: 'orders'; readonly data: readonly NotedStatus[] }
	| { readonly kind: 'deliveries'; readonly data: readonly NotedDelivery[] }
	/** Ids of sessions, of customers and of the staff, that have ended. */
	| { readonly kind: 'sessions'; readonly data: readonly string[] }
	/** Ids of those of the staff whose role has changed. */
	| { readonly kind: 'staff'; readonly data: readonly number[] }
	/** Ids of orders on which staff have noted something for colleagues, or no longer do. */
	| { readonly kind: 'order_notes'; readonly data: readonly string[] }
	| { readonly kind: 'reports'; readonly data: readonly NotedReport[] }
	| { readonly kind: 'dead_letters'; readonly data: readonly NotedDeadLetter[] }
