import type { OrderStatus, OrderStatusChanged, Source } from '../../events/orders.ts'
import { readCustomerContacts } from '../customers/index.ts'
import type { Tx } from '../../platform/db/database.ts'
import { findInInbox, putInInbox } from '../../platform/inbox-queries.ts'
import { appendEvents } from '../../platform/outbox/outbox.ts'
import type { Service } from '../service.ts'
import { appendAudit, type AuditEntry } from '../staff/index.ts'
import { statusNotifications } from './notifications.ts'
import { type HistoryLine, isErased, type Order } from './order.ts'
import { mayChange, type StatusActor } from './order-status.ts'
import { readHistories } from './queries.ts'
import {
	insertRefusals,
	lockOrders,
	type NewRefusal,
	readClock,
	type StatusChange,
	writeStatusChanges,
} from './status-queries.ts'

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
	/** The command's own id: a second one with it for the same order changes nothing. */
	readonly eventId?: string
}

/**
 * `unchanged`: the order has that status already, or the command was carried out before. `refused`: the table has no such
 * step, or had none when the command came before. `stale`: the order is not at the version that was asked for.
 */
export type StatusOutcome =
	| { readonly outcome: 'changed' | 'unchanged' | 'refused' | 'stale'; readonly order: Order }
	| { readonly outcome: 'not_found' }

const INBOX = 'order-status'
/** Those of them that were refused. */
const REFUSED_INBOX = 'order-status-refused'

/** What a command that came before is answered: what it was the first time, but that nothing changes by it any more. */
type Repeated = 'unchanged' | 'refused'

/** By which a command is known when it comes again. With the order: somebody may count the commands of each order from 1. */
const keyOf = ({ orderId, eventId }: StatusCommand): string | undefined =>
	eventId === undefined ? undefined : `${orderId.toLowerCase()} ${eventId}`

/**
 * Which of the commands came before, and what they are answered. Former versions did not note what they refused: no order has a
 * status twice, so one that its history lacks was refused. Asked while the orders are locked.
 */
async function findRepeated(tx: Tx, commands: readonly StatusCommand[]): Promise<ReadonlyMap<StatusCommand, Repeated>> {
	const named = commands.flatMap((command) => {
		const key = keyOf(command)
		// The inbox of former versions holds the event's id alone, of whatever order: then no more is known than the history holds.
		return key === undefined ? [] : [{ command, key, idAlone: command.eventId ?? '' }]
	})
	const keys = named.flatMap(({ key, idAlone }) => [key, idAlone])
	const [seen, refused] = await Promise.all([findInInbox(tx, INBOX, keys), findInInbox(tx, REFUSED_INBOX, keys)])
	const known = named.filter(({ key, idAlone }) => seen.has(key) || seen.has(idAlone))
	if (known.length === 0) return new Map()
	const histories = await readHistories(tx, [...new Set(known.map(({ command }) => command.orderId.toLowerCase()))])
	const repeated = new Map<StatusCommand, Repeated>()
	for (const { command, key } of known) {
		const lines = histories.get(command.orderId.toLowerCase()) ?? []
		if (refused.has(key)) repeated.set(command, 'refused')
		else if (lines.some(({ status }) => status === command.status)) repeated.set(command, 'unchanged')
		else if (seen.has(key)) repeated.set(command, 'refused')
	}
	return repeated
}

/**
 * Carries out commands as a part of the transaction, in the order given, and returns an outcome for each. Each change leaves a
 * line of history and its events, one of the staff a line of the audit log too; a refused command of a service or the inventory leaves
 * a note on the order.
 */
export async function changeStatuses(
	tx: Tx,
	{ topicNames, metrics }: Service,
	commands: readonly StatusCommand[],
): Promise<StatusOutcome[]> {
	const ids = [...new Set(commands.map((command) => command.orderId))]
	// Carried out in this order: the clock is read under the locks.
	const [orders, repeated, now] = await Promise.all([lockOrders(tx, ids), findRepeated(tx, commands), readClock(tx)])
	const changes: StatusChange[] = []
	const refusals: NewRefusal[] = []
	/** What this batch has dealt with, by the commands' keys. */
	const dealt = new Map<string, Repeated>()
	const outcomes = commands.map((command): StatusOutcome => {
		// The database writes ids in lower case.
		const order = orders.get(command.orderId.toLowerCase())
		if (order === undefined || (command.ownerId !== undefined && command.ownerId !== order.customerId))
			return { outcome: 'not_found' }
		const key = keyOf(command)
		const again = repeated.get(command) ?? (key === undefined ? undefined : dealt.get(key))
		if (again !== undefined) return { outcome: again, order }
		const outcome = decide(order, command)
		const at = laterOf(now, order.updatedAt)
		if (key !== undefined) dealt.set(key, outcome === 'refused' ? 'refused' : 'unchanged')
		if (outcome === 'refused' && isRemote(command)) refusals.push(refusalOf(command, order, at))
		if (outcome !== 'changed') return { outcome, order }
		const after = { ...order, status: command.status, version: order.version + 1, updatedAt: at }
		changes.push({ before: order, after, line: lineOf(command, after) })
		orders.set(order.id, after)
		return { outcome, order: after }
	})
	// Nothing is awaited while others are on their way: should the connection be lost, nobody would hear how they failed.
	const [events] = await Promise.all([eventsOf(tx, topicNames, changes), writeStatusChanges(tx, changes)])
	await Promise.all([
		insertRefusals(tx, refusals),
		// A command for an order that does not exist is not dealt with: replayed when the order is there, it counts.
		putInInbox(tx, INBOX, [...dealt.keys()]),
		putInInbox(
			tx,
			REFUSED_INBOX,
			[...dealt].flatMap(([key, outcome]) => (outcome === 'refused' ? [key] : [])),
		),
		appendEvents(tx, events),
		appendAudit(tx, changes.flatMap(auditOf)),
	])
	for (const refusal of refusals) metrics.refusedCommands.inc({ status: refusal.status })
	return outcomes
}

/** So that an order's times never run backwards, should the clock be set back. */
const laterOf = (one: Date, other: Date): Date => (one < other ? other : one)

function decide(order: Order, { status, actor, version }: StatusCommand): 'changed' | 'unchanged' | 'refused' | 'stale' {
	if (version !== undefined && version !== order.version) return 'stale'
	if (status === order.status) return 'unchanged'
	return mayChange(actor.type, order.status, status) ? 'changed' : 'refused'
}

const lineOf = (command: StatusCommand, order: Order): HistoryLine => ({
	version: order.version,
	status: order.status,
	actor: command.actor,
	source: command.source,
	reason: reasonOf(command, order),
	at: order.updatedAt,
})

/** What they say of somebody who was erased could not be erased any more. */
const reasonOf = ({ reason }: StatusCommand, order: Order): string | null => (isErased(order) ? null : reason)

function auditOf({ before, after: { id, number, status, version }, line: { actor, reason } }: StatusChange): AuditEntry[] {
	if (actor.type !== 'staff') return []
	const details = { number, from: before.status, status, version, ...(reason === null ? {} : { reason }) }
	return [{ staffId: actor.id, action: 'order_status_changed', subject: { type: 'order', id }, details }]
}

const isRemote = ({ actor }: StatusCommand): boolean => actor.type === 'inventory' || actor.type === 'service'

const refusalOf = (command: StatusCommand, order: Order, at: Date): NewRefusal => ({
	orderId: order.id,
	from: order.status,
	status: command.status,
	actor: command.actor,
	source: command.source,
	reason: reasonOf(command, order),
	at,
})

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
