import { startPlainServer, startService } from '../children.ts'
import type { Page } from '../load/jobs.ts'
import { seedProducts } from '../seed.ts'
import { measureService, rowOf, settingsOf } from '../service-load.ts'
import { type Bench, connectionsOf, measurePaired, type Row, type Workload } from '../workload.ts'

const PRODUCTS = 1_000
const PRODUCTS_MANY = 1_000_000
const PRODUCTS_MANY_QUICK = 20_000
const PAGE = 20
const SORTS = ['newest', 'name', '-name', 'price', '-price'] as const
const SEARCHES = ['велосипед', 'самокат', 'чайник', 'палатка', 'зелёный', 'походный', 'горный велосипед', 'тёплое'] as const
/** Prices from which pages are asked for: each address is another page. */
const PRICES = [0, 200, 500, 1_000, 2_000, 5_000] as const

/** W1, W2: what guests look at. */
export const catalogPages: Workload = {
	id: 'w1',
	title: 'product list and product, guests (W1, W2)',
	async run(bench) {
		await seedProducts(bench.ground.sql, PRODUCTS)
		const rows = await keptPages(bench)
		const many = bench.quick ? PRODUCTS_MANY_QUICK : PRODUCTS_MANY
		await bench.ground.sql`truncate products`
		await seedProducts(bench.ground.sql, many)
		return [...rows, ...(await unkeptPages(bench, many))]
	},
}

async function keptPages(bench: Bench): Promise<Row[]> {
	const { ground } = bench
	const service = await startService({ ...ground, settings: settingsOf(bench) })
	try {
		const lists = await readPages(service.url, listPaths())
		const items = await readPages(
			service.url,
			Array.from({ length: PRODUCTS }, (_, index) => `/v1/products/${index + 1}`),
		)
		await checkNewest(bench, lists)
		const rows: Row[] = []
		for (const [workload, pages] of [
			['W1 list of 20', lists],
			['W2 product', items],
		] as const) {
			for (const connections of connectionsOf(bench)) {
				const job = { kind: 'pages', pages: pages.map(({ path, ids }): Page => ({ path, ids })) } as const
				const plain = await startPlainServer(new Map(pages.map(({ path, body }) => [path, body])))
				try {
					const paired = await measurePaired(bench, {
						ours: () => measureService(bench, service, { job, connections }),
						limit: async () => (await measureService(bench, plain, { job, connections })).perSecond,
					})
					rows.push(rowOf({ workload, connections, limitName: 'node:http', goal: '≥0.5 of node:http' }, paired))
					bench.say(`  ${workload}, ${connections}: ${paired.ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of node:http`)
				} finally {
					await plain.close()
				}
			}
		}
		return rows
	} finally {
		await service.close()
	}
}

/** Each page is another one, so that none of them is in memory: what a search costs that nobody has made before. */
async function unkeptPages(bench: Bench, products: number): Promise<Row[]> {
	const service = await startService({ ...bench.ground, settings: settingsOf(bench) })
	try {
		const rows: Row[] = []
		for (const [workload, sorts, searches, connections] of [
			['sort', SORTS, [], 16],
			['search', ['newest', 'price', '-price'], SEARCHES, 16],
			// All that hold a word are read where their names stand together: as long as that takes for one who is alone.
			['search, by name', ['name', '-name'], SEARCHES, 1],
		] as const) {
			const job = { kind: 'fresh-pages', page: PAGE, sorts, searches } as const
			const ours = []
			for (let round = 0; round < bench.rounds; round++) ours.push(await measureService(bench, service, { job, connections }))
			const head = { workload: `W1 ${workload}, not in memory, ${products} products`, connections, goal: 'p99 <50 ms' }
			rows.push(rowOf(head, { ours, limits: [], ratios: [] }))
		}
		return rows
	} finally {
		await service.close()
	}
}

const listPaths = (): string[] => [
	...SORTS.flatMap((sort) => PRICES.map((price) => `/v1/products?limit=${PAGE}&sort=${sort}&price_min=${price}`)),
	...SEARCHES.flatMap((search) =>
		SORTS.map((sort) => `/v1/products?limit=${PAGE}&sort=${sort}&search=${encodeURIComponent(search)}`),
	),
]

type ReadPage = Page & { readonly body: Buffer }

async function readPages(url: string, paths: readonly string[]): Promise<ReadPage[]> {
	const pages: ReadPage[] = []
	for (const path of paths) {
		const answer = await fetch(url + path)
		const body = Buffer.from(await answer.arrayBuffer())
		const { data, id }: { data?: { id: number }[]; id?: number } = JSON.parse(body.toString())
		const ids = data?.map((product) => product.id) ?? (id === undefined ? [] : [id])
		if (answer.status !== 200 || ids.length === 0) throw new Error(`${path} answers ${answer.status}: ${body.toString()}`)
		pages.push({ path, ids, body })
	}
	return pages
}

/** The lists say what the table says, read in another way. */
async function checkNewest({ ground: { sql } }: Bench, lists: readonly Page[]): Promise<void> {
	for (const price of PRICES) {
		const rows = await sql<{ id: number }[]>`
			select id from products where price >= ${price} order by arrival desc limit ${PAGE}`
		const page = lists.find(({ path }) => path.endsWith(`sort=newest&price_min=${price}`))
		const expected = JSON.stringify(rows.map((row) => row.id))
		if (JSON.stringify(page?.ids) !== expected)
			throw new Error(`${page?.path} shows ${JSON.stringify(page?.ids)}, not ${expected}`)
	}
}
