import type { Server } from '../children.ts'
import { type Measured, measureService, rowOf } from '../service-load.ts'
import { type Bench, figuresOf, measurePaired, type Row, type Workload } from '../workload.ts'
import { checked, customersOf, fillCarts, placeRound, withCustomers } from './placing.ts'

/** As many as bring out what the service can do. */
const AT_PEAK = 64
/** Connections of people who come all at once. */
const CROWD = 2_000
const CROWD_QUICK = 200
/** Of what the service can do. */
const TIMES = 5
/** Right after the crowd has gone. */
const RECOVERY_S = 3

/** W11: five times as many orders come as can be placed. */
export const crowd: Workload = {
	id: 'w11',
	title: 'five times as many orders as can be placed (W11)',
	run: (bench) => withCustomers(bench, (service, tokens) => measureCrowd(bench, service, tokens)),
}

async function measureCrowd(bench: Bench, service: Server, tokens: readonly string[]): Promise<Row[]> {
	const connections = bench.quick ? CROWD_QUICK : CROWD
	let peak = 0
	let runs = 0
	const recovered: Measured[] = []
	const place = (some: Bench) => placeRound(some, service, { tokens, connections: AT_PEAK, run: `peak-${runs++}` })
	const paired = await measurePaired(bench, {
		async ours() {
			await fillCarts(bench.ground.sql)
			const job = { kind: 'crowd', ...customersOf(tokens), run: `crowd-${runs++}` } as const
			const measured = await checked(bench, () =>
				measureService({ ...bench, warmUpS: 0 }, service, { job, connections, perSecond: TIMES * peak }),
			)
			recovered.push(await place({ ...bench, warmUpS: 0, seconds: Math.min(bench.seconds, RECOVERY_S) }))
			const { orders = 0 } = measured.acknowledged
			return { ...measured, perSecond: orders / measured.seconds }
		},
		async limit() {
			peak = (await place(bench)).perSecond
			return peak
		},
	})
	const shares = paired.ours.map(
		({ acknowledged: { refused = 0, refusedLate = 0 } }) => (100 * refusedLate) / Math.max(1, refused),
	)
	const after = recovered.map(({ perSecond }, round) => perSecond / (paired.limits[round] ?? Number.NaN))
	const head = { connections, limitName: 'at 64 connections', goal: '≥0.8' }
	return [
		rowOf({ ...head, workload: `W11 orders placed where ${TIMES} times as many come` }, paired),
		{ workload: 'W11 refused later than 50 ms', connections, unit: '%', ours: figuresOf(shares), goal: '≤1' },
		{
			workload: `W11 in the first ${RECOVERY_S} s after`,
			connections: AT_PEAK,
			ours: figuresOf(recovered.map(({ perSecond }) => perSecond)),
			limit: { name: 'before', ...figuresOf(paired.limits) },
			ratio: figuresOf(after),
			goal: '',
		},
	]
}
