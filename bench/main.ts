import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Broker, startBroker } from '../test/support/broker.ts'
import { atSignal } from './at-signal.ts'
import { ageLog, openGround } from './ground.ts'
import { describeMachine } from './machine.ts'
import { requirePrograms } from './pgbench.ts'
import { tableOf } from './table.ts'
import type { Row, Workload } from './workload.ts'
import { cart } from './workloads/cart.ts'
import { catalogPages } from './workloads/catalog-pages.ts'
import { crowd } from './workloads/crowd.ts'
import { footprint } from './workloads/footprint.ts'
import { liveStreams } from './workloads/live-streams.ts'
import { ordersOut } from './workloads/orders-out.ts'
import { placing } from './workloads/placing.ts'
import { productsIn } from './workloads/products-in.ts'
import { reports } from './workloads/reports.ts'
import { staffList } from './workloads/staff-list.ts'

const WORKLOADS: readonly Workload[] = [
	catalogPages,
	cart,
	placing,
	staffList,
	reports,
	productsIn,
	ordersOut,
	liveStreams,
	footprint,
	crowd,
]

const USAGE = `npm run bench [-- [options] [workload …]]

Workloads: ${WORKLOADS.map(({ id, title }) => `${id} (${title})`).join(', ')}; all of them unless some are named.
  --quick          looks for wrong answers, not for figures: a minute for all
  --rounds n       of each measurement, with the limit before and after each (3)
  --seconds n      of a round, after its warm-up (20)
  --workers n      processes that answer HTTP in w1, w3 and w4 (1)
  --orders n       that the database holds where a workload wants many (1,000,000; 10,000,000 take a quarter of an hour)
  --json file      where the figures go beside the table (bench-results.json)`

const WARM_UP_S = 5
const QUICK_SECONDS = 0.4
const QUICK_AT_ONCE = 3
const say = (text: string) => process.stderr.write(`${text}\n`)

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			quick: { type: 'boolean', default: false },
			rounds: { type: 'string', default: '3' },
			seconds: { type: 'string', default: '20' },
			workers: { type: 'string', default: '1' },
			orders: { type: 'string', default: '1000000' },
			json: { type: 'string', default: 'bench-results.json' },
			help: { type: 'boolean', default: false },
		},
	})
	if (values.help) return void process.stdout.write(`${USAGE}\n`)
	const unknown = positionals.filter((id) => WORKLOADS.every((workload) => workload.id !== id))
	const [orders, workers] = [Number(values.orders), Number(values.workers)]
	const amounts = values.quick
		? { rounds: 1, seconds: QUICK_SECONDS, warmUpS: 0, quick: true, orders, workers }
		: { rounds: Number(values.rounds), seconds: Number(values.seconds), warmUpS: WARM_UP_S, quick: false, orders, workers }
	const possible = amounts.rounds >= 1 && amounts.seconds > 0 && orders > 10_000 && workers >= 1
	if (unknown.length > 0 || !possible) throw new Error(USAGE)
	await requirePrograms()

	const machine = await describeMachine()
	let started: Promise<Broker> | undefined
	const broker = () => (started ??= startBroker())
	const stopBroker = async () => (await started)?.stop()
	atSignal(stopBroker)
	const wanted = WORKLOADS.filter(({ id }) => positionals.length === 0 || positionals.includes(id))
	const found = new Map<Workload, readonly Row[]>()
	const run = async (workload: Workload) => {
		say(`${workload.id}: ${workload.title}`)
		const ground = await openGround()
		try {
			if (!values.quick) await ageLog(ground.sql)
			found.set(workload, await workload.run({ ...amounts, ground, broker, say }))
		} finally {
			await ground.close()
		}
	}
	try {
		// Figures are of one workload alone; where only faults are looked for, some wait while others work.
		const left = wanted.values()
		const runLeft = async () => {
			for (const workload of left) await run(workload)
		}
		const ends = await Promise.allSettled(Array.from({ length: values.quick ? QUICK_AT_ONCE : 1 }, runLeft))
		// Only when none is left that works with the broker.
		for (const end of ends) if (end.status === 'rejected') throw end.reason
	} finally {
		await stopBroker()
	}
	const rows = wanted.flatMap((workload) => found.get(workload) ?? [])
	process.stdout.write(`${tableOf(rows)}\n`)
	if (!values.quick) await writeFile(values.json, `${JSON.stringify({ machine, ...amounts, rows }, null, '\t')}\n`)
}

try {
	await main()
} catch (error) {
	say(error instanceof Error ? error.message : String(error))
	process.exitCode = 1
}
