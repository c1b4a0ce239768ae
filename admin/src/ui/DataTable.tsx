import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './DataTable.module.css'

export type Column<Row> = {
	readonly id: string
	readonly head: string
	readonly cell: (row: Row) => ReactNode
	/** Numbers stand to the right, under each other. */
	readonly numeric?: boolean
	/** What names the row: read out first, and its heading where rows become cards. */
	readonly rowHead?: boolean
}

/** A table that a screen reader can walk; where it is narrow each row becomes a card. For the great list of orders see `orders/`. */
export function DataTable<Row>({
	caption,
	columns,
	rows,
	rowKey,
}: {
	/** Read out, not shown: the screen has a heading. */
	caption: string
	columns: readonly Column<Row>[]
	rows: readonly Row[]
	rowKey: (row: Row) => string | number
}) {
	return (
		<table className={styles['table']}>
			<caption className="visually-hidden">{caption}</caption>
			<thead>
				<tr>
					{columns.map(({ id, head, numeric }) => (
						<th key={id} scope="col" className={classes(numeric && styles['numeric'])}>
							{head}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={rowKey(row)}>
						{columns.map((column) => (
							<Cell key={column.id} column={column} row={row} />
						))}
					</tr>
				))}
			</tbody>
		</table>
	)
}

function Cell<Row>({ column: { head, cell, numeric, rowHead }, row }: { column: Column<Row>; row: Row }) {
	const content = <div className={styles['content']}>{cell(row)}</div>
	const className = classes(numeric && styles['numeric'])
	if (rowHead) {
		return (
			<th scope="row" data-head={head} className={className}>
				{content}
			</th>
		)
	}
	return (
		<td data-head={head} className={className}>
			{content}
		</td>
	)
}
