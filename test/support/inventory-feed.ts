import { setTimeout as sleep } from 'node:timers/promises'
import { ORDER_STATUSES } from '../../src/events/orders.ts'
import type { Book } from './book.ts'
import { eventually } from './eventually.ts'
import { productMessage } from './people.ts'
import type { Chance } from './sample.ts'
import type { ReachedShop } from './shop.ts'
import { latestOrder, PRODUCTS } from './shoppers.ts'
import type { Publication, TopicKey } from './topics.ts'

const PAUSE_MAX_MS = 200
/** Of this product there are few pieces, and sometimes none: orders are refused. */
const SCARCE = 1
const PIECES_MAX = 40
const PUBLISHED_WITHIN_MS = 60_000

type Telling = {
	readonly book: Book
	readonly chance: Chance
	/** How many products it tells of; those that are bought unless told otherwise. */
	readonly products?: number
}

/** The next message of a product: it costs something else now. */
export function nextProduct(id: number, { book, chance }: Telling) {
	const version = (book.products.get(id)?.version ?? 0) + 1
	const cost = 1 + chance.below(1_000)
	book.products.set(id, { version, cost })
	return productMessage({ id, version, cost, ...(id === SCARCE && { available: chance.below(PIECES_MAX) }) })
}

/** The inventory service: prices and pieces change, and orders are moved by commands, whether that is allowed or not, until the book is closed. */
export async function feed(shop: ReachedShop, telling: Telling): Promise<void> {
	for (let count = 1; !telling.book.over; count++) {
		await tellNext(shop, telling, count)
		await sleep(telling.chance.below(PAUSE_MAX_MS))
	}
}

/** Tells of a product, and commands one of the latest orders: its `count`-th command. */
export async function tellNext({ topics }: ReachedShop, telling: Telling, count: number): Promise<void> {
	const { book, chance, products = PRODUCTS } = telling
	// Whether it was published is as little known to it as to anybody: it says the same once more.
	const publish = (topic: TopicKey, message: Publication) => eventually(() => topics.publish(topic, message), PUBLISHED_WITHIN_MS)
	await publish('products', { value: nextProduct(chance.happens(0.5) ? SCARCE : 1 + chance.below(products), telling) })
	const id = latestOrder(book, chance)
	if (id === undefined) return
	const event_id = `command ${count}`
	await publish('orderStatus', { value: { event_id, order_id: id, status: chance.pick(ORDER_STATUSES) } })
	book.commands.add(`${id} ${event_id}`)
}
