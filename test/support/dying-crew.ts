import cluster from 'node:cluster'
import { pino } from 'pino'
import { createCrew } from '../../src/platform/crew/crew.ts'

/** A first process whose members end as soon as they are started. Tells how that ends. */
if (cluster.isWorker) process.exit(3)
const retry = { firstMs: 10, mostMs: 40, triesMax: 4, steadyMs: 60_000 }
const crew = createCrew({ size: 1, log: pino(), retry })
try {
	await crew.start({})
} catch (error) {
	await crew.close()
	process.stdout.write(`gave up: ${String(error)}\n`)
}
