import type { Actor, OrderStatus, Source } from '../../events/orders.ts'
import type { Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { HistoryLine, Order } from './order.ts'
import { statusesBefore } from './order-status.ts'
import { ORDER_COLUMNS, type OrderRow, orderOf } from './queries.ts'

/** Has the transaction fail, as "not now", when it waits for a lock for longer. */
export async function limitLockWait(tx: Tx, ms: number): Promise<void> {
	await tx`select set_config('lock_timeout', ${`${ms}ms`}, true)`
}

/** Locks orders until the transaction ends, in the order of their ids, and returns them as they are now. */
export async function lockOrders(tx: Tx, ids: readonly string[]): Promise<Map<string, Order>> {
	const rows = await tx<OrderRow[]>`
		select ${tx([...ORDER_COLUMNS])} from orders
		where id = ${oneOf(tx, ids, 'uuid')}
		order by id for update`
	return new Map(rows.map((row) => [row.id, orderOf(row)]))
}

export type StatusChange = { readonly before: Order; readonly after: Order; readonly line: HistoryLine }

/**
 * Writes changes of status, in the order in which they were decided: an update an order, a line of history each. The guard
 * (version, and a status that the table lets this actor change from) holds again in the SQL: a change that does not pass it
 * rolls all back.
 */
export async function writeStatusChanges(tx: Tx, changes: readonly StatusChange[]): Promise<void> {
	if (changes.length === 0) return
	// Each line takes a number among its customer's changes: always in the same order, so that two batches can't block each other.
	const byCustomer = changes.toSorted((one, other) => one.after.customerId - other.after.customerId)
	const lines = byCustomer.map(({ after, line }) => ({
		order_id: after.id,
		version: after.version,
		status: after.status,
		actor_type: line.actor.type,
		actor_id: line.actor.id,
		source: line.source,
		reason: line.reason,
		at: line.at,
	}))
	const updates = new Map<
		string,
		{ id: string; from_version: number; from: OrderStatus[]; version: number; status: OrderStatus; at: Date }
	>()
	for (const { before, after, line } of changes) {
		const first = updates.get(after.id)
		const from_version = first?.from_version ?? before.version
		const from = first?.from ?? statusesBefore(line.actor.type, after.status)
		updates.set(after.id, { id: after.id, from_version, from, version: after.version, status: after.status, at: line.at })
	}
	const [updated] = await Promise.all([
		tx`
			update orders set status = change.status, version = change.version, updated_at = change.at
			from json_to_recordset(${tx.typed.json([...updates.values()])})
				as change (id uuid, from_version integer, "from" text[], version integer, status text, at timestamptz)
			where orders.id = ${oneOf(tx, [...updates.keys()], 'uuid')}
				and orders.id = change.id and orders.version = change.from_version and orders.status = any(change."from")`,
		tx`
			insert into order_history (order_id, version, status, actor_type, actor_id, source, reason, at)
			select order_id, version, status, actor_type, actor_id, source, reason, at
			from json_to_recordset(${tx.typed.json(lines)}) as line (order_id uuid, version integer, status text, actor_type text,
				actor_id bigint, source text, reason text, at timestamptz)`,
	])
	if (updated.count !== updates.size) throw new Error(`${updates.size - updated.count} changes of status did not pass the guard`)
}

export type Refusal = {
	readonly from: OrderStatus
	readonly status: string
	readonly actor: Actor
	readonly source: Source
	readonly reason: string | null
	readonly at: Date
}

/** What an order notes of a refused command. Beyond this many the oldest ones are no longer shown. */
const REFUSALS_SHOWN_MAX = 50

export type NewRefusal = Refusal & { readonly orderId: string }

/** Notes commands that the table refused on their orders. */
export async function insertRefusals(tx: Tx, refusals: readonly NewRefusal[]): Promise<void> {
	if (refusals.length === 0) return
	const rows = refusals.map(({ orderId, from, status, actor, source, reason, at }) => ({
		order_id: orderId,
		from_status: from,
		status,
		actor_type: actor.type,
		actor_id: actor.id,
		source,
		reason,
		at,
	}))
	await tx`
		insert into order_refusals (order_id, from_status, status, actor_type, actor_id, source, reason, at)
		select order_id, from_status, status, actor_type, actor_id, source, reason, at
		from json_to_recordset(${tx.typed.json(rows)}) as refusal (order_id uuid, from_status text, status text, actor_type text,
			actor_id bigint, source text, reason text, at timestamptz)`
}

/** A refused command as it is stored. */
export type RefusalRow = {
	from: OrderStatus
	status: string
	actor_type: Actor['type']
	actor_id: number | null
	source: Source
	reason: string | null
	at: Date
}

export const refusalOf = ({ actor_type, actor_id, ...refusal }: RefusalRow): Refusal => ({
	...refusal,
	actor: { type: actor_type, id: actor_id },
})

/** The commands that were refused for an order, newest first. */
export async function readRefusals(sql: Sql, orderId: string): Promise<Refusal[]> {
	const rows = await sql<RefusalRow[]>`
		select from_status as "from", status, actor_type, actor_id, source, reason, at from order_refusals
		where order_id = ${orderId} order by id desc limit ${REFUSALS_SHOWN_MAX}`
	return rows.map(refusalOf)
}

/**
 * The time by the database's clock. Not `now()`: that is when the transaction began, and what it then waited for may have been
 * changed by somebody else since.
 */
export async function readClock(tx: Tx): Promise<Date> {
	const [row] = await tx<[{ at: Date }]>`select clock_timestamp() as at`
	return row.at
}
