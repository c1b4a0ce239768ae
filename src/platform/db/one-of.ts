import type { Fragment, Sql, Tx } from './database.ts'

/**
 * What a column is compared with to be one of so many values, however many: `where id = ${oneOf(tx, ids, 'uuid')}`.
 *
 * An array, for which the planner expects ten values and goes by the index (docs/adr/0047). Of `in (select …)` it expects a hundred,
 * and reads all lines of a shop with some ten thousand orders (measured: 7 ms for a page, instead of 1).
 */
export function oneOf(sql: Sql | Tx, values: readonly (string | number)[], type: 'uuid' | 'bigint' | 'text'): Fragment {
	const list = sql.typed.json(values)
	// A text for each type: statements are prepared by their text, so nothing but parameters may vary in it.
	switch (type) {
		case 'uuid':
			return sql`any(array(select value::uuid from json_array_elements_text(${list})))`
		case 'bigint':
			return sql`any(array(select value::bigint from json_array_elements_text(${list})))`
		case 'text':
			return sql`any(array(select value from json_array_elements_text(${list})))`
	}
}
