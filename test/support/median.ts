/** The middle one of some numbers, the upper of two. */
export const medianOf = (numbers: readonly number[]): number =>
	numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
