import { type Server, startPlainCarts, startService } from '../children.ts'
import { runPgbench } from '../pgbench.ts'
import type { PlainCartsOrder } from '../plain-cart-server.ts'
import { seedCustomers, seedProducts } from '../seed.ts'
import { type Measured, measureService, rowOf, settingsOf } from '../service-load.ts'
import { type Bench, connectionsOf, measurePaired, type Paired, ratiosOf, type Row, type Workload } from '../workload.ts'

const PRODUCTS = 1_000
const CUSTOMERS = 2_000
const PRODUCT_IDS = Array.from({ length: PRODUCTS }, (_, index) => index + 1)
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
	{ minimal: false, answer: 'answered whole', goals: { 16: '≥0.6 of pgbench', 64: '' } },
	{ minimal: true, answer: 'minimal answer', goals: { 16: '≥0.8 of pgbench', 64: '≥1.0 of pgbench' } },
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
			for (const { minimal, answer, goals } of KINDS) {
				const plainOrder = await plainOrderOf(bench, service, { minimal, tokens })
				for (const connections of connectionsOf(bench)) {
					const fill = { minimal, connections, tokens }
					const paired = await measurePaired(bench, {
						ours: async () => ({
							...(await fillCarts(bench, service, fill)),
							plain: await fillPlainCarts(bench, plainOrder, fill),
						}),
						limit: () =>
							runPgbench({ ...ground, script: UPSERT, connections, seconds: bench.seconds, variables: { customers: CUSTOMERS } }),
					})
					const plain = plainOf(paired)
					const head = { connections, limitName: 'pgbench' }
					rows.push(rowOf({ ...head, workload: `W3 cart, ${answer}`, goal: goals[connections] }, paired))
					rows.push(rowOf({ ...head, workload: `W3 bare node:http with one upsert, ${answer}` }, plain))
					const told = `${listOf(paired.ratios)} of pgbench, bare node:http ${listOf(plain.ratios)}`
					bench.say(`  W3 cart, ${answer}, ${connections}: ${told}`)
				}
			}
			return rows
		} finally {
			await service.close()
		}
	},
}

const listOf = (ratios: readonly number[]): string => ratios.map((ratio) => ratio.toFixed(2)).join(' ')

/** The bare server's part of the rounds, beside the same limits. */
function plainOf({ ours, limits }: Paired<{ readonly plain: Measured }>): Paired<Measured> {
	const plain = ours.map((round) => round.plain)
	return { ours: plain, limits, ratios: ratiosOf(plain, limits) }
}

/** What the bare server answers with is what the service answers about the first customer's cart when it is full. */
async function plainOrderOf(bench: Bench, service: Server, { minimal, tokens }: Pick<Fill, 'minimal' | 'tokens'>) {
	const { sql, databaseUrl } = bench.ground
	const ids = await sql<{ id: number }[]>`select id from customers order by phone`
	const customers = tokens.map((token, index) => [token, ids[index]?.id ?? 0] as const)
	let answer = ''
	for (const productId of minimal ? [] : PRODUCT_IDS.slice(0, POSITIONS)) {
		const response = await fetch(`${service.url}/v1/cart/items/${productId}`, {
			method: 'PUT',
			headers: { authorization: `Bearer ${tokens[0]}`, 'content-type': 'application/json' },
			body: JSON.stringify({ quantity: productId }),
		})
		answer = await response.text()
		if (!response.ok) throw new Error(`a cart is answered by ${response.status}: ${answer}`)
	}
	return { databaseUrl, customers, answer }
}

type Fill = { readonly minimal: boolean; readonly connections: number; readonly tokens: readonly string[] }

async function fillCarts(bench: Bench, service: Server, { minimal, connections, tokens }: Fill): Promise<Measured> {
	const { sql } = bench.ground
	await sql`update carts set product_ids = '{}', quantities = '{}'`
	const job = { kind: 'cart', minimal, tokens, productIds: PRODUCT_IDS, positions: POSITIONS, run: '' } as const
	const measured = await measureService(bench, service, { job, connections })
	const [{ pieces }] = await sql<[{ pieces: number }]>`
		select coalesce(sum(quantity), 0)::bigint as pieces from carts cross join lateral unnest(quantities) as quantity`
	const acknowledged = measured.acknowledged['pieces']
	if (pieces !== acknowledged) throw new Error(`the carts hold ${pieces} pieces, but ${acknowledged} were acknowledged`)
	return measured
}

/** The same, by a bare server that begins with empty carts, and with the same look into the database. */
async function fillPlainCarts(bench: Bench, order: PlainCartsOrder, fill: Fill): Promise<Measured> {
	const plain = await startPlainCarts(order)
	try {
		return await fillCarts(bench, plain, fill)
	} finally {
		await plain.close()
	}
}
