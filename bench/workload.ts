import type { Broker } from '../test/support/broker.ts'
import type { Ground } from './ground.ts'

/** How much is measured, and where. */
export type Bench = {
	readonly rounds: number
	readonly seconds: number
	readonly warmUpS: number
	/** How many orders are many. */
	readonly orders: number
	/** Processes that answer HTTP, in workloads that measure what they do (`WORKERS`). */
	readonly workers: number
	/** Looks for faults, not for figures: little data, short runs. */
	readonly quick: boolean
	/** A migrated PostgreSQL of the workload's own, empty, that ends with the workload. */
	readonly ground: Ground
	/** An Apache Kafka, started when it is first asked for, that is there for all workloads: each makes topics of its own. */
	readonly broker: () => Promise<Broker>
	/** Tells whoever waits what is going on. */
	readonly say: (text: string) => void
}

/** How many at once: a few, and many. */
export const connectionsOf = ({ quick }: Pick<Bench, 'quick'>): readonly (16 | 64)[] => (quick ? [16] : [16, 64])

/** One line of the table. Figures of several rounds: the median, and the smallest and greatest. */
export type Row = {
	readonly workload: string
	readonly connections?: number
	/** What the figures are, where it is not requests a second: `MB`, `ms`, `messages/s`. */
	readonly unit?: string
	readonly ours: Figures
	readonly p50Ms?: Figures
	readonly p99Ms?: Figures
	/** Processor time of one unit of work: the service's process, its PostgreSQL. */
	readonly processorUs?: { readonly service: number; readonly database: number }
	/** What the machine can do at the best, measured right before and after each round. */
	readonly limit?: { readonly name: string } & Figures
	/** Ours by the limit, round by round. */
	readonly ratio?: Figures
	/** What is to be reached. */
	readonly goal?: string
}

export type Figures = { readonly median: number; readonly min: number; readonly max: number }

/** A workload of the table. Throws when an answer or the database is wrong. */
export type Workload = {
	/** As it is asked for: `npm run bench -- w4`. */
	readonly id: string
	readonly title: string
	readonly run: (bench: Bench) => Promise<Row[]>
}

export function figuresOf(values: readonly number[]): Figures {
	const sorted = values.toSorted((a, b) => a - b)
	const [min = 0] = sorted
	return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, min, max: sorted.at(-1) ?? 0 }
}

/** A figure without a spread. */
export const one = (value: number): Figures => ({ median: value, min: value, max: value })

export type Paired<Ours> = {
	readonly ours: readonly Ours[]
	readonly limits: readonly number[]
	readonly ratios: readonly number[]
}

/**
 * Measures the limit right before and right after each round, so that a machine whose speed drifts drifts for both: a round's
 * ratio is by the mean of its two neighbours. Where only faults are looked for, once will do.
 */
export async function measurePaired<Ours extends { readonly perSecond: number }>(
	{ rounds, quick }: Pick<Bench, 'rounds' | 'quick'>,
	measure: { readonly ours: (round: number) => Promise<Ours>; readonly limit: () => Promise<number> },
): Promise<Paired<Ours>> {
	const limits = [await measure.limit()]
	const ours: Ours[] = []
	for (let round = 0; round < rounds; round++) {
		ours.push(await measure.ours(round))
		if (!quick) limits.push(await measure.limit())
	}
	return { ours, limits, ratios: ratiosOf(ours, limits) }
}

/** Each round by the mean of the limits before and after it. */
export function ratiosOf(rounds: readonly { readonly perSecond: number }[], limits: readonly number[]): number[] {
	return rounds.map(({ perSecond }, round) => {
		const [before = 0, after = before] = limits.slice(round)
		return perSecond / ((before + after) / 2)
	})
}
