import { TRACKING_STATUSES, type TrackingMessage } from '../../events/delivery-tracking.ts'
import { type Delivery, DELIVERY_EVENTS_SHOWN_MAX, type DeliveryEvent } from '../../events/orders.ts'
import type { DeliveryChoice } from './schemas.ts'

export type TrackingStatus = TrackingMessage['status']

/** What the delivery service told of an order's way. */
export type TrackingEvent = {
	readonly eventId: string
	readonly status: TrackingStatus
	readonly carrier: string | null
	readonly trackingNumber: string | null
	readonly location: string | null
	/** A calendar day. */
	readonly estimatedAt: string | null
	readonly occurredAt: Date
}

/** Where a delivery is. */
export type TrackingState = {
	readonly status: TrackingStatus | null
	readonly carrier: string | null
	readonly trackingNumber: string | null
	readonly estimatedAt: string | null
	/** When the status was reached. */
	readonly statusAt: Date | null
}

/** A delivery as it is kept, without what happened on its way. */
export type TrackedDelivery = {
	readonly orderId: string
	readonly orderNumber: number
	readonly customerId: number
	readonly choice: DeliveryChoice
	/** Its customer was erased: what is still told of it is not kept. */
	readonly erased: boolean
	readonly state: TrackingState
}

export const UNTRACKED: TrackingState = { status: null, carrier: null, trackingNumber: null, estimatedAt: null, statusAt: null }

/**
 * The order of a timeline, newest first: by when it happened; of the same moment, by how far along the status is; then by the
 * event's id. Never by when a message came: so messages that come late or shuffled lead to the same timeline. The queries
 * sort the same way.
 */
function compareNewestFirst(one: TrackingEvent, other: TrackingEvent): number {
	return (
		other.occurredAt.getTime() - one.occurredAt.getTime() ||
		TRACKING_STATUSES.indexOf(other.status) - TRACKING_STATUSES.indexOf(one.status) ||
		Buffer.compare(Buffer.from(other.eventId), Buffer.from(one.eventId))
	)
}

/** The timeline with an event put in its place, at most as long as is shown. The same timeline, when it is older than all that is shown. */
export function putInPlace(timeline: readonly TrackingEvent[], event: TrackingEvent): readonly TrackingEvent[] {
	const place = timeline.findIndex((other) => compareNewestFirst(event, other) < 0)
	if (place === -1 && timeline.length >= DELIVERY_EVENTS_SHOWN_MAX) return timeline
	return timeline.toSpliced(place === -1 ? timeline.length : place, 0, event).slice(0, DELIVERY_EVENTS_SHOWN_MAX)
}

/**
 * Where a delivery is by its timeline. The status is that of the newest event. What a message leaves out is as it was before:
 * the carrier is the last one named, the day of arrival the last one told. A tracking number belongs to its carrier: when
 * another one takes over, the former one's number is not shown as the new one's.
 */
export function stateOf(timeline: readonly TrackingEvent[]): TrackingState {
	const [newest] = timeline
	if (newest === undefined) return UNTRACKED
	const carrier = timeline.find((event) => event.carrier !== null)?.carrier ?? null
	const former = timeline.findIndex((event) => event.carrier !== null && event.carrier !== carrier)
	const ofCarrier = former === -1 ? timeline : timeline.slice(0, former)
	return {
		status: newest.status,
		carrier,
		trackingNumber: ofCarrier.find((event) => event.trackingNumber !== null)?.trackingNumber ?? null,
		estimatedAt: timeline.find((event) => event.estimatedAt !== null)?.estimatedAt ?? null,
		statusAt: newest.occurredAt,
	}
}

export const viewEvent = (event: TrackingEvent): DeliveryEvent => ({
	status: event.status,
	location: event.location,
	carrier: event.carrier,
	tracking_number: event.trackingNumber,
	estimated_at: event.estimatedAt,
	occurred_at: event.occurredAt.toISOString(),
})

/** The delivery as the API and the events show it; without a timeline, as lists show it. */
export function viewDelivery(choice: DeliveryChoice, state: TrackingState, timeline?: readonly TrackingEvent[]): Delivery {
	return {
		...choice,
		status: state.status,
		carrier: state.carrier,
		tracking_number: state.trackingNumber,
		estimated_at: state.estimatedAt,
		...(timeline === undefined ? {} : { events: timeline.map(viewEvent) }),
	}
}
