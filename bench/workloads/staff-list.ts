import { type Server, startService } from '../children.ts'
import type { Page } from '../load/jobs.ts'
import { seedCustomers, seedProducts, seedStaff } from '../seed.ts'
import { seedOrders } from '../seed-orders.ts'
import { type Measured, measureService, rowOf } from '../service-load.ts'
import { type Bench, figuresOf, type Row, type Workload } from '../workload.ts'
import { placeRound, untrackedProducts } from './placing.ts'

const PRODUCTS = 1_000
const CUSTOMERS = 100_000
const ORDERS_FEW = 10_000
const QUICK = { customers: 2_000, few: 1_000, many: 5_000 }
/** Colleagues who look at once. */
const CONNECTIONS = 4
const PLACING_CONNECTIONS = 64
/** Orders begin a year ago; the second part follows on the first. */
const YEAR_MS = 365 * 24 * 3_600_000

/** W5: the staff's list with its filters and sorts, and placing, with few orders and with many. */
export const staffList: Workload = {
	id: 'w5',
	title: 'staff: page of 20 orders, filters and sorts; placing beside many orders (W5)',
	async run(bench) {
		const { ground, quick, orders: wanted } = bench
		const few = quick ? QUICK.few : ORDERS_FEW
		const many = quick ? QUICK.many : wanted
		await seedProducts(ground.sql, PRODUCTS)
		await untrackedProducts(ground.sql)
		const tokens = await seedCustomers(ground.sql, quick ? QUICK.customers : CUSTOMERS)
		const staff = await seedStaff(ground.sql)
		await seedOrders(ground.sql, { from: new Date(Date.now() - YEAR_MS), count: few })
		const before = await measureAt(bench, { orders: few, tokens, staff })
		bench.say(`  ${many.toLocaleString('en')} orders are made`)
		await seedOrders(ground.sql, { from: new Date(Date.now() - YEAR_MS), count: many - few })
		const after = await measureAt(bench, { orders: many, tokens, staff })
		return [...before.rows, ...withRatios(after, before)]
	},
}

type Ground = { readonly orders: number; readonly tokens: readonly string[]; readonly staff: string }
type At = { readonly rows: readonly [list: Row, placing: Row] }

async function measureAt(bench: Bench, { orders, tokens, staff }: Ground): Promise<At> {
	const service = await startService({ ...bench.ground, settings: { ROLE: 'api' } })
	try {
		const headers = { authorization: `Bearer ${staff}` }
		const job = { kind: 'pages', pages: await readPages(service, headers), headers } as const
		const lists: Measured[] = []
		const placed: Measured[] = []
		for (let round = 0; round < bench.rounds; round++) {
			lists.push(await measureService(bench, service, { job, connections: CONNECTIONS }))
		}
		for (let round = 0; round < bench.rounds; round++) {
			placed.push(await placeRound(bench, service, { tokens, connections: PLACING_CONNECTIONS, run: `${orders}-${round}` }))
		}
		const among = `among ${orders.toLocaleString('en')} orders`
		const list = { workload: `W5 staff list ${among}`, connections: CONNECTIONS, goal: 'p99 <20 ms' }
		const placing = { workload: `W4 placing ${among}`, connections: PLACING_CONNECTIONS }
		return {
			rows: [rowOf(list, { ours: lists, limits: [], ratios: [] }), rowOf(placing, { ours: placed, limits: [], ratios: [] })],
		}
	} finally {
		await service.close()
	}
}

/** Beside what it is with few orders: the list's p99, which may double, and the rate of placing, which should stay. */
function withRatios({ rows: [list, placing] }: At, { rows: [fewList, fewPlacing] }: At): Row[] {
	const slower = (list.p99Ms?.median ?? 0) / (fewList.p99Ms?.median ?? 1)
	const rate = placing.ours.median / fewPlacing.ours.median
	return [
		{
			...list,
			limit: { name: 'p99 with few', ...figuresOf([fewList.p99Ms?.median ?? 0]) },
			ratio: figuresOf([slower]),
			goal: '≤2',
		},
		{ ...placing, limit: { name: 'rate with few', ...fewPlacing.ours }, ratio: figuresOf([rate]), goal: '≥0.9' },
	]
}

const FILTERS = [
	'',
	'&status=paid',
	'&status=received',
	'&status=paid,assembling,ready',
	'&method=courier',
	'&method=pickup&status=cancelled',
	'&total_min=5000&total_max=6000',
	'&phone=%2B79000000001',
] as const
const SORTS = ['newest', 'oldest', 'total', '-total'] as const

/** The first pages, and those that follow on them, of each filter and sort. */
async function readPages({ url }: Server, headers: Readonly<Record<string, string>>): Promise<Page[]> {
	const pages: Page[] = []
	for (const filter of FILTERS) {
		for (const sort of SORTS) {
			const path = `/v1/admin/orders?limit=20&sort=${sort}${filter}`
			const first = await readPage(url + path, headers)
			pages.push({ path, ids: first.ids })
			if (first.cursor === null) continue
			const next = `${path}&cursor=${encodeURIComponent(first.cursor)}`
			pages.push({ path: next, ids: (await readPage(url + next, headers)).ids })
		}
	}
	return pages
}

async function readPage(url: string, headers: Readonly<Record<string, string>>) {
	const answer = await fetch(url, { headers })
	const text = await answer.text()
	if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}: ${text}`)
	const { data, next_cursor: cursor }: { data: { id: string; number: number }[]; next_cursor: string | null } = JSON.parse(text)
	return { ids: data.map((order) => order.id), cursor }
}
