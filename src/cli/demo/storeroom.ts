import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { ProductMessage } from '../../events/inventory-products.ts'
import { jsonIn } from '../json.ts'
import { messageOf, type Stage, tell, until } from './play.ts'
import { productMessages } from './products.ts'
import { Refusal } from '../shop-client.ts'

const Versioned = Type.Object({ id: Type.Integer(), version: Type.Integer() })
const Listed = Type.Object({ price: Type.Integer(), available: Type.Union([Type.Integer(), Type.Null()]) })

/** Plays the inventory: tells of its products, with enough pieces for what is going to be bought, and waits until guests see them. */
export async function fillStoreroom(stage: Stage, bought: ReadonlyMap<number, number>): Promise<number> {
	const { topicNames, terminal } = stage
	const products = productMessages(await lastVersions(stage), bought)
	const messages = products.map((value) =>
		messageOf({ topic: topicNames.products, key: String(value.id), type: 'product.changed', source: '/demo/inventory', value }),
	)
	await tell(stage, messages)
	terminal.say(`The inventory tells of ${products.length} products on ${topicNames.products}.`)
	const otherwise =
		'The products do not arrive at the shop: does it have the same DATA_DIR, DATABASE_URL and KAFKA_BROKERS as this command, ' +
		'and does a worker run?'
	for (const product of products) await until(stage, () => isOnSale(stage, product, bought), otherwise)
	return products.length
}

/** The last version that was told of each product: a message with a lower one would change nothing. */
async function lastVersions({ topics, topicNames, terminal }: Stage): Promise<Map<number, number>> {
	const versions = new Map<number, number>()
	const options = { fromBeginning: true, follow: false, signal: terminal.interrupted }
	for await (const { value } of topics.read(topicNames.products, options)) {
		const product = value === null ? undefined : jsonIn(value)
		if (Value.Check(Versioned, product)) versions.set(product.id, Math.max(product.version, versions.get(product.id) ?? 0))
	}
	terminal.interrupted.throwIfAborted()
	return versions
}

async function isOnSale({ shop }: Stage, { id, cost }: ProductMessage, bought: ReadonlyMap<number, number>): Promise<boolean> {
	try {
		const { price, available } = await shop.call(`GET /v1/products/${id}`, { answer: Listed })
		return price === cost && (available === null || available >= (bought.get(id) ?? 0))
	} catch (error) {
		if (error instanceof Refusal && error.status === 404) return false
		throw error
	}
}
