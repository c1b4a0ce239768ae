/** A figure at some time; times in minutes. */
export type Point = { readonly atMin: number; readonly value: number }

/** The smallest value of each minute: what a process holds, without what it is about to give back. */
export function minimaOf(points: readonly Point[]): Point[] {
	const minima = new Map<number, number>()
	for (const { atMin, value } of points) {
		const minute = Math.floor(atMin)
		minima.set(minute, Math.min(value, minima.get(minute) ?? Infinity))
	}
	return [...minima].map(([atMin, value]) => ({ atMin, value }))
}

/** By how much it grows in a minute, by least squares; 0 where there are fewer than two points. */
export function slopeOf(points: readonly Point[]): number {
	const meanOf = (valueOf: (point: Point) => number) => points.reduce((sum, point) => sum + valueOf(point), 0) / points.length
	const [meanAt, meanValue] = [meanOf(({ atMin }) => atMin), meanOf(({ value }) => value)]
	let [together, spread] = [0, 0]
	for (const { atMin, value } of points) {
		together += (atMin - meanAt) * (value - meanValue)
		spread += (atMin - meanAt) ** 2
	}
	return spread === 0 ? 0 : together / spread
}
