/** What can be shown of an order, as the saved views name it. */
const COLUMN_IDS = [
	'number',
	'status',
	'customer',
	'phone',
	'total',
	'positions',
	'method',
	'tracking',
	'created_at',
	'updated_at',
] as const
export type ColumnId = (typeof COLUMN_IDS)[number]
export const USUAL_COLUMNS: readonly ColumnId[] = ['number', 'status', 'customer', 'phone', 'total', 'method', 'created_at']

/** Columns by their names with commas between; undefined when none is known. The number, which names the row, is always there. */
export function readColumns(names: string | null | undefined): readonly ColumnId[] | undefined {
	const wanted = new Set(names?.split(','))
	const known = COLUMN_IDS.filter((id) => wanted.has(id))
	return known.length === 0 ? undefined : known.includes('number') ? known : ['number', ...known]
}
