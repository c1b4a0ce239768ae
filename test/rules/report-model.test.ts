import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { expectedFile, fileOf } from '../support/report-oracle.ts'
import { makeReport, newReportShop, type ServiceClient } from '../support/reports.ts'
import { recordSales, type Sale } from '../support/sales.ts'
import type { TestShop } from '../support/shop.ts'

const RUNS = 40
const SALES_MAX = 12
const LINES_MAX = 20
const PRICE_MAX = 1_000_000_000
const QUANTITY_MAX = 999
const HOUR_MS = 3_600_000
const START_MS = Date.parse('2026-11-23T00:00:00Z')
/** Few moments, so that orders lie on the bounds of periods. */
const HOURS = 6

let shop: TestShop
let service: ServiceClient
before(async () => ({ shop, service } = await newReportShop()))

const momentOf = (hour: number): string => new Date(START_MS + hour * HOUR_MS).toISOString()

// biome-ignore format: a table
const TEXTS = [
	'"', '\\', '\\n', '\n', '\r', '\t', '\b', '\f', '\u0001', '\u0002', '\u001f', '\u007f', '\u2028', '\u2029', '\ufeff', '👨‍👩‍👧‍👦', '𝔘',
	'שלום', 'مرحبا', '\u202e', '\u200f', 'e\u0301', 'велосипед', ' ', ',', '\\.', '{}', "'",
]
const name = fc
	.array(fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', minLength: 1, maxLength: 5 })), {
		minLength: 1,
		maxLength: 6,
	})
	.map((parts) => parts.join('').replaceAll('\0', '').toWellFormed())

const sale: fc.Arbitrary<Required<Sale>> = fc.record({
	lines: fc.array(fc.record({ name, price: fc.nat(PRICE_MAX), quantity: fc.integer({ min: 1, max: QUANTITY_MAX }) }), {
		minLength: 1,
		maxLength: LINES_MAX,
	}),
	status: fc.constantFrom('paid', 'assembling', 'ready', 'received', 'cancelled'),
	// Placed in the order of their numbers, which is not always that of their clocks.
	at: fc.nat(HOURS).map(momentOf),
})

const bound = fc.option(fc.nat(HOURS).map(momentOf))
const period = fc.record({ from: bound, to: bound }).filter(({ from, to }) => from === null || to === null || from < to)

/** The file that the contract promises, written by JavaScript's own JSON. */
function fileExpected(
	sales: readonly Required<Sale>[],
	users: readonly number[],
	{ from, to }: { from: string | null; to: string | null },
) {
	const lines = sales.flatMap(({ lines, status, at }, index) =>
		status === 'cancelled' || (from !== null && at < from) || (to !== null && at >= to)
			? []
			: lines.map(
					({ name, price, quantity }) =>
						`{"product_name": ${JSON.stringify(name)}, "price": ${price}, "amount": ${quantity}, "user": {"id": ${users[index]}}}\n`,
				),
	)
	return lines.join('')
}

test('whatever was sold, the report of any period is what the contract promises, byte for byte', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(sale, { maxLength: SALES_MAX }), period, async (sales, asked) => {
			for (const table of ['order_lines', 'order_history', 'deliveries', 'orders']) await shop.sql`delete from ${shop.sql(table)}`
			const users = await recordSales(shop.sql, sales)
			const { bytes, report } = await makeReport(shop, service, asked)
			assert.equal(bytes.toString(), fileExpected(sales, users, asked))
			const { lines, bytes: size, sha256 } = report
			assert.deepEqual(fileOf(bytes), { lines, bytes: size, sha256 })
			assert.deepEqual(await expectedFile(shop.sql, asked), { lines, bytes: size, sha256 })
		}),
		{ numRuns: RUNS },
	)
})
