import { startService } from '../children.ts'
import { measureFootprint, memoryOf, SETTLE_MS } from '../footprint.ts'
import { seedCustomers } from '../seed.ts'
import { measureService } from '../service-load.ts'
import { type Bench, one, type Row, type Workload } from '../workload.ts'
import { customersOf, seedUntracked } from './placing.ts'

const CUSTOMERS = 2_000
const CONNECTIONS = 64
const SETTLE_QUICK_MS = 200
/** V8's heap, and what the allocator keeps of what lies outside of it, grow for some five loads of 6 s. */
const LOADS_TO_GROW = 6

/** W10: what the service takes of a machine. */
export const footprint: Workload = {
	id: 'w10',
	title: 'start, memory and size (W10)',
	async run(bench) {
		const settleMs = bench.quick ? SETTLE_QUICK_MS : SETTLE_MS
		const print = await measureFootprint(settleMs)
		return [
			{ workload: 'W10 first start to the first 200', unit: 'ms', ours: one(print.firstStartMs) },
			{ workload: 'W10 later start to the first 200', unit: 'ms', ours: one(print.secondStartMs) },
			{ workload: 'W10 memory idle', unit: 'MB', ours: one(print.idleRssMb) },
			{ workload: 'W10 memory idle, its own alone', unit: 'MB', ours: one(print.idleAnonMb) },
			await memoryAfterLoads(bench, bench.quick ? 1 : LOADS_TO_GROW),
			{ workload: 'W10 install for production', unit: 'MB', ours: one(print.installMb) },
		]
	},
}

/**
 * After twice as many loads there must be about as much as after those under which it grows, or something is kept that nobody needs.
 * Looked at when a load has just ended: how much is given back when it is quiet is left to the moment at which V8 collects.
 */
async function memoryAfterLoads(bench: Bench, loads: number): Promise<Row> {
	const { ground } = bench
	await seedUntracked(ground.sql)
	const tokens = await seedCustomers(ground.sql, CUSTOMERS)
	const service = await startService(ground)
	try {
		const mb: number[] = []
		for (let load = 1; load <= 2 * loads; load++) {
			const job = { kind: 'purchase', ...customersOf(tokens), run: `footprint-${load}` } as const
			await measureService(bench, service, { job, connections: CONNECTIONS })
			mb.push((await memoryOf(service.pid)).idleRssMb)
		}
		const [grown = 0, last = 0] = [mb[loads - 1], mb.at(-1)]
		bench.say(`  W10 memory after each load of W4: ${mb.map(Math.round).join(' ')} MB`)
		return {
			workload: `W10 memory after ${2 * loads} loads of W4`,
			connections: CONNECTIONS,
			unit: 'MB',
			ours: one(last),
			limit: { name: `after ${loads}`, ...one(grown) },
			ratio: one(last / grown),
			goal: `about as after ${loads}`,
		}
	} finally {
		await service.close()
	}
}
