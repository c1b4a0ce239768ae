/** How far some work is at one moment. */
export type Sample = {
	/** Of a clock that only goes forward, in ms. */
	readonly atMs: number
	readonly bytes: number
	/** What is counted: lines, or bytes as well. */
	readonly done: number
	/** How much it will be; undefined: nobody knows. */
	readonly of: number | undefined
}

export type HowFar = {
	/** From 0 to 1; undefined: nobody knows. */
	readonly part: number | undefined
	readonly bytes: number
	readonly bytesPerSecond: number
	readonly perSecond: number
	/** What is left; undefined: nobody knows. */
	readonly leftS: number | undefined
}

/** The rate is that of the last so many ms: it follows what happens without jumping about. */
const WINDOW_MS = 5_000

/** Reckons how far and how fast the work is, sample by sample. A count that goes back is the work begun anew. */
export function createReckoning(): (sample: Sample) => HowFar {
	let window: Sample[] = []
	return (sample) => {
		const last = window.at(-1)
		if (last !== undefined && sample.done < last.done) window = []
		window.push(sample)
		while (window.length > 2 && sample.atMs - (window[1]?.atMs ?? 0) >= WINDOW_MS) window.shift()
		const [first = sample] = window
		const seconds = (sample.atMs - first.atMs) / 1_000
		const rateOf = (amount: number) => (seconds > 0 ? amount / seconds : 0)
		const perSecond = rateOf(sample.done - first.done)
		// An estimate may be too low: what it says then is that the end is near.
		const left = sample.of === undefined ? undefined : Math.max(0, sample.of - sample.done)
		return {
			part: sample.of === undefined || sample.of === 0 ? undefined : Math.min(1, sample.done / sample.of),
			bytes: sample.bytes,
			bytesPerSecond: rateOf(sample.bytes - first.bytes),
			perSecond,
			leftS: left === undefined || perSecond === 0 ? undefined : left / perSecond,
		}
	}
}

const BYTES_IN_KB = 1_000
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size as people read it: `98.1 MB`. */
export function sizeIn(bytes: number): string {
	let amount = bytes
	let unit = 0
	for (; amount >= BYTES_IN_KB && unit < UNITS.length - 1; unit++) amount /= BYTES_IN_KB
	return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[unit]}`
}

const thousands = new Intl.NumberFormat('en')
export const countIn = (count: number): string => thousands.format(Math.round(count))

/** A span as a clock shows it: `0:07`, `1:02:03`. */
export function clockIn(seconds: number): string {
	const whole = Math.round(seconds)
	const two = (part: number) => String(part).padStart(2, '0')
	const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, two(whole % 60)]
	return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}

const BAR_MAX = 32
const BAR_MIN = 8

/** A line with a bar as wide as there is room for, before `told`; without a bar where nobody knows how much it will be. */
export function barLine(name: string, { part, leftS }: HowFar, { told, columns }: { told: string; columns: number }): string {
	if (part === undefined) return `${name}  ${told}`
	const words = `${String(Math.floor(part * 100)).padStart(3)}%  ${told}${leftS === undefined ? '' : `  ${clockIn(leftS)} left`}`
	const width = Math.min(BAR_MAX, columns - name.length - words.length - '  '.length - 1)
	if (width < BAR_MIN) return `${name} ${words}`
	const full = Math.floor(part * width)
	return `${name} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${words}`
}
