import { type Static, Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'
import { deleteForeign, rewriteWaiting } from '../../platform/outbox/waiting.ts'
import { customerProblem, type ErasedPerson, parsePhone, type PersonalData } from '../customers/index.ts'
import { eraseDeliveries, readDeliveries } from '../delivery/index.ts'
import type { Service } from '../service.ts'
import { forgetReasons } from '../staff/index.ts'
import { eraseOrders, lockOrdersOf } from './erasure-queries.ts'
import { eraseNotesOf } from './note-queries.ts'
import type { Order } from './order.ts'
import { mayChange, UNDER_WAY } from './order-status.ts'
import { readAllRefusals, readIdempotencyKeys } from './personal-queries.ts'
import { listCustomerOrders, readHistories, readLines } from './queries.ts'
import { deleteViews, readViewsOfPeople } from './saved-view-queries.ts'
import { OrderView, Refusal } from './schemas.ts'
import { viewOrder, viewRefusal } from './view-order.ts'

/** An order as its customer sees it, and what else is kept of it. */
const KeptOrder = Type.Object({
	...OrderView.properties,
	idempotency_key: Type.String({ description: 'By which the program that placed the order knew it' }),
	refusals: Type.Array(Refusal, { description: 'Commands of other services that the status table refused, newest first' }),
})
type KeptOrder = Static<typeof KeptOrder>

/** The orders of somebody who asks for everything about them, or is erased. Orders and their sums outlive the person's data. */
export const orderPersonalData = (service: Service): PersonalData => ({
	name: 'orders',
	schema: Type.Array(KeptOrder, { description: 'Newest first, with history and delivery' }),
	read: readOrders,
	erase: (tx, person) => erase(tx, service, person),
})

async function readOrders(tx: Tx, customerId: number, locale: Locale): Promise<KeptOrder[]> {
	const all = { limit: null, beforeNumber: Number.MAX_SAFE_INTEGER }
	const orders = await listCustomerOrders(tx, customerId, all)
	const ids = orders.map(({ id }) => id)
	const [lines, deliveries, histories, keys, refusals] = await Promise.all([
		readLines(tx, ids),
		readDeliveries(tx, ids, { events: true }),
		readHistories(tx, ids),
		readIdempotencyKeys(tx, customerId),
		readAllRefusals(tx, ids),
	])
	return orders.map((order) => {
		const { id } = order
		const delivery = deliveries.get(id)
		if (delivery === undefined) throw new Error(`order ${id} has no delivery`)
		return {
			...viewOrder({ order, lines: lines.get(id) ?? [], delivery, history: histories.get(id) ?? [] }, locale),
			idempotency_key: keys.get(id) ?? '',
			refusals: (refusals.get(id) ?? []).map(viewRefusal),
		}
	})
}

/** Of more orders under way than this the newest are told. */
const TOLD_MAX = 100

/**
 * While an order is under way somebody has to be called and something to be brought: it is waited for, or cancelled, first. The
 * cart is closed by now, so no other one comes.
 */
async function erase(tx: Tx, { topicNames, config }: Service, person: ErasedPerson): Promise<void> {
	const orders = await lockOrdersOf(tx, person.id)
	const underWay = orders.filter(({ status }) => UNDER_WAY.includes(status))
	if (underWay.length > 0) throw customerProblem('orders_under_way', { orders: underWay.slice(0, TOLD_MAX).map(toldOf) })
	const ids = orders.map(({ id }) => id)
	await eraseDeliveries(tx, ids)
	await eraseOrders(tx, person.id, ids)
	await eraseNotesOf(tx, person.id)
	await forgetViews(tx, person, { orders, country: config.PHONE_COUNTRY })
	await forgetReasons(tx, 'order', ids)
	await rewriteWaiting(tx, { topic: topicNames.orders, keys: ids }, withoutPersonalData)
	// What others have said of these orders, and nobody could apply: their words, whatever they are.
	for (const topic of [topicNames.tracking, topicNames.orderStatus]) await deleteForeign(tx, { topic, keys: ids })
}

const toldOf = ({ id, number, status }: Order) => ({
	id,
	number,
	status,
	can: { cancel: mayChange('customer', status, 'cancelled') },
})

/** The staff's saved views that look for this very person, or for one of the orders, or say so in their titles. */
async function forgetViews(
	tx: Tx,
	person: ErasedPerson,
	{ orders, country }: { readonly orders: readonly Order[]; readonly country: string },
): Promise<void> {
	const name = person.name.toLowerCase()
	const phones = new Set([person.phone, ...orders.map((order) => order.phone)])
	const numbers = new Set(orders.map((order) => order.number))
	const isNamedIn = (title: string): boolean =>
		// A first name alone may be somebody else's.
		(name.includes(' ') && title.toLowerCase().includes(name)) ||
		[...phones].some((phone) => title.replace(/\D/g, '').includes(phone.slice(-TELLING_DIGITS)))
	const theirs = (await readViewsOfPeople(tx)).filter(
		(view) =>
			(view.phone !== null && phones.has(parsePhone(view.phone, country) ?? view.phone)) ||
			view.name?.trim().toLowerCase() === name ||
			view.user_id === person.id ||
			(view.number !== null && numbers.has(view.number)) ||
			isNamedIn(view.title),
	)
	await deleteViews(
		tx,
		theirs.map(({ id }) => id),
	)
}

/** Of a phone, however it is written: without the country, or the 8 that stands for it. */
const TELLING_DIGITS = 10

/** The fields of the events about orders that hold personal data, and what stands there when the person was erased. */
const BLANK: ReadonlyMap<string, string | null> = new Map([
	['phone', ''],
	['full_address', ''],
	['kladr_id', ''],
	['tracking_number', null],
	['location', null],
	['reason', null],
])

const withoutPersonalData = (json: string): string =>
	JSON.stringify(JSON.parse(json, (key, value: unknown) => (BLANK.has(key) ? BLANK.get(key) : value)))
