import { Link } from '@tanstack/react-router'
import type { Row } from '@tanstack/react-table'
import { memo, type MouseEvent, type Ref, type RefObject, useEffect, useRef } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { classes } from '../../ui/classes.ts'
import type { OrderColumn } from './columns.tsx'
import styles from './OrderTable.module.css'
import { type ListedOrder } from './orders.ts'
import type { orderFeatures } from './table-features.ts'
import { listTexts } from './texts.ts'

type OrderTableRow = Row<typeof orderFeatures, ListedOrder>

/** What has happened to a row while the list was looked at. */
export type Mark = 'isNew' | 'isChanged'

export type OrderRowProps = {
	readonly ref: Ref<HTMLDivElement> | undefined
	readonly index: number
	/** Where it stands in the body, in pixels. */
	readonly start: number
	readonly row: OrderTableRow
	readonly columns: readonly OrderColumn[]
	readonly asCard: boolean
	readonly selected: boolean
	/** The one that the keys go from. */
	readonly active: boolean
	readonly onActive: (id: string) => void
	/** Set by the keys: the active row then takes the focus. */
	readonly focusWanted: RefObject<boolean>
	readonly mark: Mark | undefined
}

/** One order of the list: a row, or a card with the names of what it tells. Drawn anew only when something of it has changed. */
export const OrderRow = memo(function OrderRow(props: OrderRowProps) {
	const { row, columns, asCard, selected, active, focusWanted, mark } = props
	const order = row.original
	const t = useTexts(listTexts)
	const link = useRef<HTMLAnchorElement>(null)
	useEffect(() => {
		if (!active || !focusWanted.current) return
		focusWanted.current = false
		link.current?.focus({ preventScroll: true })
	})
	return (
		<div
			ref={props.ref}
			data-index={props.index}
			role="row"
			aria-rowindex={props.index + 2}
			aria-selected={selected}
			className={classes(styles['row'], active && styles['active'], selected && styles['selected'], mark && styles[mark])}
			style={{ transform: `translateY(${props.start}px)` }}
			onFocus={() => props.onActive(order.id)}
		>
			<div role="cell" className={styles['box']}>
				<input
					type="checkbox"
					aria-label={t.select(order.number)}
					checked={selected}
					readOnly
					onClick={(event: MouseEvent) => row.getToggleSelectedHandler()(event)}
				/>
			</div>
			{columns.map(({ id, head, numeric, cell, title }) =>
				id === 'number' ? (
					<div key={id} role="rowheader" className={classes(styles['cell'], styles['key'])}>
						<Link ref={link} to="/orders/$id" params={{ id: order.id }} className={styles['link']}>
							{cell(order)}
						</Link>
						{mark && (
							<span className={styles['mark']} title={t[mark]}>
								<span className={classes(!asCard && 'visually-hidden')}>{t[mark]}</span>
							</span>
						)}
					</div>
				) : (
					<div key={id} role="cell" title={title?.(order)} className={classes(styles['cell'], numeric && styles['numeric'])}>
						{asCard ? (
							<>
								<span className={styles['name']}>{head}</span>
								<span>{cell(order)}</span>
							</>
						) : (
							cell(order)
						)}
					</div>
				),
			)}
		</div>
	)
})
