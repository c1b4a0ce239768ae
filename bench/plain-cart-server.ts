import { createServer, type ServerResponse } from 'node:http'
import { setImmediate as immediate } from 'node:timers/promises'
import { postgres } from '../src/platform/db/driver.ts'

/** What the process is sent, once. */
export type PlainCartsOrder = {
	readonly databaseUrl: string
	/** Whose cart a token stands for. Their carts are empty. */
	readonly customers: readonly (readonly [token: string, customerId: number])[]
	/** What each change is answered with: a whole cart, always the same, or nothing. */
	readonly answer: string
}

type Cart = { readonly customerId: number; readonly productIds: number[]; readonly quantities: number[] }
type Waiting = { readonly cart: Cart; readonly response: ServerResponse }

const ITEMS = '/v1/cart/items/'
const BEARER = 'Bearer '

/**
 * The least that a server on Node can do for W3: it keeps the carts in memory, checks nothing, and writes those that wait by one
 * upsert of the rows that pgbench writes one by one, the next when the one before is done. Tried at 16 connections, in turns, seven
 * rounds each on a machine that was not quite quiet: this one reached 0.89 of pgbench, two upserts at once on two connections 0.78,
 * the rows as JSON 0.86, no turn of the event loop before the first upsert 0.87, one before each 0.76. In three rounds the rows as
 * three arrays came to 0.81 where this came to 0.89, and answers sent before the next upsert, not while it runs, to 0.83.
 */
process.once('message', ({ databaseUrl, customers, answer }: PlainCartsOrder) => {
	const carts = new Map(
		customers.map(([token, customerId]): [string, Cart] => [BEARER + token, { customerId, productIds: [], quantities: [] }]),
	)
	const submit = createWriter(databaseUrl, Buffer.from(answer))
	const server = createServer((request, response) => {
		let text = ''
		request.on('data', (chunk: Buffer) => void (text += chunk.toString()))
		request.on('end', () => {
			const { quantity }: { quantity: number } = JSON.parse(text)
			const cart = carts.get(request.headers.authorization ?? '')
			if (cart === undefined) return void response.writeHead(401).end()
			put(cart, Number(request.url?.slice(ITEMS.length)), quantity)
			submit({ cart, response })
		})
	})
	server.listen(0, '127.0.0.1', () => {
		const address = server.address()
		process.send?.(address !== null && typeof address === 'object' ? address.port : 0)
	})
	process.once('SIGTERM', () => process.exit(0))
})

function put({ productIds, quantities }: Cart, productId: number, quantity: number): void {
	const place = productIds.indexOf(productId)
	if (place >= 0) quantities[place] = quantity
	else {
		productIds.push(productId)
		quantities.push(quantity)
	}
}

/** Gathers what waits while an upsert runs. A customer waits for one answer at a time, so no two rows are of the same cart. */
function createWriter(databaseUrl: string, answer: Buffer): (waiting: Waiting) => void {
	const sql = postgres(databaseUrl, { max: 1 })
	/** By the number of rows, so that each is prepared once. */
	const upserts: string[] = []
	const write = async (batch: readonly Waiting[]) => {
		const upsert = (upserts[batch.length] ??= upsertOf(batch.length))
		const values = batch.flatMap(({ cart }) => [cart.customerId, `{${cart.productIds.join()}}`, `{${cart.quantities.join()}}`])
		await sql.unsafe(upsert, values, { prepare: true })
	}
	let waiting: Waiting[] = []
	let running = false
	const drain = async () => {
		// Until all that the sockets hold by now has been read.
		await immediate()
		let written: readonly Waiting[] = []
		while (waiting.length > 0) {
			const batch = waiting
			waiting = []
			const writing = write(batch)
			// Those before are told while the database works for these.
			tell(written, answer)
			await writing
			written = batch
		}
		running = false
		tell(written, answer)
	}
	return (one) => {
		waiting.push(one)
		if (running) return
		running = true
		void drain()
	}
}

/** The upsert of pgbench's script, of so many rows. */
function upsertOf(rows: number): string {
	const values = Array.from({ length: rows }, (_, row) => {
		const before = row * 3
		return `($${before + 1}::bigint, $${before + 2}::bigint[], $${before + 3}::int[], 1)`
	})
	return `
		insert into carts as stored (customer_id, product_ids, quantities, version) values ${values.join()}
		on conflict (customer_id) do update set product_ids = excluded.product_ids, quantities = excluded.quantities,
			version = stored.version + 1, updated_at = now()`
}

function tell(written: readonly Waiting[], answer: Buffer): void {
	for (const { response } of written) {
		if (answer.length === 0) response.writeHead(204)
		else response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
		response.end(answer.length === 0 ? undefined : answer)
	}
}
