import { type Server, runLoad } from './children.ts'
import type { LoadResult } from './load/closed-loop.ts'
import type { Job } from './load/jobs.ts'
import { processorTimeS } from './processor-time.ts'
import type { Bench, Paired, Row } from './workload.ts'
import { figuresOf } from './workload.ts'

/** Processor time of a unit, in µs. */
export type Cost = { readonly serviceUs: number; readonly databaseUs: number }

export type Measured = LoadResult & Cost

const US_PER_S = 1e6

/** A service that answers HTTP and does nothing else. */
export const settingsOf = ({ workers }: Pick<Bench, 'workers'>) => ({ ROLE: 'api', WORKERS: String(workers) })

/** Puts a load on the service and says, beside what came of it, what processor time a unit took. */
export async function measureService(
	bench: Pick<Bench, 'ground' | 'seconds' | 'warmUpS'>,
	service: Server,
	{ job, connections, perSecond }: { readonly job: Job; readonly connections: number; readonly perSecond?: number },
): Promise<Measured> {
	const { ground, seconds, warmUpS } = bench
	const before = await spentBy(service, ground)
	const rate = perSecond === undefined ? {} : { perSecond }
	const result = await runLoad({ url: service.url, job, connections, seconds, warmUpS, ...rate })
	const after = await spentBy(service, ground)
	return { ...result, ...costOf(before, after, result.allUnits) }
}

/** Processor time so far, in seconds. */
type Spent = { readonly service: number; readonly database: number }

export const spentBy = async (service: Server, ground: Bench['ground']): Promise<Spent> => ({
	service: await processorTimeS(service.pid),
	database: await processorTimeS(ground.pid),
})

/** Processor time of a unit of work. */
export const costOf = (before: Spent, after: Spent, units: number): Cost => ({
	serviceUs: ((after.service - before.service) / units) * US_PER_S,
	databaseUs: ((after.database - before.database) / units) * US_PER_S,
})

export type RowHead = Pick<Row, 'workload' | 'connections' | 'goal'> & { readonly limitName?: string }

/** The rounds as a row of the table. */
export function rowOf({ limitName, ...head }: RowHead, { ours, limits, ratios }: Paired<Measured>): Row {
	return {
		...head,
		ours: figuresOf(ours.map((round) => round.perSecond)),
		p50Ms: figuresOf(ours.map((round) => round.p50)),
		p99Ms: figuresOf(ours.map((round) => round.p99)),
		processorUs: {
			service: figuresOf(ours.map((round) => round.serviceUs)).median,
			database: figuresOf(ours.map((round) => round.databaseUs)).median,
		},
		...(limitName === undefined ? {} : { limit: { name: limitName, ...figuresOf(limits) }, ratio: figuresOf(ratios) }),
	}
}
