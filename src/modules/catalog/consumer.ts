import { ProductMessage } from '../../events/inventory-products.ts'
import { consumeInbound, type InboundEvent, type Rejection } from '../../platform/inbound.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Consumer } from '../../platform/topics/port.ts'
import type { Service } from '../service.ts'
import { lockProducts, type ProductUpsert, upsertProducts, type Withdrawal, withdrawProducts } from './queries.ts'

/** Keeps the catalogue by the messages of the inventory service. */
export function productsConsumer(service: Service): Consumer {
	const group = service.config.KAFKA_GROUP
	return consumeInbound(
		{ ...service, group },
		{ topic: service.topicNames.products, schema: ProductMessage, tombstones: true, apply: applyProducts },
	)
}

/**
 * Applies a batch. Of several messages for a product only the one with the greatest version and the youngest withdrawal
 * matter, in whatever order they stand: so messages that come twice, late or shuffled lead to the same catalogue. Messages of
 * one moment count in the order in which they stand: a withdrawal and the product that comes back may be sent together.
 */
export async function applyProducts(tx: Tx, events: readonly InboundEvent<ProductMessage>[]): Promise<(Rejection | undefined)[]> {
	const products = new Map<number, ProductUpsert>()
	const withdrawals = new Map<number, Withdrawal>()
	const withdraw = (id: number, at: string) => {
		if (at >= (withdrawals.get(id)?.at ?? '')) withdrawals.set(id, { id, at, followed: false })
	}
	const put = (product: ProductMessage, at: string) => {
		if (product.version <= (products.get(product.id)?.version ?? -1)) return
		products.set(product.id, upsertOf(product, at))
		const before = withdrawals.get(product.id)
		if (before?.at === at) withdrawals.set(product.id, { ...before, followed: true })
	}
	const outcomes = events.map(({ key, data, publishedAt }): Rejection | undefined => {
		const at = publishedAt.toISOString()
		if (data === null) {
			const id = productIdOf(key)
			if (id === undefined) return { reason: `wrong_key: a withdrawal's key must be a product id, not ${shown(key)}` }
			withdraw(id, at)
		} else put(data, at)
		return undefined
	})
	// Upserts go by id. Withdrawals come after them and find their rows in any order, so all are locked first.
	if (withdrawals.size > 0) await lockProducts(tx, [...products.keys(), ...withdrawals.keys()])
	if (products.size > 0) await upsertProducts(tx, [...products.values()])
	if (withdrawals.size > 0) await withdrawProducts(tx, [...withdrawals.values()])
	return outcomes
}

const SHOWN_MAX_CHARACTERS = 50

/** A key as it can be read in one line, whatever it holds. */
const shown = (key: string): string => JSON.stringify(key.slice(0, SHOWN_MAX_CHARACTERS))

function productIdOf(key: string): number | undefined {
	const id = /^\d{1,16}$/.test(key) ? Number(key) : undefined
	return Number.isSafeInteger(id) ? id : undefined
}

const upsertOf = ({ measurements, cost, available, ...product }: ProductMessage, changedAt: string): ProductUpsert => ({
	id: product.id,
	name: product.name,
	description: product.description,
	price: cost,
	tax: product.tax,
	weight_g: measurements?.weight ?? null,
	height_mm: measurements?.height ?? null,
	width_mm: measurements?.width ?? null,
	length_mm: measurements?.length ?? null,
	available: available ?? null,
	version: product.version,
	changed_at: changedAt,
})
