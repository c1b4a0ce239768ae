import type { Sql, Tx } from '../../platform/db/database.ts'
import { oneOf } from '../../platform/db/one-of.ts'
import type { SavedView, SavedViewBody } from './list-schemas.ts'

type Row = Omit<SavedView, 'created_at' | 'updated_at'> & { readonly created_at: Date; readonly updated_at: Date }

const savedOf = (row: Row): SavedView => ({
	...row,
	created_at: row.created_at.toISOString(),
	updated_at: row.updated_at.toISOString(),
})

const COLUMNS = ['id', 'name', 'query', 'columns', 'created_at', 'updated_at'] as const

/** The views of a member of the staff, by name. */
export async function listViews(sql: Sql | Tx, staffId: number): Promise<SavedView[]> {
	const rows = await sql<Row[]>`
		select ${sql([...COLUMNS])} from order_views where staff_id = ${staffId} order by name collate "ru-x-icu", id`
	return rows.map(savedOf)
}

/** Waits until nobody else changes the views of that member; until the transaction ends. */
export async function lockViews(tx: Tx, staffId: number): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtextextended(${`prilavok order views ${staffId}`}, 0))`
}

/** How many views the member has, and whether one but that with the id `except` has the name, capital letters or not. */
export async function countViews(
	tx: Tx,
	staffId: number,
	{ name, except }: { readonly name: string; readonly except: number | null },
): Promise<{ readonly views: number; readonly taken: boolean }> {
	const [row] = await tx<[{ views: number; taken: boolean }]>`
		select count(*) as views, coalesce(bool_or(lower(name) = lower(${name}) and id is distinct from ${except}::bigint), false) as taken
		from order_views where staff_id = ${staffId}`
	return row
}

export async function insertView(tx: Tx, staffId: number, { name, query, columns }: SavedViewBody): Promise<SavedView> {
	const [row] = await tx<[Row]>`
		insert into order_views (staff_id, name, query, columns)
		values (${staffId}, ${name}, ${tx.typed.json(query)}, array(select json_array_elements_text(${tx.typed.json(columns)})))
		returning ${tx([...COLUMNS])}`
	return savedOf(row)
}

export type OwnView = { readonly staffId: number; readonly id: number }

/** Puts another one in the place of a view; undefined when the member has no such view. */
export async function updateView(
	tx: Tx,
	{ staffId, id }: OwnView,
	{ name, query, columns }: SavedViewBody,
): Promise<SavedView | undefined> {
	const [row] = await tx<Row[]>`
		update order_views set name = ${name}, query = ${tx.typed.json(query)}, updated_at = now(),
			columns = array(select json_array_elements_text(${tx.typed.json(columns)}))
		where id = ${id} and staff_id = ${staffId}
		returning ${tx([...COLUMNS])}`
	return row && savedOf(row)
}

/** Whether the member had that view. */
export async function deleteView(sql: Sql, { staffId, id }: OwnView): Promise<boolean> {
	const { count } = await sql`delete from order_views where id = ${id} and staff_id = ${staffId}`
	return count > 0
}

/** By what a view may tell of somebody: its title, and what it looks for, as it was typed. */
export type ViewOfPerson = {
	readonly id: number
	readonly title: string
	readonly phone: string | null
	readonly name: string | null
	readonly user_id: number | null
	readonly number: number | null
}

/** The views of all the staff: there are few of the staff, and few views of each. */
export async function readViewsOfPeople(tx: Tx): Promise<ViewOfPerson[]> {
	return tx<ViewOfPerson[]>`
		select id, name as title, query ->> 'phone' as phone, query ->> 'name' as name, (query ->> 'user_id')::bigint as user_id,
			(query ->> 'number')::bigint as number
		from order_views`
}

/** Removes views, whosesoever they are. */
export async function deleteViews(tx: Tx, ids: readonly number[]): Promise<void> {
	await tx`
		delete from order_views where id = ${oneOf(tx, ids, 'bigint')}`
}
