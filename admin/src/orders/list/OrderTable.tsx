import { createColumnHelper, type OnChangeFn, type RowSelectionState, useTable } from '@tanstack/react-table'
import { type ReactNode, useMemo, useRef } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { classes } from '../../ui/classes.ts'
import type { OrderColumn } from './columns.tsx'
import styles from './OrderTable.module.css'
import { OrderRow, type Mark } from './OrderRow.tsx'
import type { ListedOrder } from './orders.ts'
import type { Sort } from './search.ts'
import { SortHead } from './SortHead.tsx'
import { orderFeatures } from './table-features.ts'
import { listTexts } from './texts.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useVisibleRows } from './use-visible-rows.ts'
import { useWidthRem } from './use-width.ts'

const helper = createColumnHelper<typeof orderFeatures, ListedOrder>()
/** The boxes that select. */
const SELECT_REM = 2.75
/** The edges of a row. */
const EDGES_REM = 1

export type OrderTableProps = {
	readonly orders: readonly ListedOrder[]
	/** Those that are shown. */
	readonly columns: readonly OrderColumn[]
	readonly sort: Sort
	readonly onSort: (sort: Sort) => void
	readonly selected: RowSelectionState
	readonly onSelect: OnChangeFn<RowSelectionState>
	readonly markOf: (order: ListedOrder) => Mark | undefined
	/** Whether more orders follow, which `onEnd` asks for. */
	readonly hasMore: boolean
	readonly onEnd: () => void
}

/**
 * The orders as a table of any length: only the rows near the screen are drawn, each at its place on the page. Where the columns have no
 * room beside each other, each row is a card. `j` and `k` go from row to row, `x` selects, Enter opens.
 */
export function OrderTable({ orders, columns, hasMore, onEnd, ...props }: OrderTableProps) {
	const t = useTexts(listTexts)
	const frame = useRef<HTMLDivElement>(null)
	const body = useRef<HTMLDivElement>(null)
	const width = useWidthRem(frame)
	const needed = columns.reduce((sum, { least }) => sum + least, SELECT_REM + EDGES_REM)
	const asCards = width !== undefined && width < needed
	const table = useTable({
		features: orderFeatures,
		columns: useMemo(() => columns.map(({ id, head }) => helper.display({ id, header: head })), [columns]),
		data: orders,
		getRowId: ({ id }) => id,
		state: { rowSelection: props.selected },
		onRowSelectionChange: props.onSelect,
	})
	const { rows } = table.getRowModel()
	const { active, setActive, focusWanted } = useRowKeys(rows)
	const visible = useVisibleRows({ body, rows, active, asCards, hasMore, onEnd })
	return (
		<div
			ref={frame}
			role="table"
			aria-label={t.table}
			aria-rowcount={hasMore ? -1 : rows.length + 1}
			className={classes(styles['table'], asCards && styles['cards'])}
			style={{ '--columns': templateOf(columns) }}
		>
			<Head columns={columns} sort={props.sort} onSort={props.onSort} asCards={asCards}>
				<input
					type="checkbox"
					checked={table.getIsAllRowsSelected()}
					ref={(box) => {
						if (box) box.indeterminate = table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()
					}}
					onChange={table.getToggleAllRowsSelectedHandler()}
				/>
			</Head>
			<div role="rowgroup" ref={body} className={styles['body']} style={{ height: visible.height }}>
				{visible.items.map(({ index, start }) => {
					const row = rows[index]
					return (
						row && (
							<OrderRow
								key={row.id}
								ref={visible.measure}
								index={index}
								start={start}
								row={row}
								columns={columns}
								asCard={asCards}
								selected={row.getIsSelected()}
								active={row.id === active}
								onActive={setActive}
								focusWanted={focusWanted}
								mark={props.markOf(row.original)}
							/>
						)
					)
				})}
			</div>
		</div>
	)
}

type HeadProps = Pick<OrderTableProps, 'columns' | 'sort' | 'onSort'> & {
	readonly asCards: boolean
	/** The box that selects all. */
	readonly children: ReactNode
}

/** The names of the columns; over cards only how to select all. */
function Head({ columns, sort, onSort, asCards, children }: HeadProps) {
	const t = useTexts(listTexts)
	return (
		<div role="rowgroup" className={styles['head']}>
			<div role="row" aria-rowindex={1} className={styles['row']}>
				<div role="columnheader" aria-label={t.selectAll} className={styles['box']}>
					<label className={styles['all']}>
						{children}
						<span className={classes(!asCards && 'visually-hidden')}>{t.selectAll}</span>
					</label>
				</div>
				{columns.map((column) => (
					<SortHead key={column.id} column={column} sort={sort} onSort={onSort} />
				))}
			</div>
		</div>
	)
}

/** The same widths in each row, which is a grid of its own. */
const templateOf = (columns: readonly OrderColumn[]): string =>
	[`${SELECT_REM}rem`, ...columns.map(({ least, share }) => `minmax(${least}rem, ${share}fr)`)].join(' ')
