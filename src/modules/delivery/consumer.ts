import { TrackingMessage } from '../../events/delivery-tracking.ts'
import type { Tx } from '../../platform/db/database.ts'
import { consumeInbound, type InboundEvent, type Rejection } from '../../platform/inbound.ts'
import type { Consumer } from '../../platform/topics/port.ts'
import type { Service } from '../service.ts'
import { applyTracking, type TrackingReport } from './apply-tracking.ts'
import type { TrackingEvent } from './tracking.ts'

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
	const read = events.map(({ data }) => (data === null ? { reason: 'null_value: the message has no value' } : reportOf(data)))
	const reports = read.flatMap((report) => ('reason' in report ? [] : [report]))
	const unknown = await applyTracking(tx, service, reports)
	return read.map((report) => {
		if ('reason' in report) return report
		return unknown.has(report.orderId) ? { reason: `unknown_order: ${report.orderId}` } : undefined
	})
}

function reportOf(message: TrackingMessage): TrackingReport | Rejection {
	// To the millisecond, as it is compared. A leap second passes the schema and is no time for JavaScript.
	const occurredAt = new Date(message.occurred_at)
	if (Number.isNaN(occurredAt.getTime())) return { reason: 'wrong_schema: /occurred_at is not a time this service can keep' }
	const event: TrackingEvent = {
		eventId: message.event_id,
		status: message.status,
		carrier: message.carrier ?? null,
		trackingNumber: message.tracking_number ?? null,
		location: message.location ?? null,
		estimatedAt: message.estimated_at ?? null,
		occurredAt,
	}
	// The database writes ids in lower case.
	return { orderId: message.order_id.toLowerCase(), event }
}
