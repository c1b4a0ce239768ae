import { DEAD_LETTER_SUFFIX } from '../dead-letters/names.ts'
import type { Fragment, Tx } from '../db/database.ts'

/** Messages of a topic, by their keys. */
type Keyed = { readonly topic: string; readonly keys: readonly string[] }

/** For `using` and `from`: the keys as bytes, as `wanted.key`. By a join, for a hash index knows no lists. */
const wantedKeys = (tx: Tx, keys: readonly string[]): Fragment =>
	tx`(select convert_to(value, 'UTF8') as key from json_array_elements_text(${tx.typed.json(keys)})) as wanted`

/**
 * Where messages wait: to be sent, put aside, and once more to be sent, for somebody may just have sent again what was put aside. That
 * one holds the letter's lock, so when the letters have been dealt with, it has ended.
 */
const PLACES = ['outbox', 'dead_letters', 'outbox'] as const

/** Takes back what was to be told, also what no topic took. What the relay has in hand just now is sent all the same. */
export async function deleteWaiting(tx: Tx, { topic, keys }: Keyed): Promise<void> {
	for (const table of PLACES)
		await tx`
			delete from ${tx(table)} as event using ${wantedKeys(tx, keys)}
			where event.key = wanted.key and topic = ${topic} ${oursOf(tx, table)}`
}

/** Tells something else in its place: `rewrite` gets each event's JSON and returns what it is to be. Id and order stay. */
export async function rewriteWaiting(tx: Tx, { topic, keys }: Keyed, rewrite: (json: string) => string): Promise<void> {
	for (const table of PLACES) {
		const rows = await tx<{ id: number; value: Buffer }[]>`
			select id, value from ${tx(table)} as event join ${wantedKeys(tx, keys)} on event.key = wanted.key
			where topic = ${topic} and value is not null ${oursOf(tx, table)} order by id for update of event`
		if (rows.length === 0) continue
		const rewritten = rows.map(({ id, value }) => ({ id, value: rewrite(value.toString()) }))
		await tx`
			update ${tx(table)} as event set value = convert_to(rewritten.value, 'UTF8')
			from json_to_recordset(${tx.typed.json(rewritten)}) as rewritten (id bigint, value text)
			where event.id = rewritten.id`
	}
}

/** Forgets messages of others, what could not be applied and what is on its way to be tried again or to the topic of dead letters. */
export async function deleteForeign(tx: Tx, { topic, keys }: Keyed): Promise<void> {
	for (const table of PLACES)
		await tx`
			delete from ${tx(table)} as event using ${wantedKeys(tx, keys)}
			where event.key = wanted.key and topic in (${topic}, ${topic + DEAD_LETTER_SUFFIX})`
}

const oursOf = (tx: Tx, table: (typeof PLACES)[number]): Fragment => (table === 'outbox' ? tx`` : tx`and direction = 'out'`)
