import type { Fragment, Tx } from '../db/database.ts'

/** Messages of a topic, by their keys. */
export type Keyed = { readonly topic: string; readonly keys: readonly string[] }

/** For `using` and `from`: the keys as bytes, as `wanted.key`. By a join, for a hash index knows no lists. */
export const wantedKeys = (tx: Tx, keys: readonly string[]): Fragment =>
	tx`(select convert_to(value, 'UTF8') as key from json_array_elements_text(${tx.typed.json(keys)})) as wanted`

/** Takes back what was to be told, also what no topic took. What the relay has in hand just now is sent all the same. */
export async function deleteWaiting(tx: Tx, { topic, keys }: Keyed): Promise<void> {
	await tx`delete from outbox as event using ${wantedKeys(tx, keys)} where event.key = wanted.key and topic = ${topic}`
	await tx`
		delete from dead_letters as letter using ${wantedKeys(tx, keys)}
		where letter.key = wanted.key and topic = ${topic} and direction = 'out'`
}

/** Tells something else in its place: `rewrite` gets each event's JSON and returns what it is to be. Id and order stay. */
export async function rewriteWaiting(tx: Tx, { topic, keys }: Keyed, rewrite: (json: string) => string): Promise<void> {
	const ours = { outbox: tx``, dead_letters: tx`and direction = 'out'` }
	for (const table of ['outbox', 'dead_letters'] as const) {
		const rows = await tx<{ id: number; value: Buffer }[]>`
			select id, value from ${tx(table)} as event join ${wantedKeys(tx, keys)} on event.key = wanted.key
			where topic = ${topic} and value is not null ${ours[table]} order by id for update of event`
		if (rows.length === 0) continue
		const rewritten = rows.map(({ id, value }) => ({ id, value: rewrite(value.toString()) }))
		await tx`
			update ${tx(table)} as event set value = convert_to(rewritten.value, 'UTF8')
			from json_to_recordset(${tx.typed.json(rewritten)}) as rewritten (id bigint, value text)
			where event.id = rewritten.id`
	}
}
