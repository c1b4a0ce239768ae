import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { type Person, PICKUP, putProducts, registerPeople } from '../support/people.ts'
import { makeReport, newReportShop, type ServiceClient } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import { serviceWithKey } from '../support/staff.ts'
import type { TestShop } from '../support/shop.ts'

/** So many that a report takes longer than many a change. */
const SOLD_BEFORE = 3_000
const LINES = 20
const BUYERS = 2
const REPORTS = 6

/** Somebody who changes one thing after the other while reports are made. */
type Actor = {
	/** When each change was asked for, and when it was acknowledged. */
	readonly changes: { readonly askedAt: number; ackedAt: number }[]
	/** Makes the next change. */
	change(): Promise<void>
	/** How many of its changes a report shows: amounts by the user's id. Throws where that is not the first so many. */
	shown(amounts: ReadonlyMap<number, readonly number[]>): number
}

let shop: TestShop
let service: ServiceClient
let actors: readonly Actor[]
before(async () => {
	;({ shop, service } = await newReportShop())
	const lines = Array.from({ length: LINES }, (_, index) => ({ name: `велосипед_${index}` }))
	const users = await recordSales(
		shop.sql,
		Array.from({ length: SOLD_BEFORE }, () => ({ lines })),
	)
	await putProducts(shop, { id: 1 }, { id: 2 })
	const people = await registerPeople(shop, BUYERS)
	actors = [...people.map(buyerOf), await inventoryOf(users)]
})

/** Places orders of two lines, and cancels each after the next one; the amount is the order's place among them. */
function buyerOf(person: Person): Actor {
	const ids: string[] = []
	const states = ['']
	const open: number[] = []
	return {
		changes: [],
		async change() {
			const oldest = open.length === 2 ? open.shift() : undefined
			if (oldest === undefined) {
				const quantity = ids.length + 1
				for (const product of [1, 2])
					assert.equal((await person.put(`/cart/items/${product}`, { body: { quantity } })).status, 200)
				const wish = { headers: { 'idempotency-key': randomUUID() }, body: { phone: person.phone, delivery: PICKUP } }
				open.push(quantity)
				states.push(open.join())
				const { status, body } = await person.post('/orders', wish)
				assert.equal(status, 201)
				ids.push(body.id)
			} else {
				states.push(open.join())
				assert.equal((await person.post(`/orders/${ids[oldest - 1]}/cancel`)).status, 200)
			}
		},
		shown(amounts) {
			const seen = amounts.get(person.id) ?? []
			const orders = seen.filter((_, index) => index % 2 === 0)
			assert.deepEqual(
				seen,
				orders.flatMap((amount) => [amount, amount]),
				'both lines of an order',
			)
			const state = states.lastIndexOf(orders.join())
			assert.notEqual(state, -1, `a state that never was: ${orders.join()}`)
			return state
		},
	}
}

/** The inventory cancels what was sold before, here and there. */
async function inventoryOf(users: readonly number[]): Promise<Actor> {
	const inventory = await serviceWithKey(shop, 'orders:status')
	const [chosen = []] = fc.sample(fc.shuffledSubarray([...users], { minLength: users.length }), 1)
	const rows = await shop.sql<{ id: string; customer_id: number }[]>`select id, customer_id from orders`
	const idOf = new Map(rows.map(({ id, customer_id }) => [customer_id, id]))
	let cancelled = 0
	return {
		changes: [],
		async change() {
			const id = idOf.get(chosen[cancelled++] ?? 0)
			const { status } = await inventory.post(`/orders/${id}/status`, { body: { event_id: randomUUID(), status: 'cancelled' } })
			assert.equal(status, 200)
		},
		shown(amounts) {
			const first = chosen.findIndex((user) => amounts.has(user))
			for (const user of chosen.slice(first)) assert.equal(amounts.get(user)?.length, LINES, `the whole order of ${user}`)
			return first
		},
	}
}

function amountsOf(bytes: Buffer): Map<number, number[]> {
	const amounts = new Map<number, number[]>()
	for (const [, amount, user] of bytes.toString().matchAll(/"amount": (\d+), "user": \{"id": (\d+)\}\}\n/g)) {
		const of = amounts.get(Number(user)) ?? []
		of.push(Number(amount))
		amounts.set(Number(user), of)
	}
	return amounts
}

test('orders placed and cancelled while a report is made do not tear it: it shows them all as of one moment', async (t) => {
	let over = false
	const changing = Promise.all(
		actors.map(async ({ changes, change }) => {
			while (!over) {
				const entry = { askedAt: performance.now(), ackedAt: Number.POSITIVE_INFINITY }
				changes.push(entry)
				await change()
				entry.ackedAt = performance.now()
			}
		}),
	)
	let meanwhile = 0
	for (let made = 0; made < REPORTS; made++) {
		const askedAt = performance.now()
		const { bytes } = await makeReport(shop, service)
		const doneAt = performance.now()
		const amounts = amountsOf(bytes)
		// The moment lies after the last change that is shown was asked for, and before the first that is not was acknowledged.
		const counts = actors.map((actor) => actor.shown(amounts))
		const earliest = Math.max(...actors.map(({ changes }, index) => changes[(counts[index] ?? 0) - 1]?.askedAt ?? 0))
		const latest = Math.min(...actors.map(({ changes }, index) => changes[counts[index] ?? 0]?.ackedAt ?? Infinity))
		assert.ok(earliest <= latest, `no moment: shown up to ${earliest}, missing from ${latest}`)
		assert.ok(earliest <= doneAt && askedAt <= latest, 'the moment lies while the report is made')
		meanwhile += actors.flatMap(({ changes }) => changes.filter(({ ackedAt }) => askedAt < ackedAt && ackedAt < doneAt)).length
	}
	over = true
	await changing
	t.diagnostic(`${meanwhile} changes during ${REPORTS} reports`)
	assert.ok(meanwhile > REPORTS)
})
