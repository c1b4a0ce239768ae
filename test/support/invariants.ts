import assert from 'node:assert/strict'
import type { Actor, OrderStatus } from '../../src/events/orders.ts'
import { statusesBefore } from '../../src/modules/orders/order-status.ts'
import { eventually } from './eventually.ts'
import type { ReachedShop } from './shop.ts'

/**
 * What must hold of every database, whatever happened to it: totals are sums of lines, histories are whole, take steps that are allowed,
 * and end at the order's status, the staff's figures are what they count, each version of an order has exactly one event id, and its
 * consumers see the versions in order.
 */
export async function assertInvariants(shop: ReachedShop): Promise<void> {
	const { sql } = shop
	const wrongTotals = await sql`
		select id, total, sum(price * quantity) as lines_total, count(line.position) as lines
		from orders left join order_lines as line on line.order_id = id
		group by id having total is distinct from sum(price * quantity) or count(line.position) not between 1 and 20`
	assert.deepEqual([...wrongTotals], [], 'totals are the sums of 1 to 20 lines')

	const wrongHistories = await sql`
		select id, orders.version, orders.status, array_agg(h.version order by h.version) as versions
		from orders left join order_history as h on h.order_id = id
		group by id
		having array_agg(h.version order by h.version) is distinct from array(select generate_series(1, orders.version))
			or (array_agg(h.status order by h.version desc))[1] is distinct from orders.status`
	assert.deepEqual([...wrongHistories], [], 'histories are whole and end at the status')
	await assertSteps(shop)

	const doubles = await sql`select customer_id, idempotency_key from orders group by 1, 2 having count(*) > 1`
	assert.deepEqual([...doubles], [], 'one order a key')
	await assertFigures(shop)
	await assertEvents(shop)
}

/** Each order was paid by its customer, and each step after that is one which the table of statuses allows to whoever made it. */
async function assertSteps({ sql }: ReachedShop): Promise<void> {
	const steps = await sql<{ order_id: string; from: OrderStatus | null; to: OrderStatus; actor: Actor['type'] }[]>`
		select order_id, lag(status) over (partition by order_id order by version) as from, status as to, actor_type as actor
		from order_history`
	const wrong = steps.filter(({ from, to, actor }) =>
		from === null ? to !== 'paid' || actor !== 'customer' : !statusesBefore(actor, to).includes(from),
	)
	assert.deepEqual(wrong, [], 'each step of a history is allowed to its actor')
}

/** Sums, and what is noted and not yet added to them. */
async function assertFigures({ sql }: ReachedShop): Promise<void> {
	const wrong = await sql`
		select * from (
			select status, sum(orders)::bigint as orders, sum(total)::bigint as total from (
				select status, orders, total from order_stats_now
				union all select status, orders, total from order_stats_pending
				union all select from_status, -orders, -total from order_stats_pending where from_status <> ''
			) as figure group by status having sum(orders) <> 0
		) as told
		full join (select status, count(*) as orders, sum(total)::bigint as total from orders group by status) as counted
			using (status, orders, total)
		where told.orders is null or counted.orders is null`
	assert.deepEqual([...wrong], [], 'the figures are what counting the orders gives')
}

async function assertEvents({ sql, topics }: ReachedShop): Promise<void> {
	await eventually(async () => assert.equal((await sql`select from outbox limit 1`).count, 0, 'the outbox is empty'))
	const versions = new Map<string, Map<number, string>>()
	for (const { key, value, headers } of await topics.read('orders')) {
		const version =
			headers['ce_type'] === 'order.placed' ? 1 : headers['ce_type'] === 'order.status_changed' ? value.version : undefined
		if (key === null || version === undefined) continue
		const seen = versions.get(key) ?? new Map<number, string>()
		const id = headers['ce_id'] ?? ''
		assert.equal(seen.get(version) ?? id, id, `order ${key} version ${version} has one event id`)
		if (!seen.has(version)) assert.equal(version, seen.size + 1, `order ${key}: versions arrive in order`)
		versions.set(key, seen.set(version, id))
	}
	const orders = await sql<{ id: string; version: number }[]>`select id, version from orders`
	for (const { id, version } of orders)
		assert.equal(versions.get(id)?.size ?? 0, version, `order ${id}: an event for each version`)
}
