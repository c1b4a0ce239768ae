import { seedOrders } from '../../bench/seed-orders.ts'
import { seedCustomers, seedProducts } from '../../bench/seed.ts'
import type { Sql } from '../../src/platform/db/database.ts'

const LINES_PER_ORDER = 3
/** One of fourteen orders is cancelled: so many more are made that the rest has the lines that are asked for. */
const MADE_PER_SOLD = 1.08
const PRODUCTS = 2_000
const CUSTOMERS = 1_000
/** What follows the names of the products, in turn: all that JSON escapes, and what it does not. */
const ENDINGS = [
	'',
	' "№ 1"',
	' C:\\new\\table',
	' \t\n\r\b\f',
	' \u0001\u0002\u001f\u007f',
	' \u2028\u2029',
	' 👨‍👩‍👧‍👦',
	' שלום ‮abc',
	' \\.',
]

/** Fills an empty database with orders of a year, until at least so many lines of them are sold. */
export async function recordManySales(sql: Sql, lines: number): Promise<void> {
	await seedProducts(sql, PRODUCTS)
	await sql`
		update products set name = name || ending
		from json_array_elements_text(${sql.typed.json(ENDINGS)}::json) with ordinality as one (ending, place)
		where place = 1 + id % ${ENDINGS.length}::int`
	await seedCustomers(sql, CUSTOMERS)
	const count = Math.ceil((lines / LINES_PER_ORDER) * MADE_PER_SOLD)
	await seedOrders(sql, { from: new Date('2025-01-01T00:00:00Z'), count, linesPerOrder: LINES_PER_ORDER })
}
