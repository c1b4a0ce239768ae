import { TrackingMessage } from '../../events/delivery-tracking.ts'
import type { Tx } from '../../platform/db/database.ts'
import { consumeInbound, type InboundEvent, type Rejection } from '../../platform/inbound.ts'
import type { Consumer } from '../../platform/topics/port.ts'
import type { Service } from '../service.ts'
import { applyTracking } from './apply-tracking.ts'
import type { TrackingOfOrder } from './tracking-queries.ts'

/** Follows deliveries by the messages of the delivery service. */
export function trackingConsumer(service: Service): Consumer {
	return consumeInbound(
		{ ...service, group: service.config.KAFKA_GROUP },
		{
			topic: service.topicNames.tracking,
			schema: TrackingMessage,
			tombstones: false,
			apply: (tx, events) => applyMessages(tx, service, events),
			afterCommit: () => service.signals.announce('outbox'),
		},
	)
}

/** Applies a batch; a message for an order that does not exist is rejected. */
async function applyMessages(
	tx: Tx,
	service: Service,
	events: readonly InboundEvent<TrackingMessage>[],
): Promise<(Rejection | undefined)[]> {
	const messages = events.flatMap(({ data }) => (data === null ? [] : [trackingOf(data)]))
	const unknown = await applyTracking(tx, service, messages)
	return events.map(({ data }) => {
		const orderId = data?.order_id.toLowerCase() ?? ''
		return unknown.has(orderId) ? { reason: `unknown_order: ${orderId}` } : undefined
	})
}

const trackingOf = (message: TrackingMessage): TrackingOfOrder => ({
	// The database writes ids in lower case.
	orderId: message.order_id.toLowerCase(),
	event: {
		eventId: message.event_id,
		status: message.status,
		carrier: message.carrier ?? null,
		trackingNumber: message.tracking_number ?? null,
		location: message.location ?? null,
		estimatedAt: message.estimated_at ?? null,
		// To the millisecond: so it is kept, and so it is compared.
		occurredAt: new Date(message.occurred_at),
	},
})
