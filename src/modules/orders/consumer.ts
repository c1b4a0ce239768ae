import { OrderStatusCommand } from '../../events/inventory-order-status.ts'
import { ORDER_STATUSES, type OrderStatus } from '../../events/orders.ts'
import type { Tx } from '../../platform/db/database.ts'
import { consumeInbound, type InboundEvent, type Rejection } from '../../platform/inbound.ts'
import type { Consumer } from '../../platform/topics/port.ts'
import type { Service } from '../service.ts'
import { changeStatuses, type StatusCommand } from './change-statuses.ts'

/** Moves orders by the commands of the inventory service. */
export function orderStatusConsumer(service: Service): Consumer {
	return consumeInbound(
		{ ...service, group: service.config.KAFKA_GROUP },
		{
			topic: service.topicNames.orderStatus,
			schema: OrderStatusCommand,
			tombstones: false,
			apply: (tx, events) => applyCommands(tx, service, events),
			afterCommit: () => service.signals.announce('outbox'),
		},
	)
}

/** Applies a batch of commands; one for an order that does not exist, or with an unknown status, is rejected. */
async function applyCommands(
	tx: Tx,
	service: Service,
	events: readonly InboundEvent<OrderStatusCommand>[],
): Promise<(Rejection | undefined)[]> {
	const known = events.flatMap(({ data }): StatusCommand[] =>
		data && isStatus(data.status) ? [commandOf(data, data.status)] : [],
	)
	const outcomes = new Map<string, string>()
	for (const [index, { outcome }] of (await changeStatuses(tx, service, known)).entries()) {
		const command = known[index]
		if (command) outcomes.set(command.orderId, outcome)
	}
	return events.map(({ data }) => {
		if (data === null || !isStatus(data.status)) return { reason: `unknown_status: ${data?.status ?? ''}` }
		return outcomes.get(data.order_id) === 'not_found' ? { reason: `unknown_order: ${data.order_id}` } : undefined
	})
}

const isStatus = (status: string): status is OrderStatus => ORDER_STATUSES.some((known) => known === status)

const commandOf = ({ event_id, order_id, reason }: OrderStatusCommand, status: OrderStatus): StatusCommand => ({
	orderId: order_id,
	status,
	actor: { type: 'inventory', id: null },
	source: 'topic',
	reason: reason ?? null,
	eventId: event_id,
})
