/** How many orders took at least `fromS` and less than `toS` seconds; null: however long. */
export type Bucket = { readonly fromS: number; readonly toS: number | null; readonly orders: number }

/**
 * The time, in seconds, within which the part `share` (0–1) of the orders is through. Known of it is the bucket that it lies in;
 * within that, orders are taken as spread evenly. In the last bucket, which has no end, it is its beginning: "at least". Null of
 * no orders.
 */
export function quantileOf(buckets: readonly Bucket[], share: number): number | null {
	const orders = buckets.reduce((sum, bucket) => sum + bucket.orders, 0)
	if (orders === 0) return null
	/** The order that is asked for has so many before it. */
	let rank = Math.max(0, Math.ceil(orders * share) - 1)
	for (const { fromS, toS, orders: here } of buckets) {
		if (rank < here) return toS === null ? fromS : fromS + ((toS - fromS) * (rank + 0.5)) / here
		rank -= here
	}
	return null
}
