import assert from 'node:assert/strict'
import type { Book } from './book.ts'
import { eventually } from './eventually.ts'
import type { TestShop } from './shop.ts'

/** It is told of that it took too long, and how long. */
const PATIENCE_MS = 90_000

/** How long it took, in milliseconds. */
export type Passage = {
	/** Until what the inventory had said by then was heard. */
	readonly inMs: number
	/** Until the events of what had happened by then were published. */
	readonly outMs: number
}

/** Waits until what stands on both ways now has come to its end. */
export async function passageOf({ sql }: TestShop, { products, commands }: Book): Promise<Passage> {
	const startedAt = performance.now()
	const [moment] = await sql<[{ now: string }]>`select clock_timestamp()::text as now`
	const told = [...products].map(([id, { version }]) => ({ id, version }))
	const asked = [...commands]
	const timed = async (isThrough: () => Promise<void>) => {
		await eventually(isThrough, PATIENCE_MS)
		return Math.round(performance.now() - startedAt)
	}
	const heard = async () => {
		const unheard = await sql`
			select from json_to_recordset(${sql.typed.json(told)}) as told (id bigint, version bigint)
			where not exists (select from products where id = told.id and version >= told.version)
			union all
			select from json_array_elements_text(${sql.typed.json(asked)}) as asked (event)
			where not exists (select from inbox where consumer = 'order-status' and event_id = asked.event)`
		assert.equal(unheard.count, 0, 'what the inventory has said is heard')
	}
	const published = async () => {
		const waiting = await sql`select from outbox where created_at <= ${moment.now}::timestamptz limit 1`
		assert.equal(waiting.count, 0, 'what has happened is published')
	}
	const [inMs, outMs] = await Promise.all([timed(heard), timed(published)])
	return { inMs, outMs }
}
