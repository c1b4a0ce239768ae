import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TRACKING_STATUSES } from '../../events/delivery-tracking.ts'
import { DELIVERY_EVENTS_SHOWN_MAX } from '../../events/orders.ts'
import { putInPlace, stateOf, type TrackingEvent, UNTRACKED, viewDelivery } from './tracking.ts'

const NOON_MS = Date.parse('2026-11-23T12:00:00Z')
let made = 0

/** An event some minutes after noon. */
const eventAt = (minutes: number, said: Partial<TrackingEvent> = {}): TrackingEvent => ({
	eventId: `event-${String(made++).padStart(6, '0')}`,
	status: 'in_transit',
	carrier: null,
	trackingNumber: null,
	location: null,
	estimatedAt: null,
	occurredAt: new Date(NOON_MS + minutes * 60_000),
	...said,
})

const timelineOf = (events: readonly TrackingEvent[]): readonly TrackingEvent[] => events.reduce(putInPlace, [])

test('before the first message a delivery has no state', () => {
	assert.deepEqual(stateOf([]), UNTRACKED)
})

test('a late message is put in its place and does not turn the state back', () => {
	const delivered = eventAt(90, { status: 'delivered' })
	const handedOver = eventAt(10, { status: 'handed_over', location: 'Москва' })
	const timeline = timelineOf([delivered, handedOver])
	assert.deepEqual(timeline, [delivered, handedOver])
	assert.equal(stateOf(timeline).status, 'delivered')
	assert.deepEqual(stateOf(timeline).statusAt, delivered.occurredAt)
})

test('of two messages of one moment the one further along is the newer', () => {
	const onTheWay = eventAt(5, { status: 'out_for_delivery', eventId: 'z' })
	const delivered = eventAt(5, { status: 'delivered', eventId: 'a' })
	assert.deepEqual(timelineOf([delivered, onTheWay]), [delivered, onTheWay])
	assert.deepEqual(timelineOf([onTheWay, delivered]), [delivered, onTheWay])
})

test('what a message leaves out is as it was before', () => {
	const timeline = timelineOf([
		eventAt(0, { carrier: 'cdek', trackingNumber: '123', estimatedAt: '2026-11-25' }),
		eventAt(10, { estimatedAt: '2026-11-26' }),
		eventAt(20, { location: 'Тверь' }),
	])
	const { carrier, trackingNumber, estimatedAt } = stateOf(timeline)
	assert.deepEqual([carrier, trackingNumber, estimatedAt], ['cdek', '123', '2026-11-26'])
})

test('the number of a former carrier is not shown as that of the next one', () => {
	const before = [eventAt(0, { carrier: 'cdek', trackingNumber: '123' }), eventAt(10, { carrier: 'post' })]
	assert.deepEqual([stateOf(timelineOf(before)).carrier, stateOf(timelineOf(before)).trackingNumber], ['post', null])
	const after = timelineOf([...before, eventAt(20, { trackingNumber: '456' })])
	assert.deepEqual([stateOf(after).carrier, stateOf(after).trackingNumber], ['post', '456'])
})

test('the newest events are shown, and an older one changes nothing', () => {
	const full = timelineOf(Array.from({ length: DELIVERY_EVENTS_SHOWN_MAX }, (_, minutes) => eventAt(minutes)))
	assert.equal(full.length, DELIVERY_EVENTS_SHOWN_MAX)
	assert.equal(putInPlace(full, eventAt(-1)), full)
	const newest = eventAt(1_000)
	const next = putInPlace(full, newest)
	assert.deepEqual([next.length, next[0], next.at(-1)], [full.length, newest, full.at(-2)])
})

test('a delivery is shown with what happened, newest first, and in lists without', () => {
	const choice = { method: 'pickup', pickup_point_id: 'msk-1' } as const
	const timeline = timelineOf([eventAt(0, { status: 'created' }), eventAt(5, { carrier: 'cdek' })])
	const whole = viewDelivery(choice, stateOf(timeline), timeline)
	assert.deepEqual(
		whole.events?.map(({ status, occurred_at }) => [status, occurred_at]),
		[
			['in_transit', '2026-11-23T12:05:00.000Z'],
			['created', '2026-11-23T12:00:00.000Z'],
		],
	)
	assert.deepEqual(viewDelivery(choice, stateOf(timeline)), {
		method: 'pickup',
		pickup_point_id: 'msk-1',
		status: 'in_transit',
		carrier: 'cdek',
		tracking_number: null,
		estimated_at: null,
	})
})

const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null })
const event: fc.Arbitrary<TrackingEvent> = fc.record({
	eventId: fc.string({ minLength: 1, maxLength: 3, unit: 'grapheme' }),
	status: fc.constantFrom(...TRACKING_STATUSES),
	carrier: text,
	trackingNumber: text,
	location: text,
	estimatedAt: fc.option(fc.constantFrom('2026-11-25', '2026-11-26'), { nil: null }),
	// Few moments, so that many coincide.
	occurredAt: fc.integer({ min: 0, max: 5 }).map((minutes) => new Date(NOON_MS + minutes * 60_000)),
})
const events = fc.uniqueArray(event, { selector: ({ eventId }) => eventId, maxLength: 150, size: 'max' })

/** Applies messages as they come: one whose id was seen changes nothing. */
function follow(messages: readonly TrackingEvent[]): readonly TrackingEvent[] {
	const seen = new Set<string>()
	return messages.reduce((timeline: readonly TrackingEvent[], message) => {
		if (seen.has(message.eventId)) return timeline
		seen.add(message.eventId)
		return putInPlace(timeline, message)
	}, [])
}

test('messages in any order, and again, lead to the same timeline and state', () => {
	const shuffledTwice = events.chain((sent) =>
		fc.record({
			sent: fc.constant(sent),
			came: fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length * 2, maxLength: sent.length * 2 }),
		}),
	)
	fc.assert(
		fc.property(shuffledTwice, ({ sent, came }) => {
			assert.deepEqual(follow(came), follow(sent))
			assert.deepEqual(stateOf(follow(came)), stateOf(follow(sent)))
		}),
	)
})
