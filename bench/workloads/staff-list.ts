import { type Server, startService } from '../children.ts'
import type { Page } from '../load/jobs.ts'
import { seedCustomers, seedStaff } from '../seed.ts'
import { seedOrders } from '../seed-orders.ts'
import { type Measured, measureService, rowOf } from '../service-load.ts'
import { type Bench, figuresOf, type Row, type Workload } from '../workload.ts'
import { customersOf, placeRound, seedUntracked } from './placing.ts'

const CUSTOMERS = 100_000
const ORDERS_FEW = 10_000
const QUICK = { customers: 2_000, few: 1_000, many: 5_000 }
/** Colleagues who look at once. */
const CONNECTIONS = 4
const MANY_CONNECTIONS = 64
/** Orders begin a year ago; the second part follows on the first. */
const YEAR_MS = 365 * 24 * 3_600_000

/** W5: the staff's list with its filters and sorts, and what customers do, with few orders and with many. */
export const staffList: Workload = {
	id: 'w5',
	title: 'staff: page of 20 orders, filters and sorts; what customers do beside many orders (W5)',
	async run(bench) {
		const { ground, quick, orders: wanted } = bench
		const few = quick ? QUICK.few : ORDERS_FEW
		const many = quick ? QUICK.many : wanted
		await seedUntracked(ground.sql)
		const tokens = await seedCustomers(ground.sql, quick ? QUICK.customers : CUSTOMERS)
		const staff = await seedStaff(ground.sql)
		await seedOrders(ground.sql, { from: new Date(Date.now() - YEAR_MS), count: few })
		const before = await measureAt(bench, { orders: few, tokens, staff })
		bench.say(`  ${many.toLocaleString('en')} orders are made`)
		await seedOrders(ground.sql, { from: new Date(Date.now() - YEAR_MS), count: many - few })
		const after = await measureAt(bench, { orders: many, tokens, staff })
		return [before.list, ...before.others, ...withRatios(after, before)]
	},
}

type Ground = { readonly orders: number; readonly tokens: readonly string[]; readonly staff: string }
type At = { readonly list: Row; readonly others: readonly Row[] }

async function measureAt(bench: Bench, { orders, tokens, staff }: Ground): Promise<At> {
	const service = await startService({ ...bench.ground, settings: { ROLE: 'api' } })
	try {
		const headers = { authorization: `Bearer ${staff}` }
		const pages = { kind: 'pages', pages: await readPages(service, headers), headers } as const
		const item = { kind: 'pages', pages: [{ path: '/v1/products/1', ids: [1] }] } as const
		const cart = { kind: 'cart', minimal: true, ...customersOf(tokens), run: `${orders}` } as const
		const rounds = async (workload: string, connections: number, run: (round: number) => Promise<Measured>) => {
			const ours: Measured[] = []
			for (let round = 0; round < bench.rounds; round++) ours.push(await run(round))
			const head = { workload: `${workload} among ${orders.toLocaleString('en')} orders`, connections, goal: '' }
			return rowOf(head, { ours, limits: [], ratios: [] })
		}
		const list = await rounds('W5 staff list', CONNECTIONS, () =>
			measureService(bench, service, { job: pages, connections: CONNECTIONS }),
		)
		const others = [
			await rounds('W2 item', MANY_CONNECTIONS, () =>
				measureService(bench, service, { job: item, connections: MANY_CONNECTIONS }),
			),
			await rounds('W3 cart, minimal answer,', MANY_CONNECTIONS, () =>
				measureService(bench, service, { job: cart, connections: MANY_CONNECTIONS }),
			),
			await rounds('W4 placing', MANY_CONNECTIONS, (round) =>
				placeRound(bench, service, { tokens, connections: MANY_CONNECTIONS, run: `${orders}-${round}` }),
			),
		]
		return { list: { ...list, goal: 'p99 <20 ms' }, others }
	} finally {
		await service.close()
	}
}

/** Beside what it is with few orders: the list's p99, which may double, and the rates of the others, which should stay. */
function withRatios(after: At, before: At): Row[] {
	const fewP99 = before.list.p99Ms?.median ?? 1
	const slower = (after.list.p99Ms?.median ?? 0) / fewP99
	const list = {
		...after.list,
		limit: { name: 'p99 with few', ...figuresOf([fewP99]) },
		ratio: figuresOf([slower]),
		goal: '≤2, p99 <20 ms',
	}
	const others = after.others.map((row, index) => {
		const few = before.others[index]?.ours ?? figuresOf([])
		const ratio = figuresOf([row.ours.median / few.median])
		return { ...row, limit: { name: 'rate with few', ...few }, ratio, goal: '≥0.9' }
	})
	return [list, ...others]
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
