import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runLoad, startService } from './children.ts'
import { drawFlameGraph, foldProfile } from './flame-graph.ts'
import { type Ground, openGround } from './ground.ts'
import type { Job } from './load/jobs.ts'
import { seedCustomers } from './seed.ts'
import { customersOf, placingJob, seedUntracked } from './workloads/placing.ts'

/** Draws where the service's time goes while it is under a load: `npm run bench:profile -- w1 docs/w1.svg`. */
const USAGE = `npm run bench:profile -- w1|w3|w4 picture.svg [options]
  --connections n  of the load, each of which sends when it has its answer (64)`
const SECONDS = 10
const CART_CUSTOMERS = 2_000
const CUSTOMERS = 100_000

const JOBS: Readonly<Record<string, { title: string; prepare: (ground: Ground) => Promise<Job> }>> = {
	w1: {
		title: 'W1: pages of the product list that are kept in memory',
		async prepare({ sql }) {
			const rows = await sql<{ id: number }[]>`select id from products order by arrival desc limit 20`
			return { kind: 'pages', pages: [{ path: '/v1/products?limit=20', ids: rows.map((row) => row.id) }] }
		},
	},
	w3: {
		title: 'W3: putting products into carts, minimal answers',
		async prepare({ sql }) {
			const tokens = await seedCustomers(sql, CART_CUSTOMERS)
			return { kind: 'cart', minimal: true, ...customersOf(tokens), run: 'profile' }
		},
	},
	w4: {
		title: 'W4: placing orders of three products',
		async prepare(ground) {
			return placingJob(ground.sql, { tokens: await seedCustomers(ground.sql, CUSTOMERS), run: 'profile' })
		},
	},
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { connections: { type: 'string', default: '64' }, help: { type: 'boolean', default: false } },
	})
	if (values.help) return void process.stdout.write(`${USAGE}\n`)
	const [name = '', picture] = positionals
	const connections = Number(values.connections)
	const wanted = JOBS[name]
	const possible = Number.isInteger(connections) && connections >= 1 && connections <= CART_CUSTOMERS
	if (wanted === undefined || picture === undefined || !possible) throw new Error(USAGE)
	const ground = await openGround()
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-profile-'))
	try {
		await seedUntracked(ground.sql)
		const job = await wanted.prepare(ground)
		const flags = `--cpu-prof --cpu-prof-dir=${folder}`
		const service = await startService({ ...ground, settings: { ROLE: 'api', NODE_OPTIONS: flags } })
		try {
			await runLoad({ url: service.url, job, connections, warmUpS: 0, seconds: SECONDS })
		} finally {
			await service.close()
		}
		const [file = ''] = await readdir(folder)
		const profile = foldProfile(JSON.parse(await readFile(join(folder, file), 'utf8')))
		await writeFile(picture, drawFlameGraph(profile, `${wanted.title}, ${connections} connections`))
	} finally {
		await rm(folder, { recursive: true, force: true })
		await ground.close()
	}
}

try {
	await main()
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
	process.exitCode = 1
}
