import { startService } from '../children.ts'
import { measureFootprint, memoryOf, SETTLE_MS } from '../footprint.ts'
import { seedCustomers } from '../seed.ts'
import { measureService } from '../service-load.ts'
import { type Bench, one, type Row, type Workload } from '../workload.ts'
import { customersOf, seedUntracked } from './placing.ts'

const CUSTOMERS = 2_000
const CONNECTIONS = 64
const SETTLE_QUICK_MS = 200

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
			await memoryAfterLoads(bench),
			{ workload: 'W10 install for production', unit: 'MB', ours: one(print.installMb) },
		]
	},
}

/**
 * After a second load there must be about as much as after the first one, or something is kept that nobody needs. Looked at when
 * the load has just ended: how much is given back when it is quiet is left to the moment at which V8 collects.
 */
async function memoryAfterLoads(bench: Bench): Promise<Row> {
	const { ground } = bench
	await seedUntracked(ground.sql)
	const tokens = await seedCustomers(ground.sql, CUSTOMERS)
	const service = await startService(ground)
	try {
		const mb: number[] = []
		for (const run of ['footprint-1', 'footprint-2']) {
			const job = { kind: 'purchase', ...customersOf(tokens), run } as const
			await measureService(bench, service, { job, connections: CONNECTIONS })
			mb.push((await memoryOf(service.pid)).idleRssMb)
		}
		const [first = 0, second = 0] = mb
		return {
			workload: 'W10 memory after two loads of W4',
			connections: CONNECTIONS,
			unit: 'MB',
			ours: one(second),
			limit: { name: 'after one', ...one(first) },
			ratio: one(second / first),
			goal: 'about as after one',
		}
	} finally {
		await service.close()
	}
}
