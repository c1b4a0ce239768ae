import { ORDER_STATUSES } from '../events/orders.ts'
import { registerCustomers } from './demo/customers.ts'
import { moveOrders, type PlacedOrder, placeOrders } from './demo/orders.ts'
import { piecesIn, planOrders } from './demo/plan.ts'
import { createShopClient, requireShop } from './shop-client.ts'
import { fillStoreroom } from './demo/storeroom.ts'
import { lastStatusOf } from './demo/ways.ts'
import { readSettings } from './ground.ts'
import { type TopicsGround, withTopics } from './topics-ground.ts'
import type { Terminal } from './terminal.ts'

export type DemoOptions = { readonly orders: number; readonly url?: string }

/**
 * Fills a running shop, so that a newcomer sees one that lives: plays the inventory, the delivery and some customers, each by
 * the topics and routes that are theirs. Prints what it did. Each run adds customers and orders and fills the storeroom up.
 */
export async function playDemo(options: DemoOptions, terminal: Terminal): Promise<void> {
	const settings = readSettings()
	const { config } = settings
	if (config.NODE_ENV === 'production') {
		throw new Error('The demo invents products, customers and orders: with NODE_ENV=production it does not run.')
	}
	const url = (options.url ?? `http://localhost:${config.PORT}`).replace(/\/+$/, '')
	await requireShop(url, terminal.interrupted)
	await withTopics(settings, { besideService: true }, (ground) => play(ground, { url, orders: options.orders, terminal }))
}

type Demo = { readonly url: string; readonly orders: number; readonly terminal: Terminal }

async function play(ground: TopicsGround, { url, orders, terminal }: Demo): Promise<void> {
	const { print, say, interrupted } = terminal
	const stage = { ...ground, terminal, shop: createShopClient(url, interrupted) }
	const plan = planOrders(orders)
	const products = await fillStoreroom(stage, piecesIn(plan))
	const customers = await registerCustomers(stage)
	const placed = await placeOrders(customers, plan)
	say(`They place ${placed.length} orders.`)
	say(`The inventory and the delivery move them by ${ground.topicNames.orderStatus} and ${ground.topicNames.tracking}.`)
	await moveOrders(stage, placed)
	await print(`${products} products, ${customers.length} customers, ${placed.length} orders: ${countedByStatus(placed)}`)
	say(`Look at ${url}/v1/products?search=велосипед`)
	if (ground.topics.kind === 'embedded') say(`and at ${url}/dev/inbox, where the SMS and emails to the customers are.`)
}

const countedByStatus = (orders: readonly PlacedOrder[]): string =>
	ORDER_STATUSES.map((status) => [orders.filter(({ fate }) => lastStatusOf(fate) === status).length, status] as const)
		.filter(([count]) => count > 0)
		.map((counted) => counted.join(' '))
		.join(', ')
