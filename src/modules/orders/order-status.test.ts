import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ORDER_STATUSES, type OrderStatus } from '../../events/orders.ts'
import { NEXT_STATUSES } from './order-status.ts'

/** Where an order may come to from a status, whoever changes it. */
function waysFrom(from: OrderStatus, known: ReadonlySet<OrderStatus> = new Set()): ReadonlySet<OrderStatus> {
	const next = Object.values(NEXT_STATUSES).flatMap((table) => table[from])
	return next.reduce((ways, to) => (ways.has(to) ? ways : waysFrom(to, new Set([...ways, to]))), known)
}

test('An order comes to no status twice, whoever changes it', () => {
	for (const status of ORDER_STATUSES) assert.ok(!waysFrom(status).has(status), status)
	assert.deepEqual([...waysFrom('paid')].toSorted(), ['assembling', 'cancelled', 'ready', 'received'])
})
