import type { TSchema } from 'typebox'
import { TrackingMessage } from '../src/events/delivery-tracking.ts'
import { OrderStatusCommand } from '../src/events/inventory-order-status.ts'
import { ProductMessage } from '../src/events/inventory-products.ts'
import { LoginCodeSms, Notification } from '../src/events/notifications.ts'
import { OrderDeliveryChanged, OrderPlaced, OrderStatusChanged } from '../src/events/orders.ts'
import { ReportCompleted, ReportFailed } from '../src/events/reports.ts'
import { TOPIC_TRAITS, type TopicNames } from '../src/events/topics.ts'
import { UserEvent } from '../src/events/users.ts'

type Channel = {
	readonly action: 'receive' | 'send'
	readonly key: string
	readonly description: string
	/** By CloudEvents type. */
	readonly messages: Readonly<Record<string, TSchema>>
}

/** What goes through which topic. */
const CHANNELS: Readonly<Record<keyof TopicNames, Channel>> = {
	products: {
		action: 'receive',
		key: 'product id',
		description: 'Products. A null value withdraws the product of that key.',
		messages: { 'product.changed': ProductMessage },
	},
	orderStatus: {
		action: 'receive',
		key: 'order id',
		description: 'Commands to change an order’s status.',
		messages: { 'order.status_requested': OrderStatusCommand },
	},
	tracking: {
		action: 'receive',
		key: 'order id',
		description: 'Where deliveries are.',
		messages: { 'delivery.tracked': TrackingMessage },
	},
	notifications: {
		action: 'send',
		key: 'user id',
		description: 'SMS and emails to send.',
		messages: { 'notification.requested': Notification },
	},
	loginCodes: {
		action: 'send',
		key: 'hash of the phone',
		description: 'SMS with one-time codes.',
		messages: { 'login_code.requested': LoginCodeSms },
	},
	orders: {
		action: 'send',
		key: 'order id',
		description: 'What happens to orders.',
		messages: {
			'order.placed': OrderPlaced,
			'order.status_changed': OrderStatusChanged,
			'order.delivery_changed': OrderDeliveryChanged,
		},
	},
	users: {
		action: 'send',
		key: 'user id',
		description: 'What happens to users.',
		messages: { 'user.registered': UserEvent, 'user.blocked': UserEvent, 'user.unblocked': UserEvent, 'user.erased': UserEvent },
	},
	reports: {
		action: 'send',
		key: 'report id',
		description: 'Reports that are ready or failed.',
		messages: { 'report.completed': ReportCompleted, 'report.failed': ReportFailed },
	},
}

const HEADERS = {
	type: 'object',
	description: 'CloudEvents 1.0, binary mode. Deduplicate by ce_id. Messages that come in may also be structured or bare JSON.',
	properties: {
		ce_specversion: { const: '1.0' },
		ce_id: { type: 'string' },
		ce_source: { type: 'string' },
		ce_type: { type: 'string' },
		ce_time: { type: 'string', format: 'date-time' },
		ce_subject: { type: 'string' },
		'content-type': { type: 'string' },
		traceparent: { type: 'string', description: 'W3C Trace Context: the trace that begins with this event' },
	},
}

/** The topics and their messages as AsyncAPI 3.0. */
export function asyncApiDocument(names: TopicNames): unknown {
	const entries = Object.entries(CHANNELS).map(([id, channel]) => ({ id, channel, name: new Map(Object.entries(names)).get(id) }))
	return {
		asyncapi: '3.0.0',
		info: { title: 'Prilavok', version: '1.0.0', description: 'Delivery is at least once; order holds within a key.' },
		defaultContentType: 'application/json',
		channels: Object.fromEntries(
			entries.map(({ id, channel, name }) => [
				id,
				{ address: name, description: channel.description, messages: messagesOf(id, channel) },
			]),
		),
		operations: Object.fromEntries(
			entries.map(({ id, channel }) => [
				`${channel.action}_${id}`,
				{ action: channel.action, channel: { $ref: `#/channels/${id}` } },
			]),
		),
		components: { messageTraits: { cloudEvents: { headers: HEADERS } } },
	}
}

function messagesOf(id: string, { key, messages }: Channel): Record<string, unknown> {
	const retentionMs = Object.entries(TOPIC_TRAITS).find(([name]) => name === id)?.[1].retentionMs
	return Object.fromEntries(
		Object.entries(messages).map(([type, payload]) => [
			type,
			{
				name: type,
				traits: [{ $ref: '#/components/messageTraits/cloudEvents' }],
				payload,
				bindings: { kafka: { key: { type: 'string', description: key } } },
				'x-retention-ms': retentionMs,
			},
		]),
	)
}
