import { startService } from '../children.ts'
import { runPgbench } from '../pgbench.ts'
import { seedCustomers, seedProducts } from '../seed.ts'
import { measureService, rowOf, settingsOf } from '../service-load.ts'
import { type Bench, connectionsOf, measurePaired, type Row, type Workload } from '../workload.ts'

const PRODUCTS = 1_000
const CUSTOMERS = 2_000
const POSITIONS = 3

/** The same row written by pgbench: one statement, one transaction. */
export const UPSERT = `
\\set customer random(1, :customers)
\\set product random(1, ${PRODUCTS})
\\set quantity random(1, 9)
insert into carts as stored (customer_id, product_ids, quantities, version)
values (:customer, array[:product::bigint, 2, 3], array[:quantity::int, 1, 1], 1)
on conflict (customer_id) do update set product_ids = excluded.product_ids, quantities = excluded.quantities,
	version = stored.version + 1, updated_at = now();
`

const KINDS = [
	{ minimal: false, workload: 'W3 cart, answered whole', goals: { 16: '≥0.6 of pgbench', 64: '' } },
	{ minimal: true, workload: 'W3 cart, minimal answer', goals: { 16: '≥0.8 of pgbench', 64: '≥1.0 of pgbench' } },
] as const

/** W3: put a product into the cart. */
export const cart: Workload = {
	id: 'w3',
	title: 'put a product into the cart (W3)',
	async run(bench) {
		const { ground } = bench
		await seedProducts(ground.sql, PRODUCTS)
		const tokens = await seedCustomers(ground.sql, CUSTOMERS)
		const service = await startService({ ...ground, settings: settingsOf(bench) })
		try {
			const rows: Row[] = []
			for (const { minimal, workload, goals } of KINDS) {
				for (const connections of connectionsOf(bench)) {
					const paired = await measurePaired(bench, {
						ours: () => fillCarts(bench, service, { minimal, connections, tokens }),
						limit: () =>
							runPgbench({ ...ground, script: UPSERT, connections, seconds: bench.seconds, variables: { customers: CUSTOMERS } }),
					})
					rows.push(rowOf({ workload, connections, limitName: 'pgbench', goal: goals[connections] }, paired))
					bench.say(`  ${workload}, ${connections}: ${paired.ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of pgbench`)
				}
			}
			return rows
		} finally {
			await service.close()
		}
	},
}

type Fill = { readonly minimal: boolean; readonly connections: number; readonly tokens: readonly string[] }

async function fillCarts(
	bench: Bench,
	service: Awaited<ReturnType<typeof startService>>,
	{ minimal, connections, tokens }: Fill,
) {
	const { sql } = bench.ground
	await sql`update carts set product_ids = '{}', quantities = '{}'`
	const productIds = Array.from({ length: PRODUCTS }, (_, index) => index + 1)
	const job = { kind: 'cart', minimal, tokens, productIds, positions: POSITIONS, run: '' } as const
	const measured = await measureService(bench, service, { job, connections })
	const [{ pieces }] = await sql<[{ pieces: number }]>`
		select coalesce(sum(quantity), 0)::bigint as pieces from carts cross join lateral unnest(quantities) as quantity`
	const acknowledged = measured.acknowledged['pieces']
	if (pieces !== acknowledged) throw new Error(`the carts hold ${pieces} pieces, but ${acknowledged} were acknowledged`)
	return measured
}
