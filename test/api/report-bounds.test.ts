import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { holdProduct, waitsForLock } from '../support/hold-cart.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { askForReport, newReportShop, reportThatIs, type ServiceClient } from '../support/reports.ts'

/** Until a report of a period that has just ended is made, and what making it takes. */
const MADE_WITHIN_MS = 20_000
/** After this time a report that waits for nothing has been made. */
const LATE_MS = 2_000

/** A shop with a product, and somebody who buys it. */
async function newShop() {
	const { shop, service } = await newReportShop()
	await putProducts(shop, { id: 1, available: 10 })
	return { shop, service, anna: await registerPerson(shop) }
}

/** How many lines the reports of the time up to a moment, and of the time from then on, have. */
async function linesAround(service: ServiceClient, to: string): Promise<{ before: number; after: number }> {
	const ids = [await askForReport(service, { to }), await askForReport(service, { from: to })]
	const [before, after] = await Promise.all(ids.map((id) => reportThatIs('completed', service, id, MADE_WITHIN_MS)))
	return { before: before.lines, after: after.lines }
}

// Each has a shop of its own, and most of it is waiting for the report.
suite('An order that is being placed when a period ends', { concurrency: true }, () => {
	test('is in the report of that period, also where that is asked for at this moment', async () => {
		const { shop, service, anna } = await newShop()
		const product = await holdProduct(shop.sql, 1)
		const placing = placeOrder(anna, { 1: 1 })
		await waitsForLock(shop.sql)
		const to = new Date().toISOString()
		const counting = linesAround(service, to)
		await sleep(LATE_MS)
		await product.release()
		const { id } = await placing
		const [order] = await shop.sql<[{ before: boolean }]>`select created_at < ${to} as before from orders where id = ${id}`
		assert.ok(order.before, 'the order is of the period')
		assert.deepEqual(await counting, { before: 1, after: 0 })
	})

	test('is in it as well where the clock of who asks is ahead', async () => {
		const { service, anna } = await newShop()
		await placeOrder(anna, { 1: 1 })
		const { before } = await linesAround(service, new Date(Date.now() - 60_000).toISOString())
		assert.equal(before, 0)
		const to = new Date(Date.now() + 3_000).toISOString()
		const counting = linesAround(service, to)
		await sleep(LATE_MS)
		await placeOrder(anna, { 1: 1 })
		assert.deepEqual(await counting, { before: 2, after: 0 })
	})
})
