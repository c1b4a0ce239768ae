import assert from 'node:assert/strict'
import { eventually } from './eventually.ts'
import type { TestShop } from './shop.ts'

const BATCH_MAX = 100

/** Another service that follows what happens to orders while it happens. */
export type OrderFollower = {
	/** How often it saw each event, by the event's id. */
	readonly seen: ReadonlyMap<string, number>
	close(): Promise<void>
}

/** Follows the orders of that shop until it is closed. */
export function followOrders({ service }: TestShop): OrderFollower {
	const seen = new Map<string, number>()
	const consumer = service.topics.runConsumer({
		group: 'warehouse',
		topic: service.topicNames.orders,
		batchMax: BATCH_MAX,
		gatherMs: 0,
		async handle(messages) {
			for (const { headers } of messages) seen.set(headers['ce_id'] ?? '', (seen.get(headers['ce_id'] ?? '') ?? 0) + 1)
		},
	})
	return { seen, close: () => consumer.close() }
}

/** The topic holds an event for each version (`assertInvariants`), and whoever follows it has missed none. Returns the counts. */
export async function assertSeen(shop: TestShop, { seen }: OrderFollower): Promise<string> {
	const told = await shop.topics.read('orders')
	const ids = new Set(told.map(({ headers }) => headers['ce_id'] ?? ''))
	await eventually(async () =>
		assert.deepEqual(
			[...ids].filter((id) => !seen.has(id)),
			[],
			'events that nobody saw',
		),
	)
	assert.equal(seen.size, ids.size)
	return `${ids.size} events about orders were seen, ${told.length - ids.size} of them were sent twice`
}
