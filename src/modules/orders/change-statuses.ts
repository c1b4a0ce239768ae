import type { OrderStatus, OrderStatusChanged, Source } from '../../events/orders.ts'
import { readCustomerContacts } from '../customers/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { findInInbox, putInInbox } from '../../platform/inbox-queries.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { appendAudit, type AuditEntry } from '../staff/index.ts'
import { statusNotifications } from './notifications.ts'
import type { HistoryLine, Order } from './order.ts'
import { mayChange, type StatusActor } from './order-status.ts'
import { insertRefusals, lockOrders, type StatusChange, transactionTime, writeStatusChanges } from './status-queries.ts'

/** Somebody asks for a change of an order's status. */
export type StatusCommand = {
	readonly orderId: string
	readonly status: OrderStatus
	readonly actor: { readonly type: StatusActor; readonly id: number | null }
	readonly source: Source
	readonly reason: string | null
	/** Only this customer's order: for everybody else there is none. */
	readonly ownerId?: number
	/** Only from this version: what the asker has seen. */
	readonly version?: number
	/** The command's own id: a second one with it changes nothing. */
	readonly eventId?: string
}

/**
 * `unchanged`: the order has that status already, or the command was dealt with before. `refused`: the table has no such
 * step. `stale`: the order is not at the version that was asked for.
 */
export type StatusOutcome =
	| { readonly outcome: 'changed' | 'unchanged' | 'refused' | 'stale'; readonly order: Order }
	| { readonly outcome: 'not_found' }

const INBOX = 'order-status'

/**
 * Carries out commands as a part of the transaction, in the order given, and returns an outcome for each. Each change leaves a
 * line of history and its events, one of the staff a line of the audit log too; a refused command of a service or the inventory leaves a note on the order.
 */
export async function changeStatuses(
	tx: Tx,
	{ topicNames, metrics }: Service,
	commands: readonly StatusCommand[],
): Promise<StatusOutcome[]> {
	const ids = [...new Set(commands.map((command) => command.orderId))]
	const eventIds = commands.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId]))
	const [orders, seen, at] = await Promise.all([lockOrders(tx, ids), findInInbox(tx, INBOX, eventIds), transactionTime(tx)])
	const changes: StatusChange[] = []
	const outcomes = commands.map((command): StatusOutcome => {
		// The database writes ids in lower case.
		const order = orders.get(command.orderId.toLowerCase())
		if (order === undefined || (command.ownerId !== undefined && command.ownerId !== order.customerId))
			return { outcome: 'not_found' }
		if (command.eventId !== undefined && seen.has(command.eventId)) return { outcome: 'unchanged', order }
		if (command.eventId !== undefined) seen.add(command.eventId)
		const outcome = decide(order, command)
		if (outcome !== 'changed') return { outcome, order }
		const after = { ...order, status: command.status, version: order.version + 1, updatedAt: at }
		changes.push({ before: order, after, line: lineOf(command, after) })
		orders.set(order.id, after)
		return { outcome, order: after }
	})
	// Nothing is awaited while others are on their way: should the connection be lost, nobody would hear how they failed.
	const [events] = await Promise.all([eventsOf(tx, topicNames, changes), writeStatusChanges(tx, changes)])
	const refusals = refusalsOf(commands, outcomes)
	await Promise.all([
		insertRefusals(tx, refusals),
		putInInbox(tx, INBOX, dealtWith(commands, outcomes)),
		appendEvents(tx, events),
		appendAudit(tx, changes.flatMap(auditOf)),
	])
	for (const refusal of refusals) metrics.refusedCommands.inc({ status: refusal.status })
	return outcomes
}

function decide(order: Order, { status, actor, version }: StatusCommand): 'changed' | 'unchanged' | 'refused' | 'stale' {
	if (version !== undefined && version !== order.version) return 'stale'
	if (status === order.status) return 'unchanged'
	return mayChange(actor.type, order.status, status) ? 'changed' : 'refused'
}

const lineOf = ({ actor, source, reason }: StatusCommand, { version, status, updatedAt }: Order): HistoryLine => ({
	version,
	status,
	actor,
	source,
	reason,
	at: updatedAt,
})

function auditOf({ before, after: { id, number, status, version }, line: { actor, reason } }: StatusChange): AuditEntry[] {
	if (actor.type !== 'staff') return []
	const details = { number, from: before.status, status, version, ...(reason === null ? {} : { reason }) }
	return [{ staffId: actor.id, action: 'order_status_changed', subject: { type: 'order', id }, details }]
}

const isRemote = ({ actor }: StatusCommand): boolean => actor.type === 'inventory' || actor.type === 'service'

function refusalsOf(commands: readonly StatusCommand[], outcomes: readonly StatusOutcome[]) {
	return commands.flatMap((command, index) => {
		const outcome = outcomes[index]
		if (outcome?.outcome !== 'refused' || !isRemote(command)) return []
		const { orderId, status, actor, source, reason } = command
		return [{ orderId, from: outcome.order.status, status, actor, source, reason }]
	})
}

/** A command for an order that does not exist is not dealt with: replayed when the order is there, it counts. */
const dealtWith = (commands: readonly StatusCommand[], outcomes: readonly StatusOutcome[]): string[] =>
	commands.flatMap(({ eventId }, index) => (eventId === undefined || outcomes[index]?.outcome === 'not_found' ? [] : [eventId]))

async function eventsOf(tx: Tx, topicNames: Service['topicNames'], changes: readonly StatusChange[]) {
	if (changes.length === 0) return []
	const contacts = await readCustomerContacts(tx, [...new Set(changes.map(({ after }) => after.customerId))])
	return changes.flatMap(({ before, after, line }) => {
		const value: OrderStatusChanged = {
			order_id: after.id,
			number: after.number,
			user_id: after.customerId,
			version: after.version,
			from: before.status,
			status: after.status,
			actor: line.actor,
			source: line.source,
			reason: line.reason,
			occurred_at: line.at.toISOString(),
		}
		const changed = { topic: topicNames.orders, key: after.id, type: 'order.status_changed', value }
		const contact = contacts.get(after.customerId)
		return contact ? [changed, ...statusNotifications(topicNames.notifications, after, contact)] : [changed]
	})
}
