/** How many orders took at least `fromS` and less than `toS` seconds; null: however long. */
export type Bucket = { readonly fromS: number; readonly toS: number | null; readonly orders: number }

/**
 * The time, in seconds, within which the part `share` (0–1) of the orders is through. Known of it is the bucket that it lies in;
 * within that, orders are taken as spread evenly. In the last bucket, which has no end, it is its beginning: "at least". The mean
 * is exact and bounds it: those that took so long and longer took no more than all took together. Null of no orders.
 */
export function quantileOf(buckets: readonly Bucket[], share: number, meanS: number): number | null {
	const orders = buckets.reduce((sum, bucket) => sum + bucket.orders, 0)
	if (orders === 0) return null
	/** The order that is asked for has so many before it. */
	const rank = Math.max(0, Math.ceil(orders * share) - 1)
	const most = (meanS * orders) / (orders - rank)
	let before = rank
	for (const { fromS, toS, orders: here } of buckets) {
		if (before < here) return toS === null ? fromS : Math.min(most, fromS + ((toS - fromS) * (before + 0.5)) / here)
		before -= here
	}
	return null
}
