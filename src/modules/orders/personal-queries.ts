import type { Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import { type Refusal, refusalOf, type RefusalRow } from './status-queries.ts'

/** The keys that the customer's programs chose when they placed their orders, by order. */
export async function readIdempotencyKeys(tx: Tx, customerId: number): Promise<Map<string, string>> {
	const rows = await tx<{ id: string; idempotency_key: string }[]>`
		select id, idempotency_key from orders where customer_id = ${customerId}`
	return new Map(rows.map((row) => [row.id, row.idempotency_key]))
}

/** All commands that were refused for orders, by order, newest first. */
export async function readAllRefusals(tx: Tx, orderIds: readonly string[]): Promise<Map<string, Refusal[]>> {
	const rows = await tx<(RefusalRow & { order_id: string })[]>`
		select order_id, from_status as "from", status, actor_type, actor_id, source, reason, at from order_refusals
		where order_id = ${oneOf(tx, orderIds, 'uuid')}
		order by order_id, id desc`
	const refusals = new Map<string, Refusal[]>()
	for (const { order_id, ...row } of rows) {
		const ofOrder = refusals.get(order_id) ?? []
		refusals.set(order_id, ofOrder)
		ofOrder.push(refusalOf(row))
	}
	return refusals
}
