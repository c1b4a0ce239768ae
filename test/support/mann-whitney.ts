/**
 * How likely two samples out of one and the same distribution differ as much as these (Mann–Whitney's U, two-sided): by the normal
 * approximation, with the correction for values that are equal. For samples of 20 and more.
 */
export function mannWhitneyP(one: readonly number[], other: readonly number[]): number {
	const all = [...one.map((value) => ({ value, first: true })), ...other.map((value) => ({ value, first: false }))]
	all.sort((left, right) => left.value - right.value)
	let rankSum = 0
	let ties = 0
	for (let begin = 0, end = 0; begin < all.length; begin = end) {
		const { value } = all[begin] ?? { value: Number.NaN }
		let ofFirst = 0
		for (end = begin; all[end]?.value === value; end++) if (all[end]?.first === true) ofFirst++
		const count = end - begin
		if (count === 0) throw new RangeError(`${value} has no rank`)
		// Ranks begin at 1; equal values share the middle of theirs.
		rankSum += (ofFirst * (begin + 1 + end)) / 2
		ties += count ** 3 - count
	}
	const [n, m] = [one.length, other.length]
	const u = rankSum - (n * (n + 1)) / 2
	const variance = ((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
	if (!(variance > 0)) return 1
	// U is a whole or half number, the normal distribution is not.
	const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5)
	return Math.min(1, 2 * tailBeyond(distance / Math.sqrt(variance)))
}

const STEPS = 2_000
/** Beyond it there is less than 1e-15. */
const END = 8

/** How much of the normal distribution lies above z, which is 0 or more: by Simpson's rule. */
function tailBeyond(z: number): number {
	if (z >= END) return 0
	const density = (x: number) => Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI)
	const width = (END - z) / STEPS
	let sum = density(z) + density(END)
	for (let step = 1; step < STEPS; step++) sum += density(z + step * width) * (step % 2 === 0 ? 2 : 4)
	return (sum * width) / 3
}
